using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NetGen.CompilerServices;

/// <summary>What the members of a <see cref="ThreadTeam"/> do at the same time.</summary>
internal interface ITeamWork
{
    /// <summary>One member's part. It may call <see cref="ThreadTeam.Meet"/>, as often as every other.</summary>
    /// <param name="member">0 is the thread that asked for the work.</param>
    /// <param name="members">How many take part.</param>
    void Run(int member, int members);
}

/// <summary>
/// The thread that asks for work and others that do nothing else: they live as long as the team, and sleep while there
/// is nothing to do. After they were hired nothing allocates.
/// </summary>
/// <remarks>
/// Between two pieces of work the threads keep no reference to what they worked on: whoever owns the team can be
/// collected, and dismisses it then.
/// </remarks>
internal sealed class ThreadTeam
{
    private readonly Action<Thread> _start;
    private readonly Signal _met = new();
    private readonly Signal _done = new();
    private Member[] _others = [];
    private ITeamWork? _work;
    private Exception? _error;
    private int _members;
    private int _arrived;
    private int _busy;
    private bool _dismissed;
    private bool _canHire = true;

    /// <summary>A team of the caller alone.</summary>
    /// <param name="start">Starts a thread; otherwise as the platform does.</param>
    public ThreadTeam(Action<Thread>? start = null) => _start = start ?? Start;

    /// <summary>The threads beside the caller's.</summary>
    public IEnumerable<Thread> Threads => _others.Select(member => member.Thread);

    public int Count => _others.Length + 1;

    /// <summary>
    /// Starts threads until the team has so many members. Where the platform has no threads, as in a browser, there are
    /// only those that it has, and the work is done by fewer.
    /// </summary>
    /// <param name="members">With the caller.</param>
    public void Hire(int members)
    {
        while (Count < members && _canHire)
        {
            try
            {
                var member = new Member(this, Count);
                member.Thread.IsBackground = true;
                member.Thread.Name = "NetGen " + member.Number;
                _start(member.Thread);
                _others = [.. _others, member];
            }
            catch (NotSupportedException)
            {
                // .NET throws PlatformNotSupportedException, which is one. It will throw again: an exception a batch is
                // slow, and allocates.
                _canHire = false;
            }
        }
    }

    /// <summary>Ends the threads; there must be no work under way.</summary>
    public void Dismiss()
    {
        _dismissed = true;
        foreach (Member member in _others)
        {
            member.Call.Advance();
        }
    }

    /// <summary>
    /// Has the first <paramref name="members"/> of the team work, the caller among them, and returns when all are done.
    /// The first exception of any of them is thrown here.
    /// </summary>
    public void Run(ITeamWork work, int members)
    {
        int done = _done.Count;
        _work = work;
        _members = members;
        _arrived = 0;
        _busy = members;
        _error = null;
        for (int i = 0; i < members - 1; i++)
        {
            _others[i].Call.Advance();
        }

        Take(part: 0);
        _done.WaitWhile(done);
        _work = null;
        if (_error is { } error)
        {
            ExceptionDispatchInfo.Capture(error).Throw();
        }
    }

    /// <summary>Waits for the other members. False if one has failed: there is nothing more to do then.</summary>
    public bool Meet()
    {
        int met = _met.Count;
        if (Volatile.Read(ref _error) is not null)
        {
            return false;
        }

        if (Interlocked.Increment(ref _arrived) == _members)
        {
            _arrived = 0;
            _met.Advance();
        }
        else
        {
            _met.WaitWhile(met);
        }

        return Volatile.Read(ref _error) is null;
    }

    private static void Start(Thread thread)
    {
#if NET8_0_OR_GREATER
        // What flows with the caller's asynchronous work is not for a thread that outlives it.
        thread.UnsafeStart();
#else
        thread.Start();
#endif
    }

    // A frame of its own: a thread that waits has nothing of the work on its stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Take(int part)
    {
        try
        {
            _work!.Run(part, _members);
        }
        catch (Exception error)
        {
            // Nobody may wait for one who will not come.
            Interlocked.CompareExchange(ref _error, error, null);
            _met.Advance();
        }

        if (Interlocked.Decrement(ref _busy) == 0)
        {
            _done.Advance();
        }
    }

    private sealed class Member
    {
        private readonly ThreadTeam _team;

        public Member(ThreadTeam team, int number)
        {
            _team = team;
            Number = number;
            Thread = new Thread(Live);
        }

        public int Number { get; }

        public Thread Thread { get; }

        public Signal Call { get; } = new();

        private void Live()
        {
            for (int calls = 0; ; calls++)
            {
                Call.WaitWhile(calls);
                if (_team._dismissed)
                {
                    return;
                }

                _team.Take(Number);
            }
        }
    }
}

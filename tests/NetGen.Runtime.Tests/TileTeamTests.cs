using System.Collections.Concurrent;
using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

/// <summary>The threads of a batch, with sums that show the order in which they were added.</summary>
public class TileTeamTests
{
    private const int TileRows = 4;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(8, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void TilesAreAddedInTheirOrder(int degree, bool isApart)
    {
        var team = new Sum { IsApart = isApart };
        for (int rows = 1; rows < 40; rows++)
        {
            (float[] sum, double loss) = team.Run(degree, rows);

            // Of numbers so different in size, any other order gives another sum.
            Assert.Equal(Sum.InOrder(rows), sum[0]);
            Assert.All(sum, value => Assert.Equal(sum[0], value));
            Assert.Equal(rows, loss);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void AnExceptionComesBackToTheCaller(int tile)
    {
        var team = new Sum { FailsAt = tile };
        for (int time = 0; time < 50; time++)
        {
            Assert.Equal($"Tile {tile}.", Assert.Throws<InvalidTimeZoneException>(() => team.Run(3, 30)).Message);
        }

        team.FailsAt = -1;
        Assert.Equal(Sum.InOrder(30), team.Run(3, 30).Sum[0]);
    }

    [Theory]
    // The last two tiles have it: 1.8e19 is below 2⁶⁴, 2e19 is not.
    [InlineData(1, 0, float.NaN, 1, false, false)]
    [InlineData(3, 10_004, float.PositiveInfinity, 1, false, false)]
    [InlineData(3, 5_000, float.NegativeInfinity, 1, true, false)]
    [InlineData(2, 5_000, 1e30f, 1, false, true)]
    [InlineData(2, 5_000, 1e30f, 1, true, false)]
    [InlineData(2, 5_000, -9e20f, 0.01f, true, true)]
    [InlineData(2, 5_000, -1e21f, 0.01f, true, false)]
    public void WhatIsNotFiniteChangesNothing(int degree, int index, float value, float scale, bool isSquared, bool isGood)
    {
        var team = new Sum { Bad = (index, value), Scale = scale, IsSquared = isSquared };
        (float[] steps, double loss) = team.Run(degree, 30);
        Assert.Equal(isGood ? 30 : double.NaN, loss);
        Assert.Equal(isGood, steps[0] != 0 && steps[^1] != 0);
        Assert.True(isGood || Array.TrueForAll(steps, step => step == 0));

        // Nothing of it stays behind.
        team.Bad = default;
        Assert.Equal(Sum.InOrder(30), team.Run(degree, 30).Sum[index]);
    }

    [Fact]
    public void AThreadWorksForTheWholeLifeOfTheTeam()
    {
        var team = new Sum();
        for (int time = 0; time < 200; time++)
        {
            team.Run(3, 30);
            if (time % 50 == 0)
            {
                // Long enough for all to fall asleep.
                Thread.Sleep(20);
            }
        }

        Assert.Equal(2, team.Threads.Count());
        Assert.Equal(3, team.Workers.Count);
        Assert.All(team.Threads, thread => Assert.True(thread.IsBackground));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void WhereNoMoreThreadsStartThereAreFewer(int most)
    {
        int asked = 0;
        var team = new Sum(new ThreadTeam(thread =>
        {
            if (asked++ == most)
            {
                throw new PlatformNotSupportedException();
            }

            thread.Start();
        }));
        for (int rows = 1; rows < 40; rows++)
        {
            team.CheckFinite(4, new float[rows], Targets(new float[rows]));
            (float[] sum, double loss) = team.Run(4, rows);
            Assert.Equal(Sum.InOrder(rows), sum[0]);
            Assert.All(sum, value => Assert.Equal(sum[0], value));
            Assert.Equal(rows, loss);
        }

        Assert.Equal(most, team.Threads.Count());
        Assert.Equal(most + 1, asked);
    }

    [Fact]
    public void ThreadsAllocateNothing()
    {
        var team = new Sum();
        team.Run(3, 30);
        team.Workers.Clear();
        team.Run(3, 30);

        // A collection, which any other test may cause, throws away the rest of a thread's allocation buffer and
        // counts it as allocated: 8 KiB each. What the threads allocate themselves, they allocate in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            Dictionary<int, long> before = new(team.Workers);
            for (int time = 0; time < 2000; time++)
            {
                team.Repeat();
            }

            least = Math.Min(least, before.Max(worker => team.Workers[worker.Key] - worker.Value));
        }

        Assert.InRange(least, 0, 8192);
    }

    [Fact]
    public void AnInterruptWaitsUntilNobodyReadsTheCallersMemory()
    {
        var team = new Sum { Slow = true };
        var found = new ConcurrentQueue<string>();
        var caller = new Thread(() =>
        {
            found.Enqueue(team.Run(2, 40).Sum[0] == Sum.InOrder(40) ? "whole" : "torn");
            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                found.Enqueue("interrupted");
            }
        });
        caller.Start();
        Thread.Sleep(30);
        caller.Interrupt();
        Assert.True(caller.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(["whole", "interrupted"], found);
    }

    [Theory]
    [InlineData(2, -1, -1)]
    [InlineData(2, 0, -1)]
    [InlineData(3, 14, -1)]
    [InlineData(3, 15, 2)]
    [InlineData(2, 29, 0)]
    [InlineData(2, -1, 29)]
    public void ANaNIsFoundWhereverItIs(int degree, int input, int target)
    {
        var team = new Sum();
        float[] inputs = new float[30];
        float[] targets = new float[30];
        if (input >= 0)
        {
            inputs[input] = float.NaN;
            inputs[29] = float.NaN;
        }

        if (target >= 0)
        {
            targets[target] = float.NaN;
        }

        Exception? thrown = Record.Exception(() => team.CheckFinite(degree, inputs, Targets(targets)));
        (string name, int index) = input >= 0 ? ("inputs", input) : ("targets", target);
        Assert.Equal(index < 0 ? null : $"Expected finite numbers to learn from, got NaN at index {index}. (Parameter '{name}')", thrown?.Message);
    }

    [Fact]
    public void SumsOfAnyLength()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] sum = [.. Enumerable.Range(0, length).Select(i => (float)i)];
            TileTeam.Add(sum, [.. Enumerable.Repeat(0.5f, length)]);
            Assert.Equal(Enumerable.Range(0, length).Select(i => i + 0.5f), sum);
        }
    }

    private static TargetRows Targets(float[] targets) => TargetRows.Of(BatchTargets.Of(targets), targets.Length, 1, 1);

    /// <summary>Adds the inputs of a tile to every element.</summary>
    private sealed class Sum(ThreadTeam? threads = null) : TileTeam(TileRows, 1, threads ?? new ThreadTeam())
    {
        // More than a thread takes at once of its share, and no whole number of vectors.
        private const int Length = 10_005;

        private readonly float[] _batch = new float[1];
        private readonly float[] _sum = new float[Length];
        private readonly float[] _steps = new float[Length];
        private readonly float[] _inputs = Inputs(30);
        private readonly float[] _targets = new float[30];

        public int FailsAt { get; set; } = -1;

        /// <summary>What one element of the gradient is in addition in the last two tiles, and which.</summary>
        public (int Index, float Value) Bad { get; set; }

        public float Scale { get; init; } = 1;

        public bool IsSquared { get; init; }

        /// <summary>The caller's thread gathers a tile in memory of its own, as the others do.</summary>
        public bool IsApart { get; init; }

        /// <summary>The caller waits for the others.</summary>
        public bool Slow { get; init; }

        /// <summary>The bytes that each thread had allocated when it last took a tile.</summary>
        public ConcurrentDictionary<int, long> Workers { get; } = new();

        public static float InOrder(int rows)
        {
            float sum = 0;
            foreach (float[] tile in Inputs(rows).Chunk(TileRows))
            {
                sum += Of(tile);
            }

            return sum;
        }

        /// <summary>What the step was taken along, and the loss.</summary>
        public (float[] Sum, double Loss) Run(int degree, int rows)
        {
            // Whatever there was is overwritten.
            Array.Fill(_sum, float.NaN);
            float[] steps = new float[_sum.Length];
            double loss = TrainBatch(degree, steps, _sum, IsApart ? new float[Length] : _sum, _batch, Inputs(rows), Targets(new float[rows]), Scale, IsSquared);
            return (steps, loss);
        }

        public void Repeat() => TrainBatch(3, _steps, _sum, _sum, _batch, _inputs, Targets(_targets), Scale, IsSquared);

        protected override float[] NewGradients() => new float[Length];

        protected override float[] NewBatch() => new float[1];

        protected override Span<float> Elements(float[] gradients) => gradients;

        protected override void Prepare(float[] parameters, float[] batch)
        {
        }

        protected override double AddTile(float[] parameters, float[] gradients, float[] batch, ReadOnlySpan<float> inputs, TargetRows targets, bool adds)
        {
            Workers[Environment.CurrentManagedThreadId] = GC.GetAllocatedBytesForCurrentThread();
            if (Slow && Thread.CurrentThread.Name is not null)
            {
                Thread.Sleep(20);
            }

            // Each tile begins with a number of its own.
            if (FailsAt >= 0 && inputs[0] == Inputs(30)[FailsAt * TileRows])
            {
                throw new InvalidTimeZoneException($"Tile {FailsAt}.");
            }

            for (int i = 0; i < gradients.Length; i++)
            {
                gradients[i] = (adds ? gradients[i] : 0) + Of(inputs);
            }

            if (inputs[^1] < 0)
            {
                gradients[Bad.Index] += Bad.Value;
            }

            return targets.Count;
        }

        // Each element once: what a part steps over twice is wrong, and what none does stays zero.
        protected override void Step(float[] parameters, float[] gradients, int first, int end)
        {
            if (first % 16 != 0)
            {
                throw new InvalidOperationException($"A part begins at {first}.");
            }

            for (int i = first; i < end; i++)
            {
                parameters[i] += gradients[i];
            }
        }

        // Not LINQ's sum, which rounds once, to double and back.
        private static float Of(ReadOnlySpan<float> inputs)
        {
            float sum = 0;
            foreach (float input in inputs)
            {
                sum += input;
            }

            return sum;
        }

        // The first tile's inputs are far larger than the others', which differ from tile to tile.
        private static float[] Inputs(int rows) =>
            [.. Enumerable.Range(0, rows).Select(row => row < TileRows ? 1e7f + row : row + TileRows >= rows ? -1e7f - row : 1.25f + (row * 0.37f))];
    }
}

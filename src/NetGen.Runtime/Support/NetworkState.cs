using System.ComponentModel;
using NetGen.SafeTensors;

namespace NetGen.CompilerServices;

/// <summary>
/// A network's parameters outside of it, in logical order, and what its optimizer remembers: on the way into a safetensors
/// file or out of one. Not meant to be used by hand.
/// </summary>
/// <remarks>
/// Made for one call of <c>Save</c> or <c>Load</c>. Generated code adds the tensors in logical order, then the
/// optimizer's slots and powers, and after that reads or writes the numbers.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkState
{
    private const string OptimizerPrefix = "optimizer.";

    private static readonly Dictionary<string, string> Metadata = new() { ["format"] = "pt" };

    private readonly int _parameterCount;
    private readonly bool _trains;
    private readonly List<StateEntry> _tensors = [];
    private readonly List<string> _slots = [];
    private readonly List<string> _powers = [];
    private readonly List<float[]> _sections = [];
    private int _added;

    /// <summary>A state without tensors.</summary>
    /// <param name="parameterCount">The number of weights and biases.</param>
    /// <param name="trains">Whether the network trains. One that does not passes over the state of any optimizer.</param>
    public NetworkState(int parameterCount, bool trains)
    {
        _parameterCount = parameterCount;
        _trains = trains;
    }

    /// <summary>Whether what the optimizer remembers is to be saved, or was loaded.</summary>
    public bool HasOptimizer { get; set; }

    /// <summary>The parameters, in logical order.</summary>
    public Span<float> Parameters => Section(0);

    /// <summary>The optimizer's powers.</summary>
    public double[] Powers { get; private set; } = [];

    /// <summary>The length of the file in bytes.</summary>
    public long FileLength
    {
        get
        {
            StateEntry[] entries = [.. Entries(HasOptimizer)];
            return Header(entries).Length + entries.Sum(e => e.ByteCount);
        }
    }

    /// <summary>Adds the next tensor.</summary>
    /// <param name="name">As in PyTorch's state_dict.</param>
    /// <param name="shape">Its lengths.</param>
    public void Add(string name, params int[] shape)
    {
        int count = shape.Aggregate(1, (product, length) => product * length);
        _tensors.Add(new StateEntry(name, shape, 0, _added, count));
        _added += count;
    }

    /// <summary>Adds what the optimizer remembers of each parameter.</summary>
    /// <param name="name">PyTorch's.</param>
    public void AddSlot(string name) => _slots.Add(name);

    /// <summary>Adds a number that the optimizer remembers.</summary>
    /// <param name="name">In the file.</param>
    public void AddPower(string name)
    {
        _powers.Add(name);
        Powers = new double[_powers.Count];
    }

    /// <summary>What the optimizer remembers of the parameters, in their order.</summary>
    /// <param name="index">From 0 on, as added.</param>
    public Span<float> Slot(int index) => Section(index + 1);

    /// <summary>Writes the file.</summary>
    /// <param name="destination">It is left open.</param>
    /// <exception cref="ArgumentException">There is none, or it cannot be written.</exception>
    public void Save(Stream destination)
    {
        if (destination is null)
        {
            throw new ArgumentNullException(nameof(destination));
        }

        if (!destination.CanWrite)
        {
            throw new ArgumentException("Expected a stream that can be written.", nameof(destination));
        }

        Write(destination);
    }

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="path">A file that is there is replaced.</param>
    /// <exception cref="ArgumentException">It is no path of a file.</exception>
    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes the file.</summary>
    /// <param name="destination">At least <see cref="FileLength"/> bytes.</param>
    /// <returns>How many of them it takes.</returns>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public unsafe int Save(Span<byte> destination)
    {
        long length = FileLength;
        if (destination.Length < length)
        {
            throw new ArgumentException($"Expected at least {length} bytes, got {destination.Length}.", nameof(destination));
        }

        fixed (byte* start = destination)
        {
            using var stream = new UnmanagedMemoryStream(start, 0, length, FileAccess.Write);
            Write(stream);
        }

        return (int)length;
    }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="source">It is left open.</param>
    /// <exception cref="ArgumentException">There is none, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no safetensors file, or one of another network.</exception>
    public void Load(Stream source)
    {
        if (source is null)
        {
            throw new ArgumentNullException(nameof(source));
        }

        if (!source.CanRead)
        {
            throw new ArgumentException("Expected a stream that can be read.", nameof(source));
        }

        Read(source);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ArgumentException">It is no path.</exception>
    /// <exception cref="InvalidDataException">It is no safetensors file, or one of another network.</exception>
    public void Load(string path)
    {
        // Saving renames over the file, also while it is read.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            Read(file);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"Cannot load '{path}'. {error.Message}", error);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="source">All of its bytes, and nothing else.</param>
    /// <exception cref="InvalidDataException">It is no safetensors file, or one of another network.</exception>
    public unsafe void Load(ReadOnlySpan<byte> source)
    {
        fixed (byte* start = source)
        {
            using Stream stream = source.Length == 0 ? Stream.Null : new UnmanagedMemoryStream(start, source.Length);
            Read(stream);
        }
    }

    // Doubles first, so that each element is where its size divides the place.
    private IEnumerable<StateEntry> Entries(bool withOptimizer) =>
        withOptimizer ? [.. PowerEntries(), .. _tensors, .. SlotEntries()] : _tensors;

    private IEnumerable<StateEntry> PowerEntries() =>
        _powers.Select((name, i) => new StateEntry(OptimizerPrefix + name, [], StateEntry.Powers, i, 1));

    private IEnumerable<StateEntry> SlotEntries() => _slots.SelectMany((slot, i) =>
        _tensors.Select(t => t with { Name = $"{OptimizerPrefix}{slot}.{t.Name}", Section = i + 1 }));

    private static byte[] Header(IEnumerable<StateEntry> entries)
    {
        var tensors = new List<SafeTensor>();
        long end = 0;
        foreach (StateEntry entry in entries)
        {
            long begin = end;
            end += entry.ByteCount;
            tensors.Add(new SafeTensor(entry.Name, entry.ElementType, [.. entry.Shape.Select(length => (long)length)], begin, end));
        }

        return SafeTensorsHeader.Write(tensors, Metadata);
    }

    private void Write(Stream destination)
    {
        const int FloatsAtOnce = 1 << 14;
        StateEntry[] entries = [.. Entries(HasOptimizer)];
        byte[] header = Header(entries);
        destination.Write(header, 0, header.Length);
        byte[] buffer = new byte[sizeof(float) * Math.Min(FloatsAtOnce, Math.Max(2, _parameterCount))];
        foreach (StateEntry entry in entries)
        {
            if (entry.Section == StateEntry.Powers)
            {
                ElementTypes.FromDouble(Powers[entry.Offset], buffer);
                destination.Write(buffer, 0, sizeof(double));
                continue;
            }

            ReadOnlySpan<float> left = Section(entry.Section).AsSpan(entry.Offset, entry.Count);
            while (left.Length > 0)
            {
                int count = Math.Min(left.Length, FloatsAtOnce);
                ElementTypes.FromSingles(left.Slice(0, count), buffer);
                destination.Write(buffer, 0, sizeof(float) * count);
                left = left.Slice(count);
            }
        }
    }

    private void Read(Stream source)
    {
        var file = new SafeTensorsStream(source);
        HasOptimizer = PowerEntries().Concat(SlotEntries()).Any(e => file.Header.Tensors.ContainsKey(e.Name));
        StateEntry[] wanted = [.. Entries(HasOptimizer)];
        StateCheck.Check(file.Header, wanted, isSkipped: IsSkipped);

        // Only now is there any memory for it: as much as the network has, whatever the file says.
        var byName = wanted.ToDictionary(e => e.Name, StringComparer.Ordinal);
        foreach (SafeTensor tensor in file.Header.Tensors.Values.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (!byName.TryGetValue(tensor.Name, out StateEntry? entry))
            {
                file.Skip(tensor);
            }
            else if (entry.Section == StateEntry.Powers)
            {
                Powers[entry.Offset] = Power(tensor.Name, file.ReadDouble(tensor));
            }
            else
            {
                file.Read(tensor, Section(entry.Section).AsSpan(entry.Offset, entry.Count));
            }
        }

        file.ReadEnd();
    }

    // What is in the same file for others.
    private bool IsSkipped(string name) => name.StartsWith(StandardizerFile.Prefix, StringComparison.Ordinal)
        || (!_trains && name.StartsWith(OptimizerPrefix, StringComparison.Ordinal));

    // βᵗ lies between 0 and 1; false for NaN as well.
    private static double Power(string name, double value) => value is >= 0 and <= 1
        ? value
        : throw new InvalidDataException(FormattableString.Invariant($"'{name}' of the safetensors file is a power of a number between 0 and 1, got {value}."));

    private float[] Section(int index)
    {
        while (_sections.Count <= index)
        {
            _sections.Add(new float[_parameterCount]);
        }

        return _sections[index];
    }
}

using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>Damaged and hostile files: read or refused, never anything else, and at a cost that their length bounds.</summary>
public class OnnxFuzzTests
{
    public static TheoryData<string> Names => [.. OnnxCorpus.Names];

    public static TheoryData<string> Dense => [.. DenseFiles.Keys];

    private static IReadOnlyDictionary<string, Func<int, byte[]>> DenseFiles { get; } = new Dictionary<string, Func<int, byte[]>>
    {
        ["nodes"] = size => Graph(size, new ProtoMessage().Add(1, new ProtoMessage().Add(4, "A"))),
        ["nodes with inputs"] = size => Graph(size, new ProtoMessage().Add(1, new ProtoMessage().Add(1, "").Add(2, "").Add(4, "A"))),
        ["nodes with attributes"] = size => Graph(size, new ProtoMessage().Add(1, new ProtoMessage().Add(4, "A").Add(5, new ProtoMessage().Add(1, "a").Add(3, 1)))),
        ["nodes with lists"] = size => Graph(size, new ProtoMessage().Add(1, new ProtoMessage().Add(4, "A").Add(5, new ProtoMessage().Add(1, "a").Add(8, 1)))),
        ["inputs"] = size => Graph(size, new ProtoMessage().Add(11, new ProtoMessage().Add(1, "x"))),
        ["dimensions"] = size => new OnnxFile().InGraph(g => g.Add(11, new ProtoMessage().Add(1, "x").Add(2, new ProtoMessage().Add(1, new ProtoMessage()
            .Add(2, Repeat(size, new ProtoMessage().Add(1, new ProtoMessage()))))))).ToArray(),
        ["dimensions of a tensor"] = size => Tensor(Repeat(size, new ProtoMessage().Add(1, 1))),
        ["elements in a pack"] = size => Tensor(new ProtoMessage().Add(1, size).Add(2, 7).Add(7, new byte[size])),
        ["elements"] = size => Tensor(Repeat(size, new ProtoMessage().Add(7, 1)).Add(1, size / 2).Add(2, 7)),
        ["halves"] = size => Tensor(new ProtoMessage().Add(1, size).Add(2, 10).Add(5, new byte[size])),
        ["names"] = size => new OnnxFile().InModel(m => m.Raw(Repeat(size, new ProtoMessage().Add(2, "")).ToArray())).ToArray(),
        ["one long name"] = size => new OnnxFile().InModel(m => m.Add(2, new string('n', size))).ToArray(),
        ["unknown fields"] = size => new OnnxFile().InModel(m => m.Raw(Repeat(size, new ProtoMessage().Add(15, 0)).ToArray())).ToArray(),
        ["one value of an attribute after the other"] = size => new OnnxFile().Node("A", [], ["y"])
            .InNode(n => n.Add(5, Repeat(size, new ProtoMessage().Add(3, 1)).Add(1, "a"))).ToArray(),
        ["operator sets"] = size => new OnnxFile().InModel(m => m.Raw(Repeat(size, new ProtoMessage().Add(8, new ProtoMessage())).ToArray())).ToArray(),
    };

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        int mutations = TestSet.Choose(byDefault: 1_000, full: 5_000, exhaustive: 100_000);
        byte[][] seeds =
        [
            .. OnnxCorpus.Names.Select(OnnxCorpus.Read),
            .. OnnxRefusals.All.Values.Select(r => r.File).Where(f => f.Length > 20),
            new OnnxFile().Input("x", ["n", 2])
                .Initializer("W", [2, 2], [1f, 2, 3, 4], OnnxElementType.Float16, OnnxStorage.Packed)
                .Initializer("i", [2], [1, 2], OnnxElementType.Int32, OnnxStorage.Unpacked)
                .Node("MatMul", ["x", "W"], ["y"], ("a", 1), ("b", 1f), ("c", "text"), ("d", new[] { 1, 2 }), ("e", OnnxFile.Tensor("", [1], [1.5f])))
                .Output("y", null)
                .ToArray(),
        ];
        var random = new Random(20260301);
        int refused = 0;
        for (int i = 0; i < mutations; i++)
        {
            byte[] file = Mutate(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)], random);
            OnnxException? refusal = BoundedRead.Try(file, $"Mutation {i}");
            refused += refusal is null ? 0 : 1;
        }

        // Too gentle or too harsh a fuzzer would exercise one side alone.
        Assert.InRange(refused, mutations / 2, mutations * 99 / 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_start_of_a_file_is_refused(string name)
    {
        byte[] file = OnnxCorpus.Read(name);
        int step = TestSet.Choose(byDefault: 31, full: 7, exhaustive: 1);
        for (int length = 0; length < file.Length - 16; length += step)
        {
            Assert.NotNull(BoundedRead.Try(file[..length], $"The first {length} bytes"));
        }
    }

    [Theory]
    [MemberData(nameof(Dense))]
    public void Many_small_things_cost_no_more_than_their_length_allows(string name)
    {
        foreach (int size in (int[])[1000, 100_000, 1_000_000])
        {
            BoundedRead.Try(DenseFiles[name](size), name);
        }
    }

    private static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        byte[] file = [.. seed];
        for (int changes = random.Next(1, 4); changes > 0 && file.Length > 0; changes--)
        {
            int at = random.Next(file.Length);
            int length = Math.Min(random.Next(1, 12), file.Length - at);
            int from = random.Next(other.Length);
            ReadOnlySpan<byte> piece = other.AsSpan(from, Math.Min(random.Next(1, 60), other.Length - from));
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file = [.. file.AsSpan(0, at), .. file.AsSpan(at + length)];
                    break;
                case 3:
                    file = [.. file.AsSpan(0, at), .. piece, .. file.AsSpan(at)];
                    break;
                case 4:
                    piece[..Math.Min(piece.Length, file.Length - at)].CopyTo(file.AsSpan(at));
                    break;
                default:
                    // Numbers at the edges: lengths, dimensions and types among them.
                    byte[] edge = random.Next(4) switch
                    {
                        0 => [0],
                        1 => [0x7F],
                        2 => [0xFF, 0xFF, 0xFF, 0xFF, 0x07],
                        _ => [.. Enumerable.Repeat((byte)0xFF, 9), 1],
                    };
                    file = [.. file.AsSpan(0, at), .. edge, .. file.AsSpan(Math.Min(at + 1, file.Length))];
                    break;
            }

            // Rarely, so that most files keep their end.
            file = random.Next(12) == 0 ? file[..random.Next(file.Length + 1)] : file;
        }

        return file;
    }

    private static byte[] Graph(int size, ProtoMessage field) => new OnnxFile().InGraph(g => g.Raw(Repeat(size, field).ToArray())).ToArray();

    private static byte[] Tensor(ProtoMessage tensor) => new OnnxFile().InGraph(g => g.Add(5, tensor.Add(8, "W"))).ToArray();

    private static ProtoMessage Repeat(int size, ProtoMessage field)
    {
        byte[] bytes = field.ToArray();
        var repeated = new ProtoMessage();
        for (int length = 0; length < size; length += bytes.Length)
        {
            repeated.Raw(bytes);
        }

        return repeated;
    }
}

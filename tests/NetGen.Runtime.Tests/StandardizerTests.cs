using NetGen.CompilerServices;
using NetGen.SafeTensors;

namespace NetGen.Runtime.Tests;

public sealed class StandardizerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen").FullName;

    private string FilePath => Path.Combine(_folder, "brain.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FeaturesGetMeanZeroAndDeviationOne()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 3000).Select(i => (i % 3 * 1000) + (float)((random.NextDouble() - 0.3) * Math.Pow(10, i % 3)))];
        float[] before = [.. values];

        var scale = Standardizer.Fit(values, 3);
        scale.Transform(values);

        for (int feature = 0; feature < 3; feature++)
        {
            double[] column = [.. values.Chunk(3).Select(row => (double)row[feature])];
            Assert.Equal(0, column.Average(), 1e-3);
            Assert.Equal(1, Math.Sqrt(column.Average(value => value * value)), 1e-3);
        }

        scale.Invert(values);
        Assert.All(values.Zip(before), pair => Assert.Equal(pair.Second, pair.First, 1e-6f * Math.Max(1, Math.Abs(pair.Second))));
    }

    [Fact]
    public void TheDeviationIsThatOfTheSamples()
    {
        var scale = Standardizer.Fit([1, 10, 3, 30], 2);

        Assert.Equal([2f, 20f], scale.Means.ToArray());
        Assert.Equal([1f, 10f], scale.Deviations.ToArray());
        Assert.Equal(scale.Deviations.ToArray(), Standardizer.Fit([[1, 10], [3, 30]]).Deviations.ToArray());
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0)]
    [InlineData(-3e38f)]
    [InlineData(1e-45f)]
    public void AFeatureThatIsConstantIsMovedToZero(float constant)
    {
        // In double precision the mean of three tenths is not the tenth itself.
        float[] values = [constant, 1, constant, 2, constant, 4];

        var scale = Standardizer.Fit(values, 2);
        scale.Transform(values);

        Assert.Equal([0, 0, 0], values.Chunk(2).Select(row => row[0]));
        Assert.Equal(1, scale.Deviations[0]);
    }

    [Fact]
    public void LargeNumbersFarFromZeroKeepTheirDeviation()
    {
        Assert.Equal([1f], Standardizer.Fit([16_000_000, 16_000_002], 1).Deviations.ToArray());
        Assert.Equal([3e38f], Standardizer.Fit([-3e38f, 3e38f], 1).Deviations.ToArray());
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var scale = Standardizer.Fit([1, 10, 3, 30], 2);
        float[] values = new float[20];
        float[] scaled = new float[20];
        Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Use()
        {
            scale.Transform(values, scaled);
            scale.Invert(scaled, values);
            scale.Transform(values);
            scale.Invert(values);
        }
    }

    [Fact]
    public void TheFileOfANetworkTakesItIn()
    {
        NetworkState saved = New(trains: true);
        saved.HasOptimizer = true;
        saved.Parameters[1] = 7;
        saved.Slot(0)[1] = 8;
        saved.Powers[0] = 0.5;
        saved.Save(FilePath);
        var inputs = Standardizer.Fit([1, 10, 3, 30], 2);
        var targets = Standardizer.Fit([5f, 9f], 1);

        inputs.AddTo(FilePath, "inputs");
        targets.AddTo(FilePath, "targets");

        NetworkState trained = New(trains: true);
        trained.Load(FilePath);
        Assert.Equal((7, 8, 0.5), (trained.Parameters[1], trained.Slot(0)[1], trained.Powers[0]));
        NetworkState predicting = New(trains: false);
        predicting.Load(FilePath);
        Assert.Equal(7, predicting.Parameters[1]);
        AssertEqual(inputs, Standardizer.Load(FilePath, "inputs"));
        AssertEqual(targets, Standardizer.Load(FilePath, "targets"));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void OneOfTheSameNameIsReplaced()
    {
        Standardizer.Fit([1, 10, 3, 30], 2).AddTo(FilePath, "inputs");
        var other = Standardizer.Fit([1f, 2f, 3f], 1);
        other.AddTo(FilePath, "inputs");

        AssertEqual(other, Standardizer.Load(FilePath, "inputs"));
        Assert.Equal(2, new SafeTensorsStream(new MemoryStream(File.ReadAllBytes(FilePath))).Header.Tensors.Count);
    }

    [Fact]
    public void WhatIsElsewhereInAFileStaysByteForByte()
    {
        // A byte, a half and a double: each still lies where its size divides the place.
        var metadata = new Dictionary<string, string> { ["by"] = "somebody" };
        byte[] header = SafeTensorsHeader.Write([new("b", "U8", [1], 0, 1), new("h", "F16", [1], 1, 3), new("d", "F64", [1], 3, 11)], metadata);
        File.WriteAllBytes(FilePath, [.. header, .. Enumerable.Range(1, 11).Select(i => (byte)i)]);

        Standardizer.Fit([1f, 2f], 1).AddTo(FilePath, "x");

        byte[] bytes = File.ReadAllBytes(FilePath);
        SafeTensorsHeader read = new SafeTensorsStream(new MemoryStream(bytes)).Header;
        Assert.Equal(metadata, read.Metadata);
        Assert.Equal(5, read.Tensors.Count);
        Assert.Equal([1], Bytes("b"));
        Assert.Equal([2, 3], Bytes("h"));
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11], Bytes("d"));
        Assert.All(read.Tensors.Values, tensor => Assert.Equal(0, tensor.Begin % ElementTypes.Size(tensor.ElementType)));

        byte[] Bytes(string name)
        {
            SafeTensor tensor = read.Tensors[name];
            int data = bytes.Length - (int)read.DataLength;
            return bytes[(data + (int)tensor.Begin)..(data + (int)tensor.End)];
        }
    }

    [Fact]
    public void FilesWithoutItAreRefused()
    {
        Standardizer.Fit([1f, 2f], 1).AddTo(FilePath, "inputs");
        Assert.Equal(
            $"Cannot load the standardizer 'targets' from '{FilePath}'. The file has inputs.",
            Assert.Throws<InvalidDataException>(() => Standardizer.Load(FilePath, "targets")).Message);

        New(trains: true).Save(FilePath);
        Assert.EndsWith("The file has no standardizer.", Assert.Throws<InvalidDataException>(() => Standardizer.Load(FilePath, "inputs")).Message, StringComparison.Ordinal);

        File.WriteAllBytes(FilePath, [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => Standardizer.Load(FilePath, "inputs"));
        Assert.Throws<InvalidDataException>(() => Standardizer.Fit([1f, 2f], 1).AddTo(FilePath, "inputs"));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        var scale = new Standardizer([1, 2], [3, 4]);
        Assert.Throws<ArgumentException>("values", () => scale.Transform(new float[3]));
        Assert.Throws<ArgumentException>("destination", () => scale.Invert(new float[4], new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>("deviations", () => new Standardizer([1, 2], [3, 0]));
        Assert.Throws<ArgumentOutOfRangeException>("means", () => new Standardizer([float.NaN], [1]));
        Assert.Throws<ArgumentException>("deviations", () => new Standardizer([1, 2], [3]));
        Assert.Throws<ArgumentException>("means", () => new Standardizer([], []));
        Assert.Throws<ArgumentException>("values", () => Standardizer.Fit([], 2));
        Assert.Throws<ArgumentException>("values", () => Standardizer.Fit([1, 2, 3], 2));
        Assert.Throws<ArgumentException>("values", () => Standardizer.Fit([1, float.PositiveInfinity], 2));
        Assert.Throws<ArgumentOutOfRangeException>("featureCount", () => Standardizer.Fit([1, 2, 3], 0));
        Assert.Throws<ArgumentException>("rows", () => Standardizer.Fit([]));
        Assert.Throws<ArgumentException>("name", () => scale.AddTo(FilePath, ""));
        Assert.Throws<ArgumentNullException>("name", () => Standardizer.Load(FilePath, null!));
    }

    private static void AssertEqual(Standardizer expected, Standardizer actual)
    {
        Assert.Equal(expected.Means.ToArray(), actual.Means.ToArray());
        Assert.Equal(expected.Deviations.ToArray(), actual.Deviations.ToArray());
    }

    private static NetworkState New(bool trains)
    {
        var state = new NetworkState(2, trains);
        state.Add("w", 2);
        if (trains)
        {
            state.AddSlot("exp_avg");
            state.AddPower("beta1_power");
        }

        return state;
    }
}

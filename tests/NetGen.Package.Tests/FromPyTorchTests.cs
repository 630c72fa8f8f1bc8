using System.Globalization;
using System.Text.RegularExpressions;
using static NetGen.Package.Tests.Sample;

namespace NetGen.Package.Tests;

/// <summary>The sample that starts from PyTorch's files; check.py beside it holds what it writes against PyTorch.</summary>
public sealed class FromPyTorchTests(FromPyTorchTests.Ride ride) : IClassFixture<FromPyTorchTests.Ride>
{
    [Fact]
    public void The_policy_fails_on_another_cart_and_learns_to_balance_there()
    {
        string output = ride.Output;
        double[] balanced = [.. Matches(output, @" in (\d+) of 100(?: rides)?\.$").Select(line => Number(line.Groups[1]))];
        Assert.Equal(3, balanced.Length);
        Assert.InRange(balanced[0], 95, 100);
        Assert.InRange(balanced[1], 0, 50);
        Assert.InRange(balanced[2], 90, 100);

        Match training = Assert.Single(Matches(output, @": mean squared error ([\d.]+) before, ([\d.]+) after\.$"));
        Assert.InRange(Number(training.Groups[2]), 0, Number(training.Groups[1]) / 20);
        Assert.Single(Matches(output, @"^A decision takes [1-9]\d* ns\.$"));
    }

    [Fact]
    public void Both_files_of_the_policy_hold_the_same_weights() =>
        Assert.StartsWith("The policy has 1249 weights, the same in policy.onnx and policy.safetensors.\n", ride.Output, StringComparison.Ordinal);

    [Fact]
    public void Writes_what_PyTorch_reads()
    {
        Assert.EndsWith("Wrote tuned.safetensors, tuned.onnx and tuned.csv.\n", ride.Output, StringComparison.Ordinal);

        // The same network as before, with other weights.
        byte[] before = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Program("FromPyTorch"))!, "policy.safetensors"));
        byte[] after = File.ReadAllBytes(Path.Combine(ride.Folder, "tuned.safetensors"));
        const int Weights = 1249 * sizeof(float);
        Assert.NotEqual(before[^Weights..], after[^Weights..]);
        Assert.Equal(BitConverter.ToInt64(after) + sizeof(long) + Weights, after.Length);
        Assert.True(new FileInfo(Path.Combine(ride.Folder, "tuned.onnx")).Length > Weights);

        string[] lines = File.ReadAllLines(Path.Combine(ride.Folder, "tuned.csv"));
        Assert.Equal("position,speed,angle,spin,action", lines[0]);
        Assert.Equal(100, lines.Length - 1);
        Assert.All(lines[1..], line =>
        {
            double[] numbers = [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(5, numbers.Length);
            Assert.InRange(numbers[4], -1, 1);
        });
    }

    /// <summary>One run of the sample, which all tests look at.</summary>
    public sealed class Ride : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-sample-");

        public Ride()
        {
            (int exitCode, Output) = Sample.Run(_folder, "FromPyTorch");
            Assert.True(exitCode == 0, $"FromPyTorch ended with code {exitCode}:\n{Output}");
        }

        public string Folder => _folder.FullName;

        public string Output { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using static NetGen.Package.Tests.Sample;

namespace NetGen.Package.Tests;

/// <summary>The samples, run as the readme runs them: their output is what a newcomer sees first.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-sample-");
    private readonly string _given;

    public SampleTests() => _given = Path.Combine(_folder.FullName, "given.csv.gz");

    private static string DigitsFile => Path.Combine(Path.GetDirectoryName(Program("Digits"))!, "data", "digits.csv.gz");

    [Fact]
    public void Xor_prints_the_truth_table_it_learned()
    {
        (int exitCode, string output) = Run("Xor");

        Assert.Equal(0, exitCode);
        Match[] rows = [.. Matches(output, "^([01] xor [01]) = (.+)$")];
        Assert.Equal(["0 xor 0", "0 xor 1", "1 xor 0", "1 xor 1"], rows.Select(row => row.Groups[1].Value));
        double[] answers = [.. rows.Select(row => Number(row.Groups[2]))];
        Assert.InRange(answers[0], 0, 0.05);
        Assert.InRange(answers[1], 0.95, 1);
        Assert.InRange(answers[2], 0.95, 1);
        Assert.InRange(answers[3], 0, 0.05);
    }

    [Fact]
    public void Digits_reads_at_least_96_percent_of_the_test_digits()
    {
        (int exitCode, string output) = Run("Digits");

        Assert.True(exitCode == 0, $"Digits ended with code {exitCode}:\n{output}");
        Match accuracy = Assert.Single(Matches(output, @"^Test accuracy [\d.]+ % \((\d+) of (\d+)\)$"));
        double right = Number(accuracy.Groups[1]);

        // A fifth of the 1,797 images. The matrix counts them again.
        const int Images = 359;
        Assert.Equal(Images, Number(accuracy.Groups[2]));
        Assert.InRange(right, 0.96 * Images, Images);
        int[][] matrix = [.. Matches(output, @"^\d(?: +([\d·]+)){10}$").Select(row => row.Groups[1].Captures
            .Select(cell => cell.Value == "·" ? 0 : int.Parse(cell.Value, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(10, matrix.Length);
        Assert.Equal(Images, matrix.Sum(row => row.Sum()));
        Assert.Equal(right, matrix.Select((row, digit) => row[digit]).Sum());
    }

    [Fact]
    public void Digits_prints_plain_lines_and_draws_its_pictures()
    {
        (_, string output) = Run("Digits");

        Assert.DoesNotContain('\e', output);
        Assert.DoesNotContain('━', output);
        Assert.Contains("\nepoch   1  loss ", output, StringComparison.Ordinal);
        Assert.Contains(" as ", output, StringComparison.Ordinal);
        Assert.Contains("██", output, StringComparison.Ordinal);
        foreach (string name in new[] { "loss.png", "misread.png", "digits.png" })
        {
            byte[] picture = File.ReadAllBytes(Path.Combine(_folder.FullName, name));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public void CartPole_learns_to_balance(string seed)
    {
        (int exitCode, string output) = Run("CartPole", seed);

        Assert.True(exitCode == 0, $"CartPole ended with code {exitCode}:\n{output}");
        Match solved = Assert.Single(Matches(output, @"^Solved after (\d+) rides and ([\d.]+) s: the last 100 lasted ([\d.]+) steps in the mean\.$"));
        Assert.InRange(Number(solved.Groups[1]), 100, 700);
        Assert.InRange(Number(solved.Groups[3]), 475, 500);
        Assert.DoesNotContain('\e', output);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(_folder.FullName, "returns.png"))[..4]);
    }

    [Fact]
    public void CartPole_ends_with_code_1_where_the_seed_is_no_number()
    {
        (int exitCode, string output) = Run("CartPole", "x");

        Assert.Equal((1, "Expected a seed, a whole number, got x.\n"), (exitCode, output));
    }

    [Theory]
    [InlineData(0, "x", "line 2: expected a whole number from 0 to 16, found 'x'")]
    [InlineData(0, "17", "line 2: expected a whole number from 0 to 16, found '17'")]
    [InlineData(63, "0.5", "line 2: expected a whole number from 0 to 16, found '0.5'")]
    [InlineData(64, "10", "line 2: expected a whole number from 0 to 9, found '10'")]
    [InlineData(64, "1,1", "line 2: expected 65 numbers, found 66")]
    public void Digits_ends_with_code_1_where_a_number_is_wrong(int column, string cell, string message)
    {
        string[] lines = Unpack(DigitsFile);
        string[] cells = lines[1].Split(',');
        cells[column] = cell;
        lines[1] = string.Join(',', cells);
        Pack(_given, lines);

        AssertRefused(message);
    }

    [Fact]
    public void Digits_ends_with_code_1_without_its_data() => AssertRefused("there is no such file");

    [Fact]
    public void Digits_ends_with_code_1_with_too_few_images()
    {
        Pack(_given, Unpack(DigitsFile)[..9]);

        AssertRefused("expected at least 10 images, found 9");
    }

    [Fact]
    public void Digits_ends_with_code_1_with_data_that_are_damaged()
    {
        byte[] bytes = File.ReadAllBytes(DigitsFile);
        bytes[^6] ^= 1; // in the checksum
        File.WriteAllBytes(_given, bytes);

        AssertRefused("it is damaged, or not compressed by gzip");
    }

    [Fact]
    public void The_readme_shows_the_network_of_the_digits_sample()
    {
        string samples = BuildInfo.Get("Samples");
        string readme = File.ReadAllText(Path.Combine(samples, "..", "README.md")).ReplaceLineEndings("\n");
        string sample = File.ReadAllText(Path.Combine(samples, "Digits", "DigitReader.cs")).ReplaceLineEndings("\n");

        // The sample has a namespace, and says what the class is.
        string shown = Regex.Match(readme, @"```csharp\nusing NetGen;\n\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.StartsWith("using NetGen;\n\n", sample, StringComparison.Ordinal);
        Assert.EndsWith("\n" + shown, sample, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_shows_what_is_generated_for_the_xor_sample()
    {
        string root = Path.Combine(BuildInfo.Get("Samples"), "..");
        string readme = File.ReadAllText(Path.Combine(root, "README.md")).ReplaceLineEndings("\n");
        string snapshot = Path.Combine(root, "tests", "NetGen.Generator.Tests", "Snapshots", "GeneratedTextTests.Xor.verified.cs");
        string[] generated = [.. File.ReadLines(snapshot).Select(line => line.Trim())];
        string shown = Regex.Match(readme, @"```csharp\n(// da1 .*?)```", RegexOptions.Singleline).Groups[1].Value;
        int place = Array.IndexOf(generated, shown.Split('\n')[0]);
        foreach (string line in shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "…"))
        {
            place = Array.IndexOf(generated, line, place);
            Assert.True(place >= 0, $"This line is not generated, or not in this order: {line}");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] Unpack(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Pack(string path, string[] lines)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (string line in lines)
        {
            writer.WriteLine(line);
        }
    }

    private void AssertRefused(string message)
    {
        (int exitCode, string output) = Run("Digits", _given);

        Assert.Equal($"Cannot read the digits from {_given}: {message}\n", output);
        Assert.Equal(1, exitCode);
    }

    private (int ExitCode, string Output) Run(string sample, params string[] arguments) =>
        Sample.Run(_folder, sample, arguments);
}

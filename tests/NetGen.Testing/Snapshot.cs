using System.Runtime.CompilerServices;
using System.Text;

namespace NetGen.Testing;

/// <summary>
/// Compares a text with the file of it beside the test, by Verify's conventions, so that moving to Verify is a
/// change of one line: Class.Method#Hint.verified.cs holds what is right, .received.cs what came instead.
/// </summary>
public static class Snapshot
{
    public static void Verify(
        string text,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "",
        string hint = "",
        string extension = "cs")
    {
        string name = $"{Path.GetFileNameWithoutExtension(file)}.{method}{(hint.Length > 0 ? "#" + hint : "")}";
        string stem = Path.Combine(Path.GetDirectoryName(file)!, name);
        string verified = $"{stem}.verified.{extension}";
        string received = $"{stem}.received.{extension}";
        string actual = Normalize(text);
        string expected = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : "";
        if (actual == expected && File.Exists(verified))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        throw new InvalidOperationException(
            $"{name}.received.{extension} differs from {name}.verified.{extension}. If it is right, rename it.\n\n{Diff(expected, actual)}");
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n");

    /// <summary>The lines that differ, each with a few around it.</summary>
    private static string Diff(string expected, string actual)
    {
        string[] a = expected.Split('\n');
        string[] b = actual.Split('\n');
        int start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            start++;
        }

        int end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        var lines = new List<string>();
        lines.AddRange(a[Math.Max(0, start - 3)..start].Select(line => "  " + line));
        lines.AddRange(Middle(a[start..^end], b[start..^end]));
        lines.AddRange(a[^end..].Take(3).Select(line => "  " + line));
        const int Most = 200;
        return $"from line {start + 1}:\n" + string.Join('\n', lines.Take(Most)) + (lines.Count > Most ? "\n…" : "");
    }

    // The longest common subsequence; texts too long for its table are shown as all of one, then all of the other.
    private static IEnumerable<string> Middle(string[] a, string[] b)
    {
        if ((long)a.Length * b.Length > 4_000_000)
        {
            return [.. a.Select(line => "- " + line), .. b.Select(line => "+ " + line)];
        }

        int[,] common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<string>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add("  " + a[i++]);
                j++;
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("- " + a[i++]);
            }
            else
            {
                lines.Add("+ " + b[j++]);
            }
        }

        return lines;
    }
}

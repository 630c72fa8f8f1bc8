using System.Globalization;

namespace NetGen.SafeTensors;

/// <summary>Compares what a file holds with what a network needs: by name, shape and type, before any number is read.</summary>
internal static class StateCheck
{
    // A message is for people, whatever the file is full of.
    private const int MostListed = 8;
    private const int LongestName = 80;

    /// <param name="header">What is there.</param>
    /// <param name="wanted">What the network needs.</param>
    /// <param name="isSkipped">Names that may be there and are not read.</param>
    /// <exception cref="InvalidDataException">They differ; the message has all differences.</exception>
    public static void Check(SafeTensorsHeader header, IReadOnlyCollection<StateEntry> wanted, Func<string, bool> isSkipped)
    {
        var names = new HashSet<string>(wanted.Select(e => e.Name), StringComparer.Ordinal);
        string[] problems =
        [
            .. List("missing: ", wanted.Where(e => !header.Tensors.ContainsKey(e.Name)).Select(e => Quoted(e.Name))),
            .. List("not in the network: ", header.Tensors.Keys.Where(name => !names.Contains(name) && !isSkipped(name)).Select(Quoted)),
            .. List("", wanted.Select(e => header.Tensors.TryGetValue(e.Name, out SafeTensor? found) ? Difference(e, found) : null).OfType<string>()),
        ];
        if (problems.Length > 0)
        {
            throw new InvalidDataException($"The safetensors file does not fit the network; {string.Join("; ", problems)}.");
        }
    }

    private static string? Difference(StateEntry wanted, SafeTensor found)
    {
        if (!wanted.Shape.Select(length => (long)length).SequenceEqual(found.Shape))
        {
            return $"{Quoted(wanted.Name)} has shape {Shape(found.Shape)}, expected {Shape([.. wanted.Shape.Select(length => (long)length)])}";
        }

        return wanted.ReadableTypes.Contains(found.ElementType)
            ? null
            : $"{Quoted(wanted.Name)} has type {Clip(found.ElementType)}, expected {string.Join(" or ", wanted.ReadableTypes)}";
    }

    private static IEnumerable<string> List(string what, IEnumerable<string> found)
    {
        string[] all = [.. found];
        string more = all.Length > MostListed ? $" and {Number(all.Length - MostListed)} more" : "";
        return all.Length == 0 ? [] : [what + string.Join(", ", all.Take(MostListed)) + more];
    }

    private static string Shape(IReadOnlyList<long> lengths) =>
        $"[{string.Join(", ", lengths.Take(MostListed).Select(Number))}{(lengths.Count > MostListed ? ", …" : "")}]";

    private static string Quoted(string name) => $"'{Clip(name)}'";

    private static string Clip(string name) => name.Length > LongestName ? name.Substring(0, LongestName) + "…" : name;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

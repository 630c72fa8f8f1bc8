namespace NetGen.Generator;

/// <summary>A file that networks may be compiled from. A part of the cache boundary: the rules of <see cref="NetworkModel"/> hold.</summary>
/// <param name="Path">Where the compiler has it from.</param>
/// <param name="Content">All of it.</param>
/// <param name="Error">Why it could not be read; empty where it could.</param>
internal sealed record ModelFile(string Path, EquatableArray<byte> Content, string Error)
{
    /// <summary>The files that a name may mean: those whose path ends with it.</summary>
    public static T[] Find<T>(string name, IEnumerable<T> files, Func<T, string> path)
    {
        string wanted = "/" + Normal(name).TrimStart('/');
        return [.. files.Where(f => ("/" + Normal(path(f)).TrimStart('/')).EndsWith(wanted, StringComparison.OrdinalIgnoreCase))];
    }

    private static string Normal(string path)
    {
        string normal = path.Replace('\\', '/');
        return normal.StartsWith("./", StringComparison.Ordinal) ? normal.Substring(2) : normal;
    }
}

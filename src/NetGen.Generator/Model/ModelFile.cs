namespace NetGen.Generator;

/// <summary>A file that networks may be compiled from. A part of the cache boundary: the rules of <see cref="NetworkModel"/> hold.</summary>
/// <param name="Path">Where the compiler has it from.</param>
/// <param name="Content">All of it.</param>
/// <param name="Error">Why it could not be read; empty where it could.</param>
internal sealed record ModelFile(string Path, EquatableArray<byte> Content, string Error)
{
    /// <summary>The metadata of the project's item that names the resource, which the targets of the package set.</summary>
    public const string ResourceMetadata = "build_metadata.AdditionalFiles.NetGenResource";

    private const string Extension = ".onnx";

    /// <summary>What Unity has a file's name end with that is for this compiler; other files it keeps to itself.</summary>
    public const string UnityExtension = ".NetGen.Generator.additionalfile";

    /// <summary>The resource that the build embeds the file as; empty where it does not.</summary>
    public string Resource { get; init; } = "";

    public static bool IsModel(string path) =>
        path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || path.EndsWith(UnityExtension, StringComparison.Ordinal);

    /// <summary>The files that a name may mean: those whose path ends with it.</summary>
    public static T[] Find<T>(string name, IEnumerable<T> files, Func<T, string> path)
    {
        string wanted = "/" + Normal(name).TrimStart('/');
        return [.. files.Where(f => ("/" + Normal(path(f)).TrimStart('/')).EndsWith(wanted, StringComparison.OrdinalIgnoreCase))];
    }

    private static string Normal(string path)
    {
        string normal = path.Replace('\\', '/');
        normal = normal.StartsWith("./", StringComparison.Ordinal) ? normal.Substring(2) : normal;
        return normal.EndsWith(UnityExtension, StringComparison.Ordinal)
            ? normal.Substring(0, normal.Length - UnityExtension.Length) + Extension
            : normal;
    }
}

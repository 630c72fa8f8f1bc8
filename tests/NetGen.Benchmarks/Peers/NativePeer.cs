using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NetGen.Benchmarks.Peers;

/// <summary>A C++ file that g++ compiles for each shape; see native/peer.h.</summary>
public sealed class NativePeer : IPeer
{
    private const string Compiler = "g++";

    private static readonly string[] Flags = ["-std=c++17", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC"];

    private readonly string _source;
    private readonly string[] _include;
    private readonly string[] _libraries;

    /// <param name="name">As the table calls it.</param>
    /// <param name="source">The file in native/.</param>
    /// <param name="include">Folders for -I.</param>
    /// <param name="libraries">What to link.</param>
    public NativePeer(string name, string source, string[]? include = null, string[]? libraries = null)
    {
        Name = name;
        _source = Repository.Native(source);
        _include = [.. (include ?? []).SelectMany(folder => new[] { "-I", folder })];
        _libraries = [.. (libraries ?? []).Select(library => "-l" + library)];
        Missing = Tool.Run(Compiler, "--version") ?? Compile(new NetworkShape(1, 1, 1), out _);
    }

    public static NativePeer Straight() => new("C++", "straight.cpp");

    public static NativePeer Eigen() => new("Eigen", "eigen.cpp", include: ["/usr/include/eigen3", "/usr/local/include/eigen3", "/opt/homebrew/include/eigen3"]);

    public static NativePeer Fann() => new("FANN", "fann.cpp", libraries: ["fann"]);

    public string Name { get; }

    public string? Missing { get; }

    public void Build(NetworkShape shape) => Library(shape);

    public IPeerNetwork Prepare(Problem problem) => new NativeNetwork(Library(problem.Shape), problem);

    public void Dispose()
    {
    }

    private string Library(NetworkShape shape) =>
        Compile(shape, out string library) is { } error ? throw new InvalidOperationException(error) : library;

    // A library is kept under the hash of all that it is made of.
    private string? Compile(NetworkShape shape, out string library)
    {
        string[] defines =
        [
            $"-DSHAPE={shape.Name.Replace('-', ',')}",
            string.Create(CultureInfo.InvariantCulture, $"-DROWS={Problem.Rows}"),
            string.Create(CultureInfo.InvariantCulture, $"-DRATE={Problem.Rate}f"),
        ];
        string[] arguments = [.. Flags, .. defines, .. _include, _source];
        string made = string.Join(' ', arguments) + File.ReadAllText(_source) + File.ReadAllText(Repository.Native("peer.h"));
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(made)), 0, 6);
        library = Path.Combine(Repository.Artifacts, $"{Path.GetFileNameWithoutExtension(_source)}-{shape.Name}-{hash}.so");
        if (File.Exists(library))
        {
            return null;
        }

        // Under another name first: a run that is interrupted leaves no half library behind.
        string unfinished = $"{library}.{Environment.ProcessId}";
        string? error = Tool.Run(Compiler, [.. arguments, "-o", unfinished, .. _libraries]);
        if (error is null)
        {
            File.Move(unfinished, library, overwrite: true);
        }

        return error;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace NetGen.Numerics.Tests;

/// <summary>
/// Compiled assemblies by the text they were compiled from, as files: networks that two tests declare alike are compiled
/// once, and processes that tests start compile nothing that is there.
/// </summary>
internal static class CompiledImages
{
    /// <summary>The environment variable that gives a process the folder of the one that started it.</summary>
    public const string Variable = "NETGEN_TEST_IMAGES";

    public static string Folder { get; } = Environment.GetEnvironmentVariable(Variable) ?? OfThisProcess();

    public static byte[] GetOrCompile(string text, Func<byte[]> compile)
    {
        string path = Path.Combine(Folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + ".dll");
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        // Moved there whole: others may look for it meanwhile.
        byte[] image = compile();
        string part = Path.Combine(Folder, Path.GetRandomFileName());
        File.WriteAllBytes(part, image);
        File.Move(part, path, overwrite: true);
        return image;
    }

    private static string OfThisProcess()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-tests-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    }
}

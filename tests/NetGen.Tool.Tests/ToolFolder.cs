using NetGen.SafeTensors;
using NetGen.Testing.Onnx;

namespace NetGen.Tool.Tests;

/// <summary>A new folder with model files, which is deleted at the end.</summary>
internal sealed class ToolFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("netgen-tool-").FullName;

    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(Path).Select(p => System.IO.Path.GetFileName(p)).Order(StringComparer.Ordinal);

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>A file of tests/onnx.</summary>
    public string Onnx(string name) => Write(name + ".onnx", OnnxCorpus.Read(name));

    /// <summary>A file that PyTorch's safetensors wrote.</summary>
    public string SafeTensors(string name)
    {
        using Stream stream = typeof(ToolFolder).Assembly.GetManifestResourceStream($"safetensors/{name}.safetensors")!;
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return Write(name + ".safetensors", file);
    }

    /// <summary>A file with tensors of these names and shapes, in this order; the elements count on from 0.</summary>
    public string SafeTensors(string name, params (string Name, int[] Shape)[] tensors)
    {
        var entries = new List<SafeTensor>();
        long end = 0;
        foreach ((string tensor, int[] shape) in tensors)
        {
            long begin = end;
            end += sizeof(float) * shape.Aggregate(1L, (n, d) => n * d);
            entries.Add(new SafeTensor(tensor, "F32", [.. shape.Select(d => (long)d)], begin, end));
        }

        byte[] values = new byte[end];
        ElementTypes.FromSingles([.. Enumerable.Range(0, (int)end / sizeof(float)).Select(i => i / 64f)], values);
        return Write(name + ".safetensors", [.. SafeTensorsHeader.Write(entries, new Dictionary<string, string>()), .. values]);
    }

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

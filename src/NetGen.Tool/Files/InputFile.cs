namespace NetGen.Tool.Files;

/// <summary>A file that a command is given.</summary>
/// <param name="Path">As it was written.</param>
/// <param name="Format">By the end of its name.</param>
internal sealed record InputFile(string Path, ModelFormat Format)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>How messages and reports call it.</summary>
    public string Shown => OneLine.Name(Path);

    public static InputFile Of(string path) => new(path, System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".ONNX" => ModelFormat.Onnx,
        ".SAFETENSORS" => ModelFormat.SafeTensors,
        _ => throw new ToolException($"{OneLine.Name(path)}: expected a file whose name ends with .onnx or .safetensors", ExitCodes.WrongUsage),
    });

    public ToolException Error(string message) => new($"{Shown}: {message}");

    /// <summary>All of it.</summary>
    public byte[] Read()
    {
        using FileStream stream = Open();
        if (stream.Length > Array.MaxLength)
        {
            throw Error($"{Literal.Grouped(stream.Length)} bytes are more than can be read");
        }

        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    public FileStream Open()
    {
        if (Directory.Exists(Path))
        {
            throw Error("it is a directory");
        }

        FileStream stream;
        try
        {
            stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Error("there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Error(e.Message);
        }

        // What has no length may have no end.
        return stream.CanSeek ? stream : throw Error("it is no ordinary file");
    }
}

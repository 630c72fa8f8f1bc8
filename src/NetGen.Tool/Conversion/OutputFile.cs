using NetGen.SafeTensors;
using NetGen.Tool.Files;

namespace NetGen.Tool.Conversion;

/// <summary>A file to write, whole or not at all.</summary>
/// <param name="File">Where.</param>
/// <param name="MayReplace">Whether one that is there may be replaced.</param>
internal sealed record OutputFile(InputFile File, bool MayReplace)
{
    /// <summary>Refuses before any work is done.</summary>
    public void Check()
    {
        if (Directory.Exists(File.Path))
        {
            throw File.Error("it is a directory");
        }

        if (System.IO.File.Exists(File.Path) && !MayReplace)
        {
            throw File.Error("it is there already; --force replaces it");
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(File.Path))))
        {
            throw File.Error("there is no such directory");
        }
    }

    public void Write(Action<Stream> write)
    {
        try
        {
            AtomicFile.Write(File.Path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Error(e.Message);
        }
    }
}

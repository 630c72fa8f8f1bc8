namespace NetGen.SafeTensors;

/// <summary>Writes files that are there as a whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file beside <paramref name="path"/>, and gives it that name once it is on the disk.</summary>
    /// <param name="path">A file that is there is replaced; until then, and after any failure, it stays as it was.</param>
    /// <param name="write">Writes the contents.</param>
    public static void Write(string path, Action<Stream> write)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        if (Path.GetFileName(path).Length == 0)
        {
            throw new ArgumentException($"Expected the path of a file, got '{path}'.", nameof(path));
        }

        // In the same directory: across file systems nothing can be renamed.
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full) ?? "", Path.GetRandomFileName() + ".tmp");

        // If this fails, there is no file of ours to delete.
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            using (file)
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            Rename(temporary, full);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    private static void Rename(string temporary, string path)
    {
#if NET8_0_OR_GREATER
        File.Move(temporary, path, overwrite: true);
#else
        if (File.Exists(path))
        {
            File.Replace(temporary, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(temporary, path);
        }
#endif
    }

    // What went wrong first is what the caller should hear of.
    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}

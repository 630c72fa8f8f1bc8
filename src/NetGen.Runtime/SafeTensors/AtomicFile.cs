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
        FileStream file = Create(temporary, path);
        try
        {
            using (file)
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

        }
        catch
        {
            Delete(temporary);
            throw;
        }

        try
        {
            Rename(temporary, full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Delete(temporary);
            throw Named(error, path);
        }
    }

    private static FileStream Create(string temporary, string path)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Named(error, path);
        }
    }

    // The caller has never heard of the temporary file, which is all that the system's message names.
    private static Exception Named(Exception error, string path) => error switch
    {
        DirectoryNotFoundException => new DirectoryNotFoundException($"Cannot write '{path}': its folder does not exist.", error),
        UnauthorizedAccessException => new UnauthorizedAccessException($"Cannot write '{path}': access to it or its folder is denied.", error),
        _ => new IOException($"Cannot write '{path}'. {error.Message}", error),
    };

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

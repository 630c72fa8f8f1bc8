using System.Diagnostics;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>Reads a file that may be anything, and sees that it costs no more than its length allows.</summary>
internal static class BoundedRead
{
    // A message of a few bytes becomes objects of some hundred: 65 bytes for each is the worst that is known.
    private const int BytesPerByte = 100;
    private const int BytesForNothing = 32 * 1024;

    // A file takes microseconds; what hangs takes for ever. A busy machine may stand still for a while.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The refusal; null for a file that is read. Where the test fails, <paramref name="what"/> names the file.</summary>
    public static OnnxException? Try(byte[] file, string what)
    {
        var clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? thrown = null;
        try
        {
            OnnxModel.Read(file);
        }
        catch (Exception e)
        {
            thrown = e;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(thrown is null or OnnxException, $"{what}: {thrown}");
        Assert.True(allocated <= BytesForNothing + ((long)BytesPerByte * file.Length), $"{what}: {allocated} bytes for a file of {file.Length}");
        Assert.True(clock.Elapsed < Patience, $"{what} took {clock.Elapsed}");
        return (OnnxException?)thrown;
    }
}

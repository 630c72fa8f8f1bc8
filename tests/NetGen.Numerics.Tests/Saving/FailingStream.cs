namespace NetGen.Numerics.Tests.Saving;

/// <summary>A stream that fails after some bytes were read.</summary>
internal sealed class FailingStream(byte[] contents, int after) : MemoryStream(contents)
{
    public override int Read(byte[] buffer, int offset, int count) =>
        Position >= after ? throw new IOException("The disk is gone.") : base.Read(buffer, offset, (int)Math.Min(count, after - Position));
}

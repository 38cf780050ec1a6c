namespace LawDashboard.Features.Evidence;

/// <summary>Bytes that stand in the place of others, at an offset of a file.</summary>
public sealed record Patch(long Offset, byte[] Bytes);

/// <summary>A file as it reads with some of its bytes replaced; the file itself stays as it is. Seekable, for ranges.</summary>
sealed class PatchedStream(Stream file, IReadOnlyList<Patch> patches) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => file.Length;
    public override long Position { get => file.Position; set => file.Position = value; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var from = file.Position;
        var read = file.Read(buffer);
        Apply(buffer[..read], from);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var from = file.Position;
        var read = await file.ReadAsync(buffer, cancellationToken);
        Apply(buffer.Span[..read], from);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);
    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    void Apply(Span<byte> read, long from)
    {
        foreach (var patch in patches)
        {
            var first = Math.Max(patch.Offset, from);
            var last = Math.Min(patch.Offset + patch.Bytes.Length, from + read.Length);
            if (first < last) patch.Bytes.AsSpan((int)(first - patch.Offset), (int)(last - first)).CopyTo(read[(int)(first - from)..]);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await base.DisposeAsync();
    }
}

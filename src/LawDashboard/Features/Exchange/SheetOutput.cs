namespace LawDashboard.Features.Exchange;

/// <summary>
/// The zip writer's way to the output. A web server's response refuses synchronous writes, and the zip writer still makes
/// some when it closes a part (dotnet/runtime#133347): they wait in memory for the next asynchronous one.
/// </summary>
sealed class SheetOutput(Stream output) : MemoryStream
{
    const int DrainAt = 1 << 16;

    // Makes the zip writer go straight on, so that a file and a response get the same bytes.
    public override bool CanSeek => false;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        if (Length >= DrainAt) await DrainAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends on what waits. When the export fails this is not called, and the output gets no end that looks whole.</summary>
    public async Task DrainAsync(CancellationToken cancel)
    {
        await output.WriteAsync(GetBuffer().AsMemory(0, (int)Length), cancel);
        SetLength(0);
    }
}

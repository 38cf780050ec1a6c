using System.Buffers;
using System.Globalization;
using System.Text;

namespace LawDashboard.Features.Exchange;

/// <summary>
/// XML on its way into a part of the package, in two pooled blocks: one is filled while the other is compressed on another
/// thread. A block grows to its longest row, so a ledger of any length takes the same memory.
/// </summary>
sealed class SheetBuffer(Stream part) : IAsyncDisposable
{
    const int FlushAt = 1 << 17;

    static readonly SearchValues<char> markup = SearchValues.Create("&<>_"), hex = SearchValues.Create("0123456789ABCDEFabcdef");

    byte[] bytes = ArrayPool<byte>.Shared.Rent(FlushAt * 5 / 4), spare = ArrayPool<byte>.Shared.Rent(FlushAt * 5 / 4);
    int used;
    Task writing = Task.CompletedTask;

    /// <summary>It is worth calling <see cref="FlushAsync"/>.</summary>
    public bool IsFull => used >= FlushAt;

    /// <summary>Begins to write the block, once the one before is written. Throws what went wrong with that one.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        await writing;
        (bytes, spare) = (spare, bytes);
        var block = spare.AsMemory(0, used);
        used = 0;
        writing = Task.Run(() => part.WriteAsync(block, cancel).AsTask(), cancel);
    }

    /// <summary>Writes what is left.</summary>
    public async Task CompleteAsync(CancellationToken cancel)
    {
        await FlushAsync(cancel);
        await writing;
    }

    public void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        used += utf8.Length;
    }

    public void Raw(ReadOnlySpan<char> text) => used += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));

    public void Number<T>(T value) where T : IUtf8SpanFormattable
    {
        // 31 bytes hold any decimal.
        value.TryFormat(Room(32), out var written, default, CultureInfo.InvariantCulture);
        used += written;
    }

    /// <summary>A clean text with its markup escaped, and so that a typed “_x000D_”, which is an escape in a sheet, stays as typed.</summary>
    public void Escaped(ReadOnlySpan<char> text)
    {
        for (int next; (next = text.IndexOfAny(markup)) >= 0; text = text[(next + 1)..])
        {
            Raw(text[..next]);
            Raw(text[next] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                _ => IsEscape(text[next..]) ? "_x005F_"u8 : "_"u8,
            });
        }
        Raw(text);
    }

    public async ValueTask DisposeAsync()
    {
        // Not thrown again: either FlushAsync has told, or the export has failed for a reason of its own.
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<byte>.Shared.Return(spare);
        bytes = spare = [];
    }

    static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] is 'x' or 'X' && text[6] == '_' && text[2..6].IndexOfAnyExcept(hex) < 0;

    Span<byte> Room(int length)
    {
        if (bytes.Length - used < length) Grow(length);
        return bytes.AsSpan(used);
    }

    void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, used + length));
        bytes.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}

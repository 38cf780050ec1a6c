using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>
/// The zip of a pack as it grows in a file: each part is written through once, hashed on the way and noted for the manifest.
/// Nothing of a part stays in memory.
/// </summary>
sealed class PackArchive : IAsyncDisposable
{
    public const string Manifest = "SHA256SUMS.txt";

    readonly ZipArchive zip;
    readonly FileStream file;
    readonly StreamWriter sums;
    readonly string sumsPath;
    readonly DateTimeOffset when;

    PackArchive(ZipArchive zip, FileStream file, string sumsPath, string root, DateTimeOffset when)
    {
        (this.zip, this.file, this.sumsPath, Root, this.when) = (zip, file, sumsPath, root, when);
        sums = new(sumsPath, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
    }

    /// <summary>The folder in which everything lies, so that unpacking never strews files about.</summary>
    public string Root { get; }
    public int Files { get; private set; }
    public PackNames Names { get; } = new();

    public static async Task<PackArchive> CreateAsync(string path, string root, DateTimeOffset when, CancellationToken cancel)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        return new(zip, file, path + ".sums", root, when);
    }

    /// <summary>Writes a part. The path is relative to the pack's folder and must not have been written before.</summary>
    public async Task<string> AddAsync(string path, CompressionLevel level, Func<Stream, Task> write, CancellationToken cancel)
    {
        var hash = await PartAsync(path, level, write, cancel);
        await sums.WriteLineAsync($"{hash}  {path}".AsMemory(), cancel);
        return hash;
    }

    public Task<string> AddTextAsync(string path, string text, CancellationToken cancel) =>
        AddAsync(path, CompressionLevel.Optimal, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel).AsTask(), cancel);

    /// <summary>Writes the manifest, which is the last part, and ends the file. Returns the manifest's own hash.</summary>
    public async Task<string> EndAsync(CancellationToken cancel)
    {
        await sums.DisposeAsync();
        await using var lines = File.OpenRead(sumsPath);
        var hash = await PartAsync(Manifest, CompressionLevel.Optimal, stream => lines.CopyToAsync(stream, cancel), cancel);
        await zip.DisposeAsync();
        file.Flush(flushToDisk: true);
        return hash;
    }

    public async ValueTask DisposeAsync()
    {
        // A build that broke off leaves its zip without an end; whoever began it deletes the file.
        await sums.DisposeAsync();
        await zip.DisposeAsync();
        await file.DisposeAsync();
        File.Delete(sumsPath);
    }

    async Task<string> PartAsync(string path, CompressionLevel level, Func<Stream, Task> write, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var entry = zip.CreateEntry($"{Root}/{path}", level);
        entry.LastWriteTime = when;
        await using var part = await entry.OpenAsync(cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await write(new HashedStream(part, hash));
        Files++;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Passes on what is written and adds it to the hash.</summary>
    sealed class HashedStream(Stream inner, IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            hash.AppendData(buffer.Span);
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => inner.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

using System.Security.Cryptography;
using LawDashboard.Data;

namespace LawDashboard.Features.Evidence;

/// <summary>What came of storing bytes: their hash, length and first bytes.</summary>
public sealed record StoredBytes(string Sha256, long Size, byte[] Head);

/// <summary>The bytes of evidence files in the data folder, each content once, named by its SHA-256. The original is never touched.</summary>
public sealed class EvidenceStore(DatabaseSettings settings)
{
    readonly string folder = Path.Combine(settings.Folder, "evidence");

    public string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256);

    /// <summary>
    /// Takes the stream in; null when it is longer than <paramref name="limit"/> bytes, in which case nothing stays.
    /// The bytes are on the disk before they have their final name.
    /// </summary>
    public async Task<StoredBytes?> AddAsync(Stream content, long limit, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, Path.GetRandomFileName() + ".part");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var head = new MemoryStream(FileKind.HeadLength);
            long size = 0;
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                var buffer = new byte[1 << 16];
                int read;
                while ((read = await content.ReadAsync(buffer, cancel)) > 0)
                {
                    if ((size += read) > limit) return null;
                    hash.AppendData(buffer, 0, read);
                    if (head.Length < FileKind.HeadLength) head.Write(buffer, 0, (int)Math.Min(read, FileKind.HeadLength - head.Length));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
                file.Flush(flushToDisk: true);
            }
            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(sha256))!);
            if (!File.Exists(PathOf(sha256))) File.Move(unfinished, PathOf(sha256), overwrite: true);
            return new(sha256, size, head.ToArray());
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}

using System.Security.Cryptography;
using LawDashboard.Data;

namespace LawDashboard.Features.Evidence;

/// <summary>What came of storing bytes: their hash, length, kind, and what a photo among them says of itself.</summary>
/// <param name="Kind">Null for what may not be evidence; it is not kept then.</param>
public sealed record StoredFile(string Sha256, long Size, FileKind? Kind, PhotoFacts Photo);

/// <summary>The bytes of evidence files in the data folder, each content once, named by its SHA-256. The original is never touched.</summary>
public sealed class EvidenceStore(DatabaseSettings settings, EvidenceRules rules)
{
    readonly string folder = Path.Combine(settings.Folder, "evidence");

    public string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256);

    /// <summary>Takes a stream in; null when it is longer than the limit, in which case nothing stays.</summary>
    public async Task<StoredFile?> AddAsync(Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, Path.GetRandomFileName() + ".part");
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                var buffer = new byte[1 << 16];
                int read;
                while ((read = await content.ReadAsync(buffer, cancel)) > 0)
                {
                    if (file.Position + read > rules.SizeLimit) return null;
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
            }
            return await TakeAsync(unfinished, null, cancel);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>
    /// Takes a whole file over: it is looked at, written through to the disk, and only then has its final name. Null when its
    /// hash is not the one that its sender gave. What is not taken stays where it was.
    /// </summary>
    public async Task<StoredFile?> TakeAsync(string path, string? expected, CancellationToken cancel)
    {
        StoredFile stored;
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1 << 16))
        {
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
            if (expected is not null && !sha256.Equals(expected, StringComparison.OrdinalIgnoreCase)) return null;
            var kind = file.Length == 0 ? null : FileKind.Of(file);
            stored = new(sha256, file.Length, kind is not null && rules.Takes(kind) ? kind : null, kind is { IsPicture: true } ? Photo.Read(file) : PhotoFacts.None);
            file.Flush(flushToDisk: true);
        }
        if (stored.Kind is null) return stored;
        var final = PathOf(stored.Sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        if (File.Exists(final)) File.Delete(path); else File.Move(path, final, overwrite: true);
        return stored;
    }

    /// <summary>A small picture of a photo, for lists; the picture itself where it brings none.</summary>
    public (Stream Content, string ContentType) OpenSmall(string sha256, string contentType)
    {
        using (var file = File.OpenRead(PathOf(sha256)))
            if (contentType == "image/jpeg" && Photo.Preview(file) is { } small) return (new MemoryStream(small), "image/jpeg");
        return (OpenWithoutPlace(sha256, contentType), contentType);
    }

    /// <summary>The file as it may leave the house: a picture says no longer where it was taken, every pixel is as it was.</summary>
    public Stream OpenWithoutPlace(string sha256, string contentType)
    {
        var file = new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        if (!contentType.StartsWith("image/", StringComparison.Ordinal)) return file;
        var patches = Photo.PlacePatches(file);
        file.Position = 0;
        return patches.Count == 0 ? file : new PatchedStream(file, patches);
    }
}

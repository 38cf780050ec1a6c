using System.Buffers.Binary;

namespace LawDashboard.Features.Evidence;

enum PhotoBlockKind { Exif, Xmp, PackedText }

/// <summary>A part of a picture file that speaks about the picture.</summary>
/// <param name="Type">Of a PNG chunk, whose checksum follows it; empty elsewhere.</param>
sealed record PhotoBlock(long Offset, byte[] Bytes, PhotoBlockKind Kind, byte[] Type)
{
    public bool IsPngChunk => Type.Length > 0;
}

/// <summary>Finds those parts. PNG and WebP are walked by their chunks; JPEG and HEIC, which may hold further pictures inside, are searched through.</summary>
static class PhotoBlocks
{
    const int MostChunks = 4096, MostBlocks = 64, BlockLimit = 1 << 20, ExifLimit = 1 << 16, Window = 1 << 20;

    public static IEnumerable<PhotoBlock> Find(Stream file)
    {
        var head = Bytes(file, 0, 12);
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return Png(file);
        return head.AsSpan().StartsWith("RIFF"u8) ? Webp(file).Take(MostBlocks) : Search(file).Take(MostBlocks);
    }

    static IEnumerable<PhotoBlock> Png(Stream file)
    {
        long at = 8;
        for (var chunks = 0; chunks < MostChunks; chunks++)
        {
            var head = Bytes(file, at, 8);
            if (head.Length < 8) yield break;
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var (type, next) = (head[4..8], at + 12 + length);
            if (next > file.Length) yield break;
            if (length <= BlockLimit && KindOf(type) is { } kind)
            {
                var bytes = Bytes(file, at + 8, (int)length);
                if (kind != PhotoBlockKind.Xmp) yield return new(at + 8, bytes, kind, type);
                else if (TextKind(type, bytes) is { } text) yield return new(at + 8, bytes, text, type);
            }
            at = next;
        }
    }

    static PhotoBlockKind? KindOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("eXIf"u8) ? PhotoBlockKind.Exif
        : type.SequenceEqual("iTXt"u8) || type.SequenceEqual("tEXt"u8) || type.SequenceEqual("zTXt"u8) ? PhotoBlockKind.Xmp : null;

    /// <summary>Which texts of a PNG matter: XMP in plain letters, and whatever packs XMP or Exif.</summary>
    static PhotoBlockKind? TextKind(ReadOnlySpan<byte> type, ReadOnlySpan<byte> chunk)
    {
        const string xmp = "XML:com.adobe.xmp";
        if (chunk.StartsWith("Raw profile type "u8)) return PhotoBlockKind.PackedText;
        if (!chunk.StartsWith("XML:com.adobe.xmp\0"u8)) return null;
        var packed = type.SequenceEqual("zTXt"u8) || (type.SequenceEqual("iTXt"u8) && chunk.Length > xmp.Length + 1 && chunk[xmp.Length + 1] != 0);
        return packed ? PhotoBlockKind.PackedText : PhotoBlockKind.Xmp;
    }

    static IEnumerable<PhotoBlock> Webp(Stream file)
    {
        long at = 12;
        for (var chunks = 0; chunks < MostChunks; chunks++)
        {
            var head = Bytes(file, at, 8);
            if (head.Length < 8) yield break;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            if (length <= BlockLimit && head.AsSpan().StartsWith("EXIF"u8))
            {
                var bytes = Bytes(file, at + 8, (int)length);
                // Some writers put JPEG's own heading before the block.
                var skip = bytes.AsSpan().StartsWith("Exif\0\0"u8) ? 6 : 0;
                yield return new(at + 8 + skip, bytes[skip..], PhotoBlockKind.Exif, []);
            }
            else if (length <= BlockLimit && head.AsSpan().StartsWith("XMP "u8))
                yield return new(at + 8, Bytes(file, at + 8, (int)length), PhotoBlockKind.Xmp, []);
            at += 8 + length + (length & 1);
        }
    }

    /// <summary>Exif after its heading, XMP from its first to its last tag, wherever in the file they stand.</summary>
    static IEnumerable<PhotoBlock> Search(Stream file)
    {
        const int overlap = 16;
        var window = new byte[Window + overlap];
        for (long from = 0; from < file.Length; from += Window)
        {
            file.Position = from;
            var read = file.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
            foreach (var at in Occurrences(window.AsSpan(0, read), "Exif\0\0"u8))
            {
                var block = Bytes(file, from + at + 6, ExifLimit);
                if (at < Window && Exif.Begins(block)) yield return new(from + at + 6, block, PhotoBlockKind.Exif, []);
            }
            foreach (var at in Occurrences(window.AsSpan(0, read), "<x:xmpmeta"u8))
            {
                var packet = Bytes(file, from + at, BlockLimit);
                var end = packet.AsSpan().IndexOf("</x:xmpmeta>"u8);
                if (at < Window && end > 0) yield return new(from + at, packet[..end], PhotoBlockKind.Xmp, []);
            }
        }
    }

    static List<int> Occurrences(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sought)
    {
        var found = new List<int>();
        for (var from = 0; found.Count < MostBlocks && bytes[from..].IndexOf(sought) is >= 0 and var at; from += at + 1) found.Add(from + at);
        return found;
    }

    /// <summary>Up to so many bytes from there; fewer, or none, at the end of the file.</summary>
    static byte[] Bytes(Stream file, long at, int count)
    {
        if (at < 0 || at >= file.Length) return [];
        file.Position = at;
        var bytes = new byte[(int)Math.Min(count, file.Length - at)];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}

/// <summary>PNG's chunks end with a checksum over type and data (ISO/IEC 15948, annex D).</summary>
static class Png
{
    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => { var c = (uint)n; for (var k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1; return c; })];

    public static byte[] Checksum(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var crc = Over(data, Over(type, uint.MaxValue)) ^ uint.MaxValue;
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, crc);
        return bytes;
    }

    static uint Over(ReadOnlySpan<byte> bytes, uint crc)
    {
        foreach (var b in bytes) crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }
}

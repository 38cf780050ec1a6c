using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LawDashboard.Features.Evidence;

/// <summary>A kind of file that may be evidence, told by its content and not by its name.</summary>
public sealed record FileKind(string Key, string ContentType, string Ending, bool IsPicture)
{
    static readonly FileKind
        Jpeg = new("jpeg", "image/jpeg", ".jpg", true), Png = new("png", "image/png", ".png", true), Webp = new("webp", "image/webp", ".webp", true),
        Heic = new("heic", "image/heic", ".heic", true), Pdf = new("pdf", "application/pdf", ".pdf", false),
        Docx = new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", false),
        Xlsx = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", false),
        Doc = new("doc", "application/msword", ".doc", false), Xls = new("xls", "application/vnd.ms-excel", ".xls", false),
        Mp4 = new("mp4", "video/mp4", ".mp4", false);

    public static readonly IReadOnlyList<FileKind> All = [Jpeg, Png, Webp, Heic, Pdf, Docx, Xlsx, Doc, Xls, Mp4];

    /// <summary>The kind by its content; null for anything that may not be evidence, or is not what it pretends to be.</summary>
    public static FileKind? Of(Stream file)
    {
        Span<byte> head = stackalloc byte[32];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8)) return Webp;
        if (head.StartsWith("%PDF-"u8)) return Pdf;
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8)) return Brand(head.Slice(8, 4));
        if (head.StartsWith("PK\u0003\u0004"u8)) return Office(file);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return OldOffice(file);
        return null;
    }

    static FileKind? Brand(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8) ? Heic
        : brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.StartsWith("avc1"u8) || brand.StartsWith("M4V"u8) || brand.StartsWith("3gp"u8) || brand.StartsWith("dash"u8) ? Mp4 : null;

    /// <summary>More than any document unfolds to; a file that does is made to fill the disk of whoever opens it.</summary>
    const long MostUnfolded = 1L << 30;

    /// <summary>An Office file is a zip with certain parts; any other zip is none, whatever its name, nor is one with macros.</summary>
    static FileKind? Office(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.GetEntry("[Content_Types].xml") is not { } types || zip.Entries.Sum(part => part.Length) > MostUnfolded || HasMacros(zip, types)) return null;
            return zip.GetEntry("word/document.xml") is not null ? Docx : zip.GetEntry("xl/workbook.xml") is not null ? Xlsx : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    static bool HasMacros(ZipArchive zip, ZipArchiveEntry types)
    {
        if (zip.Entries.Any(part => part.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return true;
        // The list of parts stands at the beginning of what is a few kilobytes in any real file.
        var text = new byte[1 << 18];
        using var content = types.Open();
        return Encoding.UTF8.GetString(text, 0, content.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)).Contains("macroEnabled", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An old Office file is a small file system; which program wrote it stands in its directory, as UTF-16 names.</summary>
    static FileKind? OldOffice(Stream file)
    {
        Span<byte> header = stackalloc byte[76];
        file.Position = 0;
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) return null;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        if (shift is not (9 or 12)) return null;
        var directory = ((long)BinaryPrimitives.ReadUInt32LittleEndian(header[48..]) + 1) << shift;
        if (directory >= file.Length) return null;
        file.Position = directory;
        var names = new byte[1 << 16];
        var read = names.AsSpan(0, file.ReadAtLeast(names, names.Length, throwOnEndOfStream: false));
        if (read.IndexOf(Encoding.Unicode.GetBytes("WordDocument")) >= 0) return Doc;
        return read.IndexOf(Encoding.Unicode.GetBytes("Workbook")) >= 0 || read.IndexOf(Encoding.Unicode.GetBytes("Book\0")) >= 0 ? Xls : null;
    }
}

namespace LawDashboard.Features.Evidence;

/// <summary>A kind of file that may be evidence, told by its content and not by its name.</summary>
public sealed record FileKind(string ContentType, string Ending, bool IsPicture)
{
    /// <summary>As many first bytes as <see cref="Of"/> needs.</summary>
    public const int HeadLength = 4096;

    /// <summary>What may be handed in, in words.</summary>
    public const string Allowed = "图片（jpg、png、webp、heic）、PDF、Word、Excel 或 mp4 视频";

    static readonly FileKind
        Jpeg = new("image/jpeg", ".jpg", true), Png = new("image/png", ".png", true), Webp = new("image/webp", ".webp", true),
        Heic = new("image/heic", ".heic", true), Pdf = new("application/pdf", ".pdf", false), Mp4 = new("video/mp4", ".mp4", false),
        Docx = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", false),
        Xlsx = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", false),
        Doc = new("application/msword", ".doc", false), Xls = new("application/vnd.ms-excel", ".xls", false);

    /// <summary>The kind by the first bytes; null for anything that may not be evidence. The name only tells old Word from old Excel.</summary>
    public static FileKind? Of(ReadOnlySpan<byte> head, string name)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8)) return Webp;
        if (head.StartsWith("%PDF-"u8)) return Pdf;
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8)) return Brand(head.Slice(8, 4));
        // The parts of an Office file are named in its zip; either folder shows within the first entries.
        if (head.StartsWith("PK\u0003\u0004"u8)) return head.IndexOf("word/"u8) >= 0 ? Docx : head.IndexOf("xl/"u8) >= 0 ? Xlsx : ByName(name, Docx, Xlsx);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return ByName(name, Doc, Xls);
        return null;
    }

    static FileKind? Brand(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif1"u8) ? Heic
        : brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.StartsWith("avc1"u8) || brand.StartsWith("M4V"u8) || brand.StartsWith("3gp"u8) ? Mp4 : null;

    static FileKind? ByName(string name, params ReadOnlySpan<FileKind> kinds)
    {
        foreach (var kind in kinds)
            if (name.EndsWith(kind.Ending, StringComparison.OrdinalIgnoreCase)) return kind;
        return null;
    }
}

using System.IO.Compression;
using System.Text;

namespace LawDashboard.Features.Reports.Documents;

/// <summary>A document that was read, or in one sentence why it was refused.</summary>
public sealed record DocumentReading(DocumentText? Text, string? Refusal)
{
    public static DocumentReading Refused(string reason) => new(null, reason);
}

/// <summary>
/// Reads .docx and .txt of any origin. What a file is, is told by its content; nothing in it is run, and however a file was
/// packed, no more than <see cref="LargestText"/> bytes of it are unpacked.
/// </summary>
public static class DocumentFile
{
    public const int LargestFile = 20 << 20;
    /// <summary>A report's text is some hundred kilobytes of XML; more is no report, but may be a zip bomb.</summary>
    internal const int LargestText = 16 << 20;
    const int MostParts = 2000;

    static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static async Task<DocumentReading> ReadAsync(Stream content, string name, CancellationToken cancel = default)
    {
        var bytes = await BoundedAsync(content, cancel);
        return bytes is null ? DocumentReading.Refused($"“{name}”超过{LargestFile >> 20}MB，不像是一份报告。") : Read(bytes, name);
    }

    public static DocumentReading Read(byte[] bytes, string name)
    {
        if (bytes.Length == 0) return DocumentReading.Refused($"“{name}”是空文件。");
        if (bytes.AsSpan().StartsWith(Compound)) return DocumentReading.Refused(OfCompound(bytes, name));
        if (bytes.AsSpan().StartsWith("PK"u8)) return Package(bytes, name);
        if (bytes.AsSpan().StartsWith("%PDF-"u8)) return DocumentReading.Refused($"“{name}”是 PDF，请用 Word 文档（.docx）或纯文本（.txt）。");
        return PlainText(bytes, name);
    }

    /// <summary>A protected .docx is an old-style container around the encrypted one.</summary>
    static string OfCompound(byte[] bytes, string name) =>
        bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
            ? $"“{name}”设有打开密码，请先取消密码再试。"
            : $"“{name}”是旧格式（.doc、.wps）文档，请另存为 .docx 再试。";

    static DocumentReading Package(byte[] bytes, string name)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostParts) return DocumentReading.Refused($"“{name}”的内容过多，不像是一份报告。");
            if (zip.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
                || Part(zip, "[Content_Types].xml") is { } types && Encoding.UTF8.GetString(types).Contains("macroEnabled", StringComparison.OrdinalIgnoreCase))
                return DocumentReading.Refused($"“{name}”带有宏，为安全不予读取，请另存为不带宏的 .docx。");
            if (Part(zip, "word/document.xml") is not { } main)
                return DocumentReading.Refused(zip.GetEntry("xl/workbook.xml") is null ? $"“{name}”不是 Word 文档。" : $"“{name}”是 Excel 工作簿，请用 Word 文档（.docx）或纯文本（.txt）。");
            return new(WordText.Read(main, Part(zip, "docProps/custom.xml"), [.. zip.Entries.Select(entry => entry.FullName)]), null);
        }
        catch (TooLargeException)
        {
            return DocumentReading.Refused($"“{name}”解开后过大，不像是一份报告。");
        }
        catch (Exception e) when (e is InvalidDataException or System.Xml.XmlException or IOException or NotSupportedException or ArgumentException)
        {
            return DocumentReading.Refused($"“{name}”已损坏，无法读取。请用 Word 或 WPS 打开后另存一份再试。");
        }
    }

    static byte[]? Part(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry) return null;
        // The stated length may lie; the bytes that come are counted.
        using var content = entry.Open();
        using var buffer = new MemoryStream();
        var block = new byte[81920];
        for (int read; (read = content.Read(block)) > 0;)
        {
            if (buffer.Length + read > LargestText) throw new TooLargeException();
            buffer.Write(block, 0, read);
        }
        return buffer.ToArray();
    }

    static DocumentReading PlainText(byte[] bytes, string name)
    {
        var text = Decode(bytes);
        if (text is null || text.Any(c => c < ' ' && c is not ('\t' or '\n' or '\r' or '\f')))
            return DocumentReading.Refused($"“{name}”不是可以读取的文档，请用 Word 文档（.docx）或纯文本（.txt）。");
        // Lines with tabs are those of tables, as the program itself writes them; their numbers stand for themselves.
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToLookup(line => line.Trim().Contains('\t', StringComparison.Ordinal));
        return new(new([.. lines[false].Select(TextParagraph.Of)]) { NotTaken = [.. lines[true].Take(1).Select(line => $"表格：{line.Trim().Replace('\t', ' ')}")] }, null);
    }

    /// <summary>UTF-8 or UTF-16 with a mark, else UTF-8 where every byte fits, else the Chinese encoding of older Windows.</summary>
    static string? Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false, throwOnInvalidBytes: true),
            CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!])
        {
            try
            {
                return encoding.GetString(bytes).TrimStart('\uFEFF');
            }
            catch (DecoderFallbackException) { } // Another encoding is tried, and after the last the file refused.
        }
        return null;
    }

    static async Task<byte[]?> BoundedAsync(Stream content, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        var block = new byte[81920];
        for (int read; (read = await content.ReadAsync(block, cancel)) > 0;)
        {
            if (buffer.Length + read > LargestFile) return null;
            buffer.Write(block, 0, read);
        }
        return buffer.ToArray();
    }

    sealed class TooLargeException : Exception;
}

using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>A file that cannot serve as a form, with the sentence that says why and what to do.</summary>
public sealed class FormException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The file of a form, .xlsx or .docx by its content. Parts are read bounded, documents with a DTD, macros or a password are
/// refused. Written anew, every part is as it was, byte for byte, but those in which something was filled.
/// </summary>
public sealed class FormFile
{
    public const int LargestFile = 10 << 20;
    const int LargestPart = 16 << 20, LargestAll = 64 << 20, MostParts = 2_000;

    static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    readonly List<(string Name, DateTimeOffset Written, byte[] Bytes)> parts;
    readonly Dictionary<string, byte[]> changed = new(StringComparer.Ordinal);

    FormFile(List<(string, DateTimeOffset, byte[])> parts) => this.parts = parts;

    public bool IsWorkbook => Has("xl/workbook.xml");
    public string Ending => IsWorkbook ? ".xlsx" : ".docx";

    /// <summary>Throws <see cref="FormException"/> with a sentence for what is no form.</summary>
    public static FormFile Open(byte[] bytes, string name)
    {
        if (bytes.Length == 0) throw new FormException($"“{name}”是空文件");
        if (bytes.Length > LargestFile) throw new FormException($"“{name}”超过{LargestFile >> 20}MB，不像是一张报表");
        if (bytes.AsSpan().StartsWith(Compound))
            throw new FormException(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? $"“{name}”设有打开密码，请先取消密码再上传" : $"“{name}”是旧格式（.xls、.doc），请用 Excel 或 WPS 另存为 .xlsx 或 .docx 再上传");
        if (!bytes.AsSpan().StartsWith("PK"u8)) throw new FormException($"“{name}”不是报表文件，请上传 .xlsx 或 .docx");
        try
        {
            return Read(bytes, name);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or XmlException or NotSupportedException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormException($"“{name}”已损坏，读不出来；请用 Excel、Word 或 WPS 打开后另存一份再上传", e);
        }
    }

    static FormFile Read(byte[] bytes, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        if (zip.Entries.Count > MostParts) throw new FormException($"“{name}”里的部件多得不正常，没有接收");
        var parts = new List<(string, DateTimeOffset, byte[])>();
        var all = 0;
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) throw Macros(name);
            // The stated length may lie; the bytes that come are counted.
            var content = Bounded(entry, Math.Min(LargestPart, LargestAll - all), name);
            all += content.Length;
            if (entry.FullName == "[Content_Types].xml" && Encoding.UTF8.GetString(content).Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)) throw Macros(name);
            parts.Add((entry.FullName, entry.LastWriteTime, content));
        }
        var file = new FormFile(parts);
        if (file.Has("xl/workbook.bin")) throw new FormException($"“{name}”是 .xlsb 格式，请另存为 .xlsx 再上传");
        if (!file.Has("xl/workbook.xml") && !file.Has("word/document.xml")) throw new FormException($"“{name}”不是 Excel 或 Word 文件，请上传 .xlsx 或 .docx");
        file.Xml(file.IsWorkbook ? "xl/workbook.xml" : "word/document.xml");
        return file;
    }

    static FormException Macros(string name) => new($"“{name}”带有宏，为安全不予接收；请另存为不带宏的 .xlsx 或 .docx 再上传");

    static byte[] Bounded(ZipArchiveEntry entry, int limit, string name)
    {
        using var content = entry.Open();
        using var buffer = new MemoryStream();
        var block = new byte[81920];
        for (int read; (read = content.Read(block)) > 0;)
        {
            if (buffer.Length + read > limit) throw new FormException($"“{name}”展开后大得不正常，没有接收");
            buffer.Write(block, 0, read);
        }
        return buffer.ToArray();
    }

    public IEnumerable<string> Names => parts.Select(part => part.Name);

    public bool Has(string part) => parts.Exists(of => of.Name == part);

    public byte[] Bytes(string part) => changed.GetValueOrDefault(part) ?? parts.Find(of => of.Name == part).Bytes ?? throw new InvalidDataException($"{part} is missing.");

    /// <summary>A part as XML, white space kept. A DTD is refused: entities unfold to what nobody sees in the file.</summary>
    public XDocument Xml(string part)
    {
        using var reader = XmlReader.Create(new MemoryStream(Bytes(part)), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>A part as text; its parts are UTF-8 but for files of rare programs.</summary>
    public string Text(string part)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(part)), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    public void Change(string part, byte[] bytes) => changed[part] = bytes;

    public byte[] ToArray()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, written, bytes) in parts)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = written;
                using var content = entry.Open();
                content.Write(changed.GetValueOrDefault(name) ?? bytes);
            }
        return buffer.ToArray();
    }
}

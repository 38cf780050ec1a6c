using System.IO.Compression;
using System.Xml;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>A file that cannot be read, with the sentence that says why and what to do.</summary>
public sealed class WorkbookException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What a file is by its content.</summary>
enum WorkbookKind { Xlsx, Xls, Csv }

/// <summary>
/// Looks at a file before anything else does. A file of some kilobytes may unfold to gigabytes, and entities in XML may do so
/// again; so each part is unfolded once, counted and thrown away, and documents with a DTD are refused.
/// </summary>
static class WorkbookGuard
{
    public const long FileLimit = 64L << 20;
    /// <summary>100,000 rows of 15 columns are about 61 MB of XML.</summary>
    const long UnfoldedLimit = 600L << 20;
    /// <summary>Parts that the reader keeps in memory: shared texts and styles.</summary>
    const long KeptLimit = 96L << 20;
    const int PartsLimit = 5_000;

    const string SaveAs = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入";

    public static WorkbookKind Check(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length == 0) throw new WorkbookException("文件是空的，请重新选择文件");
        if (file.Length > FileLimit) throw new WorkbookException($"文件超过{FileLimit >> 20}MB，请按年度或单位拆成几个文件再导入");
        Span<byte> start = stackalloc byte[512];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith("PK"u8)) return Zip(path);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return WorkbookKind.Xls;
        if (start.StartsWith("%PDF"u8)) throw new WorkbookException("这是 PDF 文件，不是表格；请导入原来的 Excel 文件");
        if (start.IndexOf("<html"u8) >= 0 || start.IndexOf("<table"u8) >= 0 || start.IndexOf("<!DOCTYPE"u8) >= 0 || start.TrimStart((byte)' ').StartsWith("<?xml"u8))
            throw new WorkbookException($"这是网页或 XML 格式的表格，不是真正的 Excel 文件；{SaveAs}");
        if (start.Contains((byte)0) && !start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && !start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new WorkbookException("这不是表格文件；可以导入 .xlsx、.xls 和 .csv");
        return WorkbookKind.Csv;
    }

    static WorkbookKind Zip(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count > PartsLimit) throw new WorkbookException("文件里的部件多得不正常，可能不是普通的 Excel 文件，没有读取");
            if (archive.GetEntry("xl/workbook.bin") is not null) throw new WorkbookException($"这是 .xlsb 格式；{SaveAs}");
            if (archive.GetEntry("xl/workbook.xml") is null) throw new WorkbookException("压缩包里没有 Excel 表格；可以导入 .xlsx、.xls 和 .csv");
            long unfolded = 0;
            foreach (var part in archive.Entries.Where(part => part.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || part.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            {
                Prolog(part);
                unfolded += Unfold(part, UnfoldedLimit - unfolded);
            }
            return WorkbookKind.Xlsx;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or XmlException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new WorkbookException($"文件已损坏，读不出来；{SaveAs}", e);
        }
    }

    static void Prolog(ZipArchiveEntry part)
    {
        using var content = part.Open();
        using var xml = XmlReader.Create(content, new() { DtdProcessing = DtdProcessing.Ignore, MaxCharactersInDocument = 1 << 20, XmlResolver = null });
        while (xml.Read() && xml.NodeType is not XmlNodeType.Element)
            if (xml.NodeType is XmlNodeType.DocumentType) throw Dtd();
        // With Ignore the declaration is passed over in silence, so it is looked for in the bytes as well.
        using var again = part.Open();
        Span<byte> start = stackalloc byte[4096];
        start = start[..again.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.IndexOf("<!DOCTYPE"u8) >= 0 || start.IndexOf("<!ENTITY"u8) >= 0) throw Dtd();
    }

    static WorkbookException Dtd() => new("文件里有不该有的 XML 声明（DTD），可能是有害文件，没有读取");

    static long Unfold(ZipArchiveEntry part, long left)
    {
        var isSheet = part.FullName.Contains("/worksheets/", StringComparison.OrdinalIgnoreCase);
        var limit = isSheet ? left : Math.Min(left, KeptLimit);
        var rows = new FilledRows();
        using var content = part.Open();
        var buffer = new byte[1 << 16];
        long read = 0;
        for (int count; (count = content.Read(buffer)) > 0;)
        {
            if ((read += count) > limit)
                throw new WorkbookException($"文件展开后超过{limit >> 20}MB，大得不正常，没有读取；请删去空行空列，或拆成几个文件再导入");
            if (isSheet && rows.Count(buffer.AsSpan(0, count)) > Workbook.RowsLimit) throw Workbook.TooManyRows();
        }
        return read;
    }

    /// <summary>Counts rows that hold something as their bytes go by: long before a reader is through with them, it is known that they are too many.</summary>
    struct FilledRows
    {
        int rows;
        bool inRow;

        public int Count(ReadOnlySpan<byte> xml)
        {
            for (int at; (at = xml.IndexOf((byte)'<')) >= 0; xml = xml[(at + 1)..])
            {
                // A tag across the edge of two pieces is missed: among hundreds of thousands that does not matter.
                var tag = xml[(at + 1)..];
                if (tag.StartsWith("row"u8)) inRow = true;
                else if (inRow && (tag.StartsWith("v>"u8) || tag.StartsWith("is>"u8)))
                {
                    inRow = false;
                    rows++;
                }
            }
            return rows;
        }
    }
}

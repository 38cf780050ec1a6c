using System.IO.Compression;
using System.Text;
using LawDashboard.Features.Exchange.Import;

namespace LawDashboard.Tests.Features.Exchange.Import;

/// <summary>Files that would fill the memory, never end, or are no tables: each is refused with a sentence.</summary>
public sealed class WorkbookGuardTests
{
    static readonly WildSheet Plain = new WildSheet("2025年").Row("活动日期", "活动主题").Row("2025.3.5", "宪法宣传");

    static string Refusal(byte[] file, string name = "旧台账.xlsx")
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, file);
        var before = GC.GetTotalAllocatedBytes();
        var refusal = Assert.Throws<WorkbookException>(() =>
        {
            var workbook = Workbook.Open(path, name);
            using var reading = workbook.Read(0);
            foreach (var _ in reading.Rows()) { }
        });
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1L << 30, "A refusal must not cost memory.");
        return refusal.Message;
    }

    static byte[] With(string part, string content)
    {
        var parts = WildBook.Parts(Plain);
        parts[part] = content;
        return WildBook.Package(parts);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_unfolds()
    {
        using var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in WildBook.Parts(Plain).Where(part => part.Key != WildBook.Sheet1))
                using (var part = archive.CreateEntry(name).Open()) part.Write(Encoding.UTF8.GetBytes(content));
            using var bomb = archive.CreateEntry(WildBook.Sheet1, CompressionLevel.Fastest).Open();
            bomb.Write("<worksheet><sheetData>"u8);
            var row = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<row><c s=\"1\"/></row>   ", 40_000)));
            for (var n = 0; n < 700; n++) bomb.Write(row);
        }
        Assert.True(output.Length < 10_000_000);
        Assert.Contains("展开后超过", Refusal(output.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WildBook.Sheet1)]
    [InlineData(WildBook.Workbook)]
    [InlineData("xl/sharedStrings.xml")]
    public void A_billion_laughs_are_refused(string part)
    {
        var laughs = new StringBuilder("""<?xml version="1.0"?><!-- a comment first --><!DOCTYPE lolz [<!ENTITY lol "lol">""");
        for (var n = 1; n < 10; n++) laughs.Append($"<!ENTITY lol{n} \"{string.Concat(Enumerable.Repeat($"&lol{(n == 1 ? "" : $"{n - 1}")};", 10))}\">");
        laughs.Append("]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&lol9;</t></is></c></row></sheetData></worksheet>");
        Assert.Contains("DTD", Refusal(With(part, laughs.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_of_all_rows_that_Excel_has_is_refused()
    {
        var rows = new StringBuilder("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        for (var n = 1; n <= 1_048_576; n++) rows.Append("<row><c><v>1</v></c></row>");
        Assert.Contains("超过20万行", Refusal(With(WildBook.Sheet1, rows.Append("</sheetData></worksheet>").ToString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<row r=\"2000000000\"><c r=\"A2000000000\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row>")]
    public void Absurd_dimensions_are_refused(string row) =>
        Assert.NotEmpty(Refusal(With(WildBook.Sheet1, $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{row}</sheetData></worksheet>")));

    [Theory]
    [InlineData("%PDF-1.7 …", "PDF")]
    [InlineData("<html><table><tr><td>1</td></tr></table></html>", "另存为 .xlsx")]
    [InlineData("<?xml version=\"1.0\"?><Workbook/>", "另存为 .xlsx")]
    [InlineData("", "空的")]
    [InlineData("PK\u0003\u0004 broken", "已损坏")]
    [InlineData("MZ\0\0\u0003\0\0\0", "不是表格文件")]
    public void What_is_no_table_is_said_to_be_what_it_is(string content, string expected) =>
        Assert.Contains(expected, Refusal(Encoding.UTF8.GetBytes(content), "旧台账.xls"), StringComparison.Ordinal);

    [Fact]
    public void Another_kind_of_package_and_an_old_file_that_is_damaged_are_refused()
    {
        Assert.Contains("没有 Excel 表格", Refusal(WildBook.Package([new("word/document.xml", "<w/>")])), StringComparison.Ordinal);
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[4096]];
        Assert.Contains("已损坏", Refusal(old, "旧台账.xls"), StringComparison.Ordinal);
        var half = WildBook.Xlsx(Plain);
        Assert.Contains("已损坏", Refusal(half[..(half.Length / 2)]), StringComparison.Ordinal);
    }
}

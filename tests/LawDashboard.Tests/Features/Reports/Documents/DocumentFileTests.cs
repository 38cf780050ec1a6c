using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Tests.Features.Reports.Documents;

public sealed class DocumentFileTests
{
    const string Head = "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>";

    static byte[] Package(params (string Name, string Content)[] parts)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        return buffer.ToArray();
    }

    static byte[] Word(string body) => Package(("[Content_Types].xml", "<Types/>"), ("word/document.xml", Head + body + "</w:body></w:document>"));

    static string Refusal(byte[] bytes)
    {
        var reading = DocumentFile.Read(bytes, "报告.docx");
        Assert.Null(reading.Text);
        return reading.Refusal!;
    }

    [Fact]
    public void A_document_of_ours_is_read_with_its_figures_and_without_the_list_of_what_is_missing()
    {
        var draft = SampleReport.Draft();
        using var stream = new MemoryStream();
        OfficialDocument.Write(stream, draft, new(ListMissing: true));
        var read = DocumentFile.Read(stream.ToArray(), "a.docx").Text!;
        Assert.Equal(DocumentText.Of(draft).Paragraphs.Select(paragraph => paragraph.Text), read.Paragraphs.Select(paragraph => paragraph.Text).Where(text => text.Length > 0));
        Assert.Equal(draft.Figures.Select(figure => (figure.Id, figure.Text)),
            read.Paragraphs.SelectMany(paragraph => paragraph.Figures.Select(figure => (figure.Id, paragraph.Text.Substring(figure.Start, figure.Length)))));
    }

    [Fact]
    public void Deleted_text_and_doubled_shapes_are_not_read_and_line_breaks_begin_a_paragraph()
    {
        var read = DocumentFile.Read(Word("<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins><w:r><w:t>丙</w:t></w:r></w:ins>" +
            "<w:r><w:br/><w:t>丁</w:t></w:r><mc:AlternateContent><mc:Choice><w:r><w:t>戊</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>戊</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>" +
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表内文字</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"), "a.docx").Text!;
        Assert.Equal(["甲丙", "丁戊"], read.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Contains(read.NotTaken, what => what.Contains("表内文字", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_readable_document_is_refused_with_a_sentence()
    {
        Assert.Contains("空文件", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("已损坏", Refusal([.. "PK\u0003\u0004 and then nothing"u8]), StringComparison.Ordinal);
        Assert.Contains("已损坏", Refusal(Package(("word/document.xml", "<w:document"))), StringComparison.Ordinal);
        Assert.Contains("不是 Word 文档", Refusal(Package(("a.txt", "x"))), StringComparison.Ordinal);
        Assert.Contains("Excel", Refusal(Package(("xl/workbook.xml", "<x/>"))), StringComparison.Ordinal);
        Assert.Contains("PDF", Refusal([.. "%PDF-1.7"u8]), StringComparison.Ordinal);
        Assert.Contains("旧格式", Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]), StringComparison.Ordinal);
        Assert.Contains("密码", Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")]), StringComparison.Ordinal);
        Assert.Contains("不是可以读取的文档", Refusal([1, 2, 3, 0, 255, 254, 7]), StringComparison.Ordinal);
    }

    [Fact]
    public void Real_files_of_every_kind_that_cannot_be_taken_are_refused_with_a_sentence()
    {
        using var ours = new MemoryStream();
        OfficialDocument.Write(ours, SampleReport.Draft());
        var whole = ours.ToArray();
        Assert.NotNull(DocumentFile.Read(whole, "报告.docx").Text);
        Assert.Contains("密码", Refusal(CompoundFile.Of(("EncryptionInfo", new byte[4096]), ("EncryptedPackage", whole))), StringComparison.Ordinal);
        Assert.Contains("旧格式", Refusal(CompoundFile.Of(("WordDocument", new byte[4096]))), StringComparison.Ordinal);
        foreach (var kept in (int[])[whole.Length / 3, whole.Length / 2, whole.Length - 30]) Assert.Contains("已损坏", Refusal(whole[..kept]), StringComparison.Ordinal);
        Assert.Contains("带有宏", Refusal(WithMacro(whole)), StringComparison.Ordinal);
    }

    /// <summary>The document as Word saves it once somebody has recorded a macro in it.</summary>
    static byte[] WithMacro(byte[] document)
    {
        using var stream = new MemoryStream();
        stream.Write(document);
        using (var word = WordprocessingDocument.Open(stream, isEditable: true))
        {
            word.ChangeDocumentType(WordprocessingDocumentType.MacroEnabledDocument);
            using var macro = new MemoryStream(CompoundFile.Of(("VBA", new byte[4096])));
            word.MainDocumentPart!.AddNewPart<VbaProjectPart>("rIdVba").FeedData(macro);
        }
        return stream.ToArray();
    }

    [OfficeFact]
    public async Task What_LibreOffice_saved_in_other_formats_is_refused_with_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await using (var file = File.Create(folder["report.docx"])) await OfficialDocument.WriteAsync(file, SampleReport.Draft());
        foreach (var (ending, why) in ((string, string)[])[("doc", "旧格式"), ("odt", "不是 Word 文档"), ("pdf", "PDF")])
            Assert.Contains(why, Refusal(await File.ReadAllBytesAsync(await Office.ConvertAsync(folder["report.docx"], ending))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("word/vbaProject.bin", "x")]
    [InlineData("[Content_Types].xml", "<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>")]
    public void A_document_with_macros_is_refused(string part, string content) =>
        Assert.Contains("带有宏", Refusal(Package((part, content), ("word/document.xml", Head + "<w:p/></w:body></w:document>"))), StringComparison.Ordinal);

    [Fact]
    public void However_it_was_packed_no_more_than_a_reports_worth_is_unpacked()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        using (var stream = zip.CreateEntry("word/document.xml").Open())
            for (var i = 0; i < 400; i++) stream.Write(new byte[1 << 20]);
        Assert.InRange(buffer.Length, 1, 2 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("过大", Refusal(buffer.ToArray()), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 120 << 20);
        Assert.Contains("已损坏", Refusal(Word(string.Concat(Enumerable.Repeat("<w:sdt>", 5000)))), StringComparison.Ordinal);
        Assert.Contains("已损坏", Refusal(Word(string.Concat(Enumerable.Repeat("<w:sdt>", 5000)) + string.Concat(Enumerable.Repeat("</w:sdt>", 5000)))), StringComparison.Ordinal);
        Assert.Contains("已损坏", Refusal(Package(("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8"), InlineData("utf-16"), InlineData("gb18030")]
    public void Plain_text_is_read_in_every_encoding_that_offices_use(string name)
    {
        var encoding = name == "gb18030" ? CodePagesEncodingProvider.Instance.GetEncoding(name)! : Encoding.GetEncoding(name);
        var read = DocumentFile.Read([.. encoding.GetPreamble(), .. encoding.GetBytes("第一段。\r\n第二段。")], "a.txt").Text!;
        Assert.Equal(["第一段。", "第二段。"], read.Paragraphs.Select(paragraph => paragraph.Text));
    }

    [Fact]
    public void Title_addressee_headings_signature_and_date_are_told_by_how_they_are_written()
    {
        var structure = DocumentStructure.Of(DocumentText.Of(SampleReport.Draft()));
        Assert.Equal("样例县样例镇人民政府关于2026年度法治政府建设情况的报告", structure.Title);
        Assert.Equal("样例县样例镇人民政府", structure.Signature!.Text);
        Assert.Equal("2027年1月15日", structure.Date!.Text);
        Assert.Equal("（一）强化组织领导，落实第一责任人职责。", structure.Paragraphs.First(paragraph => paragraph.Level == 2).Heading);
        Assert.Equal(["一、年度重点工作", "二、突出亮点", "三、存在的问题", "四、下一步工作计划"], structure.Sections.Where(section => section.Head.Level == 1).Select(section => section.Heading));
    }
}

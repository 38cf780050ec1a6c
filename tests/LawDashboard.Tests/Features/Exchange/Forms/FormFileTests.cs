using System.IO.Compression;
using System.Text;
using LawDashboard.Features.Exchange.Forms;

namespace LawDashboard.Tests.Features.Exchange.Forms;

/// <summary>What may come as a form, and what is found on it.</summary>
public sealed class FormFileTests
{
    static readonly string Samples = Path.Combine(Demonstration.SeedFolder, "forms");

    static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(Samples, name));

    static FormMapping Layout(byte[] bytes, string name)
    {
        var file = FormFile.Open(bytes, name);
        return file.IsWorkbook ? WorkbookForm.Read(file) : DocumentForm.Read(file);
    }

    [Fact]
    public void Blanks_are_called_by_the_headings_beside_and_above_them_and_formulas_are_none()
    {
        var layout = Layout(Sample("普法宣传活动月报表.xlsx"), "普法.xlsx");
        var labels = layout.Blanks.Select(blank => blank.Label).ToList();
        Assert.Contains("普法宣传活动 · 场次 · 本月", labels);
        Assert.Contains("在岗法律明白人 · 名 · 上年同期累计", labels);
        Assert.DoesNotContain(labels, label => label.Contains("小计", StringComparison.Ordinal));
        Assert.Equal(9 * 3 + 2, layout.Blanks.Count);
        Assert.Empty(layout.Lists);
    }

    [Fact]
    public void Merged_headings_in_two_rows_name_each_column_and_an_empty_table_is_a_list()
    {
        var layout = Layout(Sample("矛盾纠纷排查化解月报表.xlsx"), "矛盾.xlsx");
        Assert.Contains("调解 · 受理调解案件（件） · 本期 · 本月", layout.Blanks.Select(blank => blank.Label));
        Assert.Contains("调解 · 受理调解案件（件） · 上年同月", layout.Blanks.Select(blank => blank.Label));
        var list = Assert.Single(layout.Lists);
        Assert.Equal(["序号", "排查日期", "排查区域", "纠纷类别", "风险等级", "涉及人数", "化解情况"], list.Columns.Select(column => column.Label));
        Assert.Equal(12, list.Rows.Count);
        Assert.EndsWith("!C3", list.Rows[0][2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_has_pairs_of_label_and_blank_and_cells_that_merges_continue()
    {
        var labels = Layout(Sample("法治建设重点工作数据月报.docx"), "数据.docx").Blanks.Select(blank => blank.Label).ToList();
        Assert.Contains("填报单位", labels);
        Assert.Contains("统计月份", labels);
        Assert.Contains("普法 · 发放普法资料（份） · 本年累计", labels);
        Assert.Contains(labels, label => label.StartsWith("填表人", StringComparison.Ordinal));
    }

    public static TheoryData<string, byte[], string> NoForms()
    {
        var workbook = Sample("普法宣传活动月报表.xlsx");
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        return new()
        {
            { "空.xlsx", [], "空文件" },
            { "扫描.xlsx", "%PDF-1.7"u8.ToArray(), "不是报表文件" },
            { "密.xlsx", [.. compound, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "打开密码" },
            { "旧.xls", compound, "旧格式" },
            { "宏.xlsm", Changed(workbook, zip => zip.CreateEntry("xl/vbaProject.bin")), "宏" },
            { "宏.docx", Changed(Sample("法治建设重点工作数据月报.docx"), zip => Replace(zip, "[Content_Types].xml", text => text.Replace("document.main+xml", "document.macroEnabled.main+xml"))), "宏" },
            { "别.zip", Zip(("a.txt", "a")), "不是 Excel 或 Word" },
            { "半.xlsx", workbook[..(workbook.Length / 2)], "已损坏" },
            { "实体.xlsx", Changed(workbook, zip => Replace(zip, "xl/workbook.xml", text => text.Replace("?>", "?><!DOCTYPE a [<!ENTITY x \"y\">]>"))), "已损坏" },
            { "炸弹.xlsx", Changed(workbook, zip => { using var part = zip.CreateEntry("xl/media/a.bin").Open(); part.Write(new byte[20 << 20]); }), "大得不正常" },
            { "样式.xlsx", Changed(workbook, zip => Replace(zip, "xl/worksheets/sheet1.xml", text => text.Replace("ref=\"A1:F1\"", "ref=\"??\""))), "已损坏" },
        };
    }

    [Theory, MemberData(nameof(NoForms))]
    public void What_is_no_form_is_refused_with_a_sentence(string name, byte[] bytes, string sentence)
    {
        var refusal = Assert.Throws<FormException>(() => LayoutAsDeskDoes(bytes, name));
        Assert.Contains(sentence, refusal.Message);
        Assert.Contains(name, refusal.Message);
    }

    [Fact]
    public void However_a_file_is_damaged_it_is_read_or_refused_in_a_sentence()
    {
        var random = new Random(7);
        foreach (var file in Directory.EnumerateFiles(Samples).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)))
            for (var round = 0; round < TestScale.Of(60, 1_000); round++)
            {
                var bytes = File.ReadAllBytes(file);
                for (var i = random.Next(1, 8); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                try
                {
                    LayoutAsDeskDoes(bytes, "坏.xlsx");
                }
                catch (FormException e)
                {
                    Assert.Contains("坏.xlsx", e.Message);
                }
            }
    }

    static FormMapping LayoutAsDeskDoes(byte[] bytes, string name) => FormDesk.Layout(FormFile.Open(bytes, name), name);

    static byte[] Changed(byte[] bytes, Action<ZipArchive> change)
    {
        using var buffer = new MemoryStream();
        buffer.Write(bytes);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true)) change(zip);
        return buffer.ToArray();
    }

    static void Replace(ZipArchive zip, string name, Func<string, string> change)
    {
        string text;
        using (var reader = new StreamReader(zip.GetEntry(name)!.Open())) text = reader.ReadToEnd();
        zip.GetEntry(name)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(change(text));
    }

    static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        return buffer.ToArray();
    }
}

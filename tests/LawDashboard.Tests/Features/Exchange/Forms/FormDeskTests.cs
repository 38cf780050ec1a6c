using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange.Forms;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Features.Exchange.Packing;

namespace LawDashboard.Tests.Features.Exchange.Forms;

/// <summary>The sample forms, mapped and filled for a demonstration town.</summary>
public sealed class FormDeskTests(Demonstration demo) : IClassFixture<Demonstration>
{
    static readonly string[] Names = ["普法宣传活动月报表.xlsx", "矛盾纠纷排查化解月报表.xlsx", "法治建设重点工作数据月报.docx"];

    static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(Demonstration.SeedFolder, "forms", name));

    static async Task<(Unit Town, List<UpperForm> Forms)> ReceiveAsync(PackBench bench)
    {
        var town = (await bench.Get<UnitDirectory>().TreeAsync()).Find(PackBench.Town)!;
        var forms = new List<UpperForm>();
        foreach (var name in Names) forms.Add(await bench.Get<FormDesk>().ReceiveAsync(PackBench.Clerk, town, name, Sample(name)));
        return (town, forms);
    }

    [Fact]
    public async Task Headings_propose_what_every_blank_of_the_sample_forms_is()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var (_, forms) = await ReceiveAsync(bench);
        foreach (var mapping in forms.Select(form => form.Read())) Assert.Equal(mapping.All, mapping.Mapped);
        var blanks = forms.SelectMany(form => form.Read().Blanks).ToDictionary(blank => blank.Label);
        void Expect(string label, string source, FormPeriod period) => Assert.Equal((source, period), (blanks[label].Source, blanks[label].Period));
        Expect("普法宣传活动 · 场次 · 本月", "measure:publicity.events", FormPeriod.Month);
        Expect("普法活动受众 · 人次 · 上年同期累计", "measure:publicity.audience", FormPeriod.ToDateBefore);
        Expect("法律进乡村 · 场次 · 本年累计", "measure:publicity.inVillages", FormPeriod.ToDate);
        Expect("调解 · 人民调解成功率（%） · 上年同月", "indicator:disputes.successRate", FormPeriod.MonthBefore);
        Expect("调解 · 其中：邻里纠纷受理（件） · 本期 · 本月", "measure:mediation.accepted|disputeType=neighbour", FormPeriod.Month);
        Expect("执法 · 行政检查（次） · 本月", "measure:inspections.held", FormPeriod.Month);
        Expect("填报单位", FormSource.Unit, FormPeriod.Month);
        var list = forms[1].Read().Lists.Single();
        Assert.Equal("screening", list.Ledger);
        Assert.Equal("number", list.Columns[0].Field);
    }

    [Fact]
    public async Task A_filled_workbook_differs_from_its_form_in_the_filled_cells_alone_and_its_figures_are_counted()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var (town, forms) = await ReceiveAsync(bench);
        using var connection = demo.Connect();
        var count = new IndependentCount(Demonstration.SeedFolder, connection, PackBench.Town);
        foreach (var (name, form) in Names.Zip(forms).Take(2))
        {
            var filled = (await bench.Get<FormDesk>().FillAsync(PackBench.Clerk, form.Id, town, 2026, 9))!;
            Assert.Empty(filled.Notes);
            Assert.Contains("法镇2026年9月", filled.Name);
            var (before, after) = (Parts(Sample(name)), Parts(filled.Bytes));
            Assert.Equal(before.Keys, after.Keys);
            var mapping = form.Read();
            var places = mapping.Blanks.Select(blank => blank.Key).Concat(mapping.Lists.SelectMany(list => list.Rows).SelectMany(row => row)).Where(key => key.Length > 0).ToList();
            foreach (var (part, bytes) in before)
            {
                if (part.StartsWith("xl/worksheets/", StringComparison.Ordinal)) Assert.Equal(Emptied(bytes, part, places), Emptied(after[part], part, places));
                else if (part == "xl/workbook.xml") Assert.Equal(Text(bytes), Text(after[part]).Replace("<calcPr fullCalcOnLoad=\"1\"/>", "", StringComparison.Ordinal));
                else Assert.Equal(bytes, after[part]);
            }
            foreach (var blank in mapping.Blanks.Where(blank => FormSource.Measure(blank.Source) is ({ }, "")))
            {
                var (from, to) = FormFigures.Days(blank.Period, 2026, 9);
                Assert.Equal(count.Value(FormSource.Measure(blank.Source)!.Value.Key, from, to), decimal.Parse(Value(after, blank.Key), CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public async Task A_list_at_the_end_of_its_sheet_grows_when_a_period_has_more_entries_than_rows()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var (town, forms) = await ReceiveAsync(bench);
        var mapping = forms[1].Read();
        Assert.Null(await bench.Get<FormDesk>().SaveAsync(PackBench.Clerk, forms[1].Id, mapping with { Lists = [mapping.Lists[0] with { Period = FormPeriod.ToDate }] }));
        var filled = (await bench.Get<FormDesk>().FillAsync(PackBench.Clerk, forms[1].Id, town, 2026, 11))!;
        Assert.Empty(filled.Notes);
        using var book = SpreadsheetDocument.Open(new MemoryStream(filled.Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(book));
        using var connection = demo.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM Entries e JOIN Units u ON u.Id = e.UnitId WHERE e.LedgerKey = 'screening' AND e.State = 'Approved' AND e.Date BETWEEN '2026-01-01' AND '2026-11-30' AND u.Path LIKE (SELECT Path FROM Units WHERE Code = '{PackBench.Town}') || '%'";
        var count = Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        Assert.True(count > mapping.Lists[0].Rows.Count);
        var sheet = Text(Parts(filled.Bytes)["xl/worksheets/sheet2.xml"]);
        var style = Regex.Match(sheet, "<c r=\"B14\" s=\"(\\d+)\"").Groups[1].Value;
        Assert.Contains($"<c r=\"B{count + 2}\" s=\"{style}\" t=\"inlineStr\">", sheet);
        Assert.DoesNotContain($"<row r=\"{count + 3}\"", sheet);
    }

    [OfficeFact]
    public async Task LibreOffice_opens_a_filled_workbook_and_reckons_its_formulas_anew()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var (town, forms) = await ReceiveAsync(bench);
        var filled = (await bench.Get<FormDesk>().FillAsync(PackBench.Clerk, forms[0].Id, town, 2026, 11))!;
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["填好.xlsx"], filled.Bytes);
        var text = Office.WithoutGaps(await Office.ToTextAsync(folder["填好.xlsx"]));
        var parts = Parts(filled.Bytes);
        int Of(string address) => int.Parse(Value(parts, $"xl/worksheets/sheet1.xml!{address}"), CultureInfo.InvariantCulture);
        Assert.True(Of("E9") > 0);
        var sums = "DEF".Select(column => Of($"{column}8") + Of($"{column}9") + Of($"{column}10"));
        Assert.Contains("进机关、乡村、学校小计场次" + string.Concat(sums), text);
        Assert.Contains("填报单位：法镇人民政府填报日期：2026年11月22日", text);
    }

    [Fact]
    public async Task A_filled_document_keeps_its_look_and_is_valid()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var (town, forms) = await ReceiveAsync(bench);
        var filled = (await bench.Get<FormDesk>().FillAsync(PackBench.Clerk, forms[2].Id, town, 2026, 9))!;
        using var document = WordprocessingDocument.Open(new MemoryStream(filled.Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document));
        var (before, after) = (Parts(Sample(Names[2])), Parts(filled.Bytes));
        Assert.All(before.Where(part => part.Key != "word/document.xml"), part => Assert.Equal(part.Value, after[part.Key]));
        // Without their texts and the runs that carry them both are the same document.
        Assert.Equal(Bare(before["word/document.xml"]), Bare(after["word/document.xml"]));
        var text = document.MainDocumentPart!.Document.Body!.InnerText;
        Assert.Contains("法镇人民政府", text);
        Assert.Contains("2026年9月", text);
        Assert.Contains("填报日期：2026年11月22日", text);
    }

    [Fact]
    public async Task Forms_that_ask_for_the_same_thing_are_named_and_a_new_version_keeps_what_was_mapped()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var desk = bench.Get<FormDesk>();
        var (town, forms) = await ReceiveAsync(bench);
        var shared = desk.Shared(await desk.ListAsync(PackBench.Clerk));
        Assert.Contains(shared, ask => ask.Words == "本月受理调解案件" && ask.Forms.Count == 2);
        Assert.Contains(shared, ask => ask.Words == "本年累计普法宣传活动");

        var mapping = forms[0].Read();
        var changed = mapping with { Blanks = [.. mapping.Blanks.Select(blank => blank.Label == "法律进机关 · 场次 · 本月" ? blank with { Source = "measure:publicity.online" } : blank)] };
        Assert.Null(await desk.SaveAsync(PackBench.Clerk, forms[0].Id, changed));
        var again = await desk.ReceiveAsync(PackBench.Clerk, town, Names[0], Sample(Names[0]));
        Assert.Equal(forms[0].Id, again.Id);
        Assert.Equal("measure:publicity.online", again.Read().Blanks.Single(blank => blank.Label == "法律进机关 · 场次 · 本月").Source);
        Assert.Equal(3, (await desk.ListAsync(PackBench.Clerk)).Count);

        Assert.NotNull(await desk.SaveAsync(PackBench.Clerk with { Role = Role.Leader }, forms[0].Id, mapping));
        var elsewhere = PackBench.Clerk with { UnitId = (await bench.Get<UnitDirectory>().TreeAsync()).Find("DH")!.Id };
        Assert.Empty(await desk.ListAsync(elsewhere));
        Assert.Null(await desk.FillAsync(elsewhere, forms[0].Id, town, 2026, 9));
        await desk.RemoveAsync(PackBench.Clerk, forms[0].Id);
        Assert.Equal(2, (await desk.ListAsync(PackBench.Clerk)).Count);
    }

    static SortedDictionary<string, byte[]> Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            using var content = entry.Open();
            content.CopyTo(bytes);
            parts[entry.FullName] = bytes.ToArray();
        }
        return parts;
    }

    static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The sheet with nothing but style in the cells that may be filled, and no stored results of formulas.</summary>
    static string Emptied(byte[] sheet, string part, IReadOnlyList<string> places)
    {
        var text = Text(sheet);
        foreach (var address in places.Where(key => key.StartsWith(part + "!", StringComparison.Ordinal)).Select(key => key[(part.Length + 1)..]))
            text = Regex.Replace(text, $"<c r=\"{address}\" s=\"(\\d+)\"[^>]*?(/>|>.*?</c>)", $"<c r=\"{address}\" s=\"$1\"/>");
        return Regex.Replace(text, "(</f>)<v>[^<]*</v>", "$1");
    }

    static string Value(SortedDictionary<string, byte[]> parts, string key)
    {
        var at = key.LastIndexOf('!');
        return Regex.Match(Text(parts[key[..at]]), $"<c r=\"{key[(at + 1)..]}\"[^>]*><v>([^<]*)</v>").Groups[1].Value;
    }

    static string Bare(byte[] document) => Regex.Replace(Regex.Replace(Text(document), @"<\?xml[^>]*\?>\s*", ""), @"<w:r>.*?</w:r>", "", RegexOptions.Singleline).Replace(" />", "/>", StringComparison.Ordinal);
}

using System.Text;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Tests.Features.Exchange.Import;

/// <summary>Workbooks as they lie in township offices: each is one kind of disorder, and what must come of it.</summary>
public sealed class WildWorkbookTests
{
    static readonly object?[] Heads = ["序号", "活动日期", "活动主题", "活动形式", "主办单位", "受众人数", "发放资料", "备注"];

    static object?[] Line(int n, object? date, string theme = "宪法宣传", object? people = null) => [n, date, $"{theme}{n}", "集中宣传", "司法所", people ?? 50, 100, null];

    static WildSheet Plain(string name = "2025年") => new WildSheet(name).Row(Heads).Row(Line(1, "2025.3.5")).Row(Line(2, "2025-3-6")).Row(Line(3, new DateOnly(2025, 3, 7)));

    /// <summary>What a trial says of the file: how many rows, which day and how many people each has, and all findings.</summary>
    static async Task<(ImportReport Report, string[] Rows)> TryAsync(byte[] file, string name = "旧台账.xlsx", int sheet = 0, string ledger = "publicity", int year = 0)
    {
        await using var bench = await ImportBench.CreateAsync();
        var report = await bench.TryAsync(bench.Open(file, name), ImportBench.Choices(ledger, sheet) with { Year = year });
        return (report, [.. report.Rows.Select(row => $"{row.Row.Date:M-d} {row.Row.Values.Number("audience")} {row.Fate}")]);
    }

    static Task<(ImportReport Report, string[] Rows)> TryAsync(WildSheet sheet, int year = 0) => TryAsync(WildBook.Xlsx(sheet), year: year);

    [Fact]
    public async Task A_plain_table_is_taken_as_it_is()
    {
        var (report, rows) = await TryAsync(Plain());
        Assert.Equal(["3-5 50 New", "3-6 50 New", "3-7 50 New"], rows);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task Titles_over_the_whole_width_stand_above_the_heading()
    {
        var sheet = new WildSheet("Sheet1").Row("法镇2024年度普法宣传活动台账").Row("填报单位：法镇人民政府", null, null, null, "填表日期：2024年12月").Row(Heads)
            .Row(Line(1, "3月5日")).Row(Line(2, "12月4日")).Merge("A1:H1", "A2:D2", "E2:H2");
        var (report, rows) = await TryAsync(sheet);
        Assert.Equal(["3-5 50 New", "12-4 50 New"], rows);
        Assert.Equal(2024, report.Rows[0].Row.Date!.Value.Year);
        Assert.Equal(["B4", "B5"], report.Findings.Select(finding => finding.Address));
    }

    [Fact]
    public async Task Headings_on_two_levels_are_read_together()
    {
        var sheet = new WildSheet("调解").Row("2025年人民调解台账")
            .Row("序号", "受理日期", "申请人", null, "被申请人", null, "纠纷情况", null, "涉及金额（万元）")
            .Row(null, null, "姓名", "电话", "姓名", "电话", "类型", "简要情况", null)
            .Row(1, "2025.1.8", "张三", "13800000001", "李四", 13800000002.0, "邻里纠纷", "宅基地边界", 1.2)
            .Merge("A1:I1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "I2:I3");
        var (report, _) = await TryAsync(WildBook.Xlsx(sheet), ledger: "mediation");
        var values = Assert.Single(report.Rows).Row.Values;
        Assert.Equal(("张三", "13800000001", "李四", "13800000002"), (values.Text("applicant"), values.Text("applicantPhone"), values.Text("respondent"), values.Text("respondentPhone")));
        Assert.Equal(("neighbour", "宅基地边界", 1_200_000L), (values.Text("disputeType"), values.Text("summary"), values.Number("amount")));
    }

    [Fact]
    public async Task Several_sheets_are_chosen_from_and_each_has_its_year()
    {
        var file = WildBook.Xlsx(new WildSheet("说明").Row("请按要求填写"), new WildSheet("2023年").Row(Heads).Row(Line(1, "3月5日")).Row(Line(2, "3月6日")), new WildSheet("2024年").Row(Heads).Row(Line(1, "5月1日")));
        Assert.Equal(2023, (await TryAsync(file, sheet: 1)).Report.Rows[0].Row.Date!.Value.Year);
        Assert.Equal(2024, (await TryAsync(file, sheet: 2)).Report.Rows[0].Row.Date!.Value.Year);
        var refusal = await Assert.ThrowsAsync<WorkbookException>(() => TryAsync(file, sheet: 0));
        Assert.Contains("没有找到表头", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Totals_are_skipped_at_the_end_and_in_the_middle_and_so_are_blank_rows()
    {
        var sheet = new WildSheet("2025年").Row(Heads).Row(Line(1, "2025.3.5")).Row("小计", null, null, null, null, 50, 100).Row()
            .Row(Line(2, "2025.4.5")).Row(null, "本月合计：", null, null, null, 50).Row(Heads).Row(Line(3, "2025.5.5")).Row("合 计", null, null, null, null, 150, 300)
            .Row("填表人：王五", null, null, "审核人：赵六").Row("说明：本表一式两份");
        var (report, rows) = await TryAsync(sheet);
        Assert.Equal(["3-5 50 New", "4-5 50 New", "5-5 50 New"], rows);
        Assert.Equal((3, 1, 2), (report.PassedOver(RowKind.Total), report.PassedOver(RowKind.Heading), report.PassedOver(RowKind.Footer)));
    }

    [Fact]
    public async Task Dates_of_every_kind_stand_in_one_column()
    {
        var sheet = new WildSheet("2022年台账").Row(Heads).Row(Line(1, "2022.3.5")).Row(Line(2, "2022年3月6日")).Row(Line(3, "3月7日")).Row(Line(4, 44628))
            .Row(Line(5, new DateOnly(2022, 3, 9))).Row(Line(6, "20220310")).Row(Line(7, "２０２２－３－１１")).Row(Line(8, "春节前后"));
        var (report, rows) = await TryAsync(sheet);
        Assert.Equal(["3-5", "3-6", "3-7", "3-8", "3-9", "3-10", "3-11", ""], rows.Select(row => row.Split(' ')[0]));
        var wrong = report.Findings.Single(finding => finding.Severity == Severity.Error);
        Assert.Equal(("B9", "春节前后"), (wrong.Address, wrong.Read));
        Assert.Contains("请写成 2026-03-05", wrong.Message, StringComparison.Ordinal);
        Assert.Equal((7, 1), (report.Of(Fate.New), report.Of(Fate.Faulty)));
    }

    [Fact]
    public async Task Guessed_numbers_are_taken_and_their_words_kept_in_the_remark()
    {
        var (report, rows) = await TryAsync(new WildSheet("2025年").Row(Heads).Row(Line(1, "2025.3.5", people: "约50人")).Row(Line(2, "2025.3.6", people: "1.2万余人次")));
        Assert.Equal(["3-5 50 New", "3-6 12000 New"], rows);
        Assert.Equal("原表“受众人数”：约50人", report.Rows[0].Row.Values.Text("remark"));
        Assert.Equal(["F2", "F3"], report.Findings.Select(finding => finding.Address));
    }

    [Fact]
    public async Task Formulas_give_their_stored_results()
    {
        var sheet = new WildSheet("2025年").Row(Heads).Row(1, new Formula("DATE(2025,3,5)", 45721), new Formula("\"宪法\"&\"宣传\"", "宪法宣传"), "集中宣传", "司法所", new Formula("25*2", 50), 1);
        var (_, rows) = await TryAsync(sheet);
        Assert.Equal(["3-5 50 New"], rows);
    }

    [Fact]
    public async Task A_broken_formula_is_named_at_its_cell_and_the_rest_goes_on()
    {
        var (report, _) = await TryAsync(new WildSheet("2025年").Row(Heads).Row(Line(1, "2025.3.5", people: "#REF!")).Row(Line(2, "2025.3.6")));
        Assert.Equal((1, 1), (report.Of(Fate.New), report.Of(Fate.Faulty)));
        Assert.Equal("F2", Assert.Single(report.Findings).Address);
    }

    [Fact]
    public async Task Hidden_columns_are_read_and_a_shown_one_goes_before_them()
    {
        var sheet = new WildSheet("2025年").Row("活动日期", "活动主题", "活动主题", "活动形式", "主办单位", "受众人数").Row("2025.3.5", "旧名称", "新名称", "讲座", "司法所", 30).Row("2025.3.6", "旧名称", "新名称2", "讲座", "司法所", 30);
        sheet.HiddenColumns.Add(1);
        sheet.HiddenColumns.Add(5);
        var (report, _) = await TryAsync(sheet);
        Assert.Equal(["新名称", "新名称2"], report.Rows.Select(row => row.Row.Values.Text("theme")));
        Assert.Equal(30, report.Rows[0].Row.Values.Number("audience"));
        Assert.True(report.Columns.Single(column => column.Target.Key == "audience").Head.Hidden);
    }

    [Fact]
    public async Task Rows_hidden_by_a_filter_are_taken_and_counted()
    {
        var (report, rows) = await TryAsync(new WildSheet("2025年").Row(Heads).HiddenRow(Line(1, "2025.3.5")).Row(Line(2, "2025.3.6")));
        Assert.Equal((2, 1), (rows.Length, report.HiddenRows));
    }

    [Fact]
    public async Task A_day_merged_over_several_rows_belongs_to_each()
    {
        var sheet = new WildSheet("2025年").Row(Heads).Row(Line(1, "2025.3.5")).Row(Line(2, null)).Row(Line(3, null)).Row(Line(4, "2025.4.1")).Merge("B2:B4");
        Assert.Equal(["3-5 50 New", "3-5 50 New", "3-5 50 New", "4-1 50 New"], (await TryAsync(sheet)).Rows);
    }

    [Fact]
    public async Task The_table_may_begin_anywhere()
    {
        var sheet = new WildSheet("2025年").Row().Row().Row(null, null, "普法台账").Row().Row([null, null, .. Heads]).Row([null, null, .. Line(1, "2025.3.5")]).Row([null, null, .. Line(2, "2025.3.6")]);
        Assert.Equal(["3-5 50 New", "3-6 50 New"], (await TryAsync(sheet)).Rows);
    }

    [Fact]
    public async Task Column_numbers_under_the_heading_are_no_row()
    {
        var (report, rows) = await TryAsync(new WildSheet("2025年").Row(Heads).Row(1, 2, 3, 4, 5, 6, 7, 8).Row(Line(1, "2025.3.5")));
        Assert.Equal(["3-5 50 New"], rows);
        Assert.Equal(1, report.PassedOver(RowKind.Heading));
    }

    [Fact]
    public async Task Other_names_of_columns_are_known_and_headings_may_hold_blanks_and_line_breaks()
    {
        var sheet = new WildSheet("2025年").Row("序 号", "时间", "宣传\n主题", "宣传方式", "组织单位", "受教育\r\n人次（人次）", "发放宣传资料（份）")
            .Row(1, "2025.3.5", "宪法宣传", "讲座", "司法所", 80, 200).Row(2, "2025.3.6", "宪法宣传", "讲座", "司法所", 80, 200);
        var (report, rows) = await TryAsync(sheet);
        Assert.Equal(["3-5 80 New", "3-6 80 New"], rows);
        Assert.Equal(200, report.Rows[0].Row.Values.Number("materials"));
    }

    [Fact]
    public async Task A_column_without_a_telling_heading_is_known_by_what_stands_in_it()
    {
        var sheet = new WildSheet("2025年").Row("活动日期", "活动主题", "分组情况", "片区", "主办单位", "受众人数");
        for (var n = 1; n <= 6; n++) sheet.Row($"2025.3.{n}", $"宣传{n}", n % 2 == 0 ? "讲座" : "集中宣传", n % 2 == 0 ? "样例村" : "示范村", "司法所", n);
        var (report, _) = await TryAsync(sheet);
        Assert.Equal("form", report.Columns.Single(column => column.Head.Text == "分组情况").Target.Key);
        Assert.Equal(["FZ02", "FZ01"], report.Rows.Take(2).Select(row => row.Row.Unit.Code));
    }

    [Fact]
    public async Task Ticks_and_lists_and_other_words_of_dictionaries_are_read()
    {
        var sheet = new WildSheet("2025年调解").Row("受理日期", "案件来源", "纠纷类别", "是否疑难复杂", "调解结果", "司法确认")
            .Row("2025.3.5", "依申请", "婚姻家庭纠纷", "√", "调解成功", "").Row("2025.3.6", "主动调解", "宅基地", "×", "调解成功", "");
        var (report, _) = await TryAsync(WildBook.Xlsx(sheet), ledger: "mediation");
        var values = report.Rows.Select(row => row.Row.Values).ToList();
        Assert.Equal(["marriage", "housing"], values.Select(v => v.Text("disputeType")));
        Assert.Equal([true, false], values.Select(v => v.Flag("isHard")));
        Assert.All(report.Rows, row => Assert.Equal(Fate.Draft, row.Fate));
        Assert.Contains(report.Findings, finding => finding.Severity == Severity.Info && finding.Message.Contains("依申请调解", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("utf-8", ".csv")]
    [InlineData("gb2312", ".csv")]
    [InlineData("gb18030", ".txt")]
    [InlineData("utf-16", ".csv")]
    public async Task Text_files_are_read_in_their_encoding(string encoding, string ending)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var code = Encoding.GetEncoding(encoding);
        byte[] file = [.. encoding == "utf-16" ? code.GetPreamble() : [], .. code.GetBytes(Plain().Csv())];
        var (report, rows) = await TryAsync(file, "普法2025" + ending);
        Assert.Equal(["3-5 50 New", "3-6 50 New", "3-7 50 New"], rows);
        Assert.Equal("宪法宣传1", report.Rows[0].Row.Values.Text("theme"));
    }

    [Fact]
    public async Task A_list_of_people_keeps_their_numbers_and_says_where_Excel_lost_digits()
    {
        var sheet = new WildSheet("花名册").Row("序号", "姓名", "性别", "村民小组", "身份类别", "联系电话", "身份证号码", "认定日期")
            .Row(1, "张三", "男", "一组", "村干部", 13800000001.0, "610721199001010011", "2022.3.5").Row(2, "李四", "女", "二组", "党员", "13800000002", 610721199001010000.0, "2022.3.5");
        var (report, _) = await TryAsync(WildBook.Xlsx(sheet), ledger: "legalGuides");
        Assert.Equal(("13800000001", "610721199001010011"), (report.Rows[0].Row.Values.Text("phone"), report.Rows[0].Row.Values.Text("idNumber")));
        Assert.Contains(report.Findings, finding => finding.Address == "G3" && finding.Message.Contains("丢失", StringComparison.Ordinal));
    }

    [OfficeFact]
    public async Task The_old_binary_format_is_read_like_the_new_one()
    {
        await using var bench = await ImportBench.CreateAsync();
        var sheet = new WildSheet("2025年").Row("法镇2025年普法台账").Row(Heads).Row(Line(1, "3月5日")).Row(Line(2, new DateOnly(2025, 3, 6))).Row(Line(3, "2025.3.7", people: "约80人")).Row("合计", null, null, null, null, 180).Merge("A1:H1");
        var old = await Office.ConvertAsync(bench.Save(WildBook.Xlsx(sheet)), "xls");
        var report = await bench.TryAsync(Workbook.Open(old, "旧台账.xls"), ImportBench.Choices("publicity"));
        Assert.Equal(["3-5 50", "3-6 50", "3-7 80"], report.Rows.Select(row => $"{row.Row.Date:M-d} {row.Row.Values.Number("audience")}"));
    }

    [Fact]
    public async Task Everything_at_once()
    {
        var sheet = new WildSheet("普法").Row("法镇2024年普法宣传活动台账（1—12月）").Row(null, null, null, null, null, "单位：人次、份")
            .Row("序号", "时间", "活动情况", null, "主办单位", "成效", null, "备注").Row(null, null, "主题", "形式", null, "受众", "资料", null).Row(1, 2, 3, 4, 5, 6, 7, 8)
            .Row(1, "3月5日", "学雷锋普法", "集中宣传", "司法所", "约200人", "５００份", "赶集日").Row(2, null, "宪法进村", "讲座", "司法所", 45, "—", null).Row("小计", null, null, null, null, 245, 500)
            .Row(3, "2024/4/15", "国安日", "展板横幅", "综治办", "1,000", 1500, null).Row().Row(4, "五一前", "劳动法", "讲座", "司法所", 10, 10)
            .Row("合计").Row("填表人：张三")
            .Merge("A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:G3", "H3:H4", "B6:B7");
        var (report, rows) = await TryAsync(sheet);
        Assert.Equal(["3-5 200 New", "3-5 45 New", "4-15 1000 New", " 10 Faulty"], rows);
        Assert.Equal("B11", Assert.Single(report.Findings, finding => finding.Severity == Severity.Error).Address);
    }
}

using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Reports.Checking;

/// <summary>The claim check with the lists of seed-data; each rule on a text that it objects to and one that it leaves alone.</summary>
public sealed class ClaimCheckTests
{
    static readonly ClaimCheck Check = new(Definitions.Load(Demonstration.SeedFolder).Checks);

    static IReadOnlyList<ClaimFinding> Of(string rule, string text, int year = 2026, string? lastYear = null, int today = 2027) =>
        [.. Check.Run(Document(text), new(year, new(today, 1, 15), ["南郑区", "法镇", "石桥湾村"], null, lastYear is null ? null : Document(lastYear))).Where(finding => finding.Rule == rule)];

    static DocumentText Document(string text) => new([.. text.Split('\n').Select(TextParagraph.Of)]);

    [Theory]
    [InlineData(ClaimRules.NoFigures, "一、工作情况\n各项工作取得显著成效。")]
    [InlineData(ClaimRules.FigureUnsourced, "全年召开法治专题会议12次。")]
    [InlineData(ClaimRules.FigureUnsourced, "受教育群众两万余人次。")]
    [InlineData(ClaimRules.Total, "受理调解186件，其中婚姻家庭61件、邻里48件、其他70件。")]
    [InlineData(ClaimRules.Total, "受理调解186件，其中婚姻家庭161件、邻里48件。")]
    [InlineData(ClaimRules.Total, "登记信访事项57件；按信访形式分，来访20件、来电15件、来信4件。")]
    [InlineData(ClaimRules.People, "开展普法宣传37场次，受众2134人。")]
    [InlineData(ClaimRules.Absolute, "全镇未发生集体访。")]
    [InlineData(ClaimRules.Absolute, "发现的问题全部整改。")]
    [InlineData(ClaimRules.Absolute, "办结率100%。")]
    [InlineData(ClaimRules.Period, "近年来，法治建设不断加强。")]
    [InlineData(ClaimRules.Period, "信访量逐年下降。")]
    [InlineData(ClaimRules.Period, "今年以来，各项工作有序推进。")]
    [InlineData(ClaimRules.Foreign, "张贴“郑好办”二维码。")]
    [InlineData(ClaimRules.Foreign, "赴杭州市学习。")]
    [InlineData(ClaimRules.Doubled, "深入推进依法行政和法治政府建设。\n一、工作情况\n深入推进依法行政和法治政府建设。")]
    [InlineData(ClaimRules.Doubled, "取得了成效。现将有关情况报告如下：现将我镇2026年法治政府建设工作有关情况报告如下：")]
    [InlineData(ClaimRules.Numbering, "（一）强化领导。\n（四）强化宣传。")]
    [InlineData(ClaimRules.Numbering, "一、工作情况\n三、存在的问题")]
    [InlineData(ClaimRules.Numbering, "存在不足：一是认识不够；三是人手不足。")]
    [InlineData(ClaimRules.Mismatch, "（四）强化生态环境保护，落实责任。召开森林防火会议，成立森林防火领导小组，宣传森林防火知识，清理火源。")]
    [InlineData(ClaimRules.Brackets, "落实“谁执法谁普法普法责任制。")]
    [InlineData(ClaimRules.Brackets, "各村（社区均已设立。")]
    [InlineData(ClaimRules.Gap, "开展走访〔待补：走访次数〕次。")]
    [InlineData(ClaimRules.RequiredItem, "一、重点工作\n做了工作。")]
    [InlineData(ClaimRules.Signature, "一、重点工作\n做了工作。\n2027年1月15日")]
    [InlineData(ClaimRules.Date, "一、重点工作\n做了工作。\n法镇人民政府")]
    [InlineData(ClaimRules.Date, "一、重点工作\n做了工作。\n法镇人民政府\n2027年01月15日")]
    [InlineData(ClaimRules.Title, "法镇关于2025年度法治政府建设情况的报告\n一、重点工作")]
    [InlineData(ClaimRules.Slogan, "围绕“廉洁高效、守法诚信”的目标。")]
    [InlineData(ClaimRules.Slogan, "“八五”普法深入推进。")]
    [InlineData(ClaimRules.Request, "恳请上级拨付经费。")]
    [InlineData(ClaimRules.Person, "联系电话13800000001。")]
    [InlineData(ClaimRules.Length, "太短。")]
    public void What_a_rule_is_for_it_finds(string rule, string text) => Assert.NotEmpty(Of(rule, text));

    [Theory]
    [InlineData(ClaimRules.NoFigures, "召开会议12次。")]
    [InlineData(ClaimRules.FigureUnsourced, "2026年11月22日，受理12345热线工单，落实《行政处罚法》第26条和法政发〔2026〕3号文件。")]
    [InlineData(ClaimRules.FigureUnsourced, "严格落实三项制度，推进一网通办，依托镇、村、组三级网络。")]
    [InlineData(ClaimRules.Total, "受理调解186件，其中婚姻家庭61件、邻里48件、其他77件。")]
    [InlineData(ClaimRules.Total, "受理调解186件，其中婚姻家庭61件、邻里48件。")]
    [InlineData(ClaimRules.Total, "登记信访事项49件、123人次，其中初次信访42件，重复信访7件，集体访5件；按信访形式分，来访20件、来电15件、网上信访10件、来信4件。")]
    [InlineData(ClaimRules.People, "开展普法宣传37场次，受众2134人次，现有调解员76人。")]
    [InlineData(ClaimRules.Absolute, "防止了集体访，整改了大部分问题，办结率97.8%，全程记录。")]
    [InlineData(ClaimRules.Period, "2026年，各项工作有序推进。")]
    [InlineData(ClaimRules.Foreign, "张贴“秦务员”二维码，汉中市南郑区的做法。")]
    [InlineData(ClaimRules.Doubled, "一是召开会议12次。\n二是召开会议15次。\n现将有关情况报告如下。")]
    [InlineData(ClaimRules.Numbering, "一、甲\n（一）乙。\n（二）丙。\n1.丁\n2.戊\n二、己\n（一）庚。\n一是甲；二是乙；三是丙。\n一是又一；二是又二。")]
    [InlineData(ClaimRules.Mismatch, "（四）强化森林防火，落实责任。召开森林防火会议，宣传森林防火知识，清理火源，防火巡查。")]
    [InlineData(ClaimRules.Brackets, "落实“谁执法谁普法”，学习《民法典》（2021年施行）；1)甲。")]
    [InlineData(ClaimRules.RequiredItem, "一、年度重点工作\n（一）主要负责人履行第一责任人职责情况。有。\n二、存在的问题\n有。\n三、下一步工作计划\n有。")]
    [InlineData(ClaimRules.Signature, "一、重点工作\n做了工作。\n法镇人民政府\n2027年1月15日")]
    [InlineData(ClaimRules.Date, "一、重点工作\n做了工作。\n法镇人民政府\n2027年1月15日")]
    [InlineData(ClaimRules.Title, "法镇关于2026年度法治政府建设情况的报告\n一、重点工作")]
    [InlineData(ClaimRules.Slogan, "深入学习贯彻习近平法治思想，贯彻实施法治宣传教育法。")]
    [InlineData(ClaimRules.Request, "制定重大事项请示报告制度。")]
    [InlineData(ClaimRules.Person, "金额1380000000元，案号20260101。")]
    public void What_a_rule_is_not_for_it_leaves_alone(string rule, string text) => Assert.Empty(Of(rule, text));

    [Fact]
    public void While_the_year_runs_this_year_so_far_may_stand_with_its_closing_date()
    {
        Assert.Empty(Of(ClaimRules.Period, "今年以来，截至11月22日召开会议12次。", today: 2026));
        Assert.Single(Of(ClaimRules.Period, "今年以来，召开会议12次。", today: 2026));
    }

    [Fact]
    public void A_slogan_of_its_own_time_is_no_expired_one()
    {
        Assert.NotEmpty(Of(ClaimRules.Slogan, "“八五”普法规划"));
        Assert.Empty(Of(ClaimRules.Slogan, "“八五”普法规划", year: 2023));
    }

    [Fact]
    public void A_passage_taken_over_from_last_year_is_found_unless_its_numbers_are_new()
    {
        const string words = "坚持党对法治建设的领导，把法治政府建设与经济社会发展同部署、同推进、同督促、同考核，压实各级责任，层层传导压力，坚持问题导向，补齐工作短板。";
        Assert.Single(Of(ClaimRules.Repeated, $"2026年，{words}", lastYear: $"2025年，{words}"));
        Assert.Empty(Of(ClaimRules.Repeated, $"{words}召开会议12次，研究法治事项24项，参会235人次，会议交办事项39项，办结39项，督察问题9项，完成整改8项，参加培训239人次，发放资料6400份，开展巡查81次。",
            lastYear: $"{words}召开会议11次，研究法治事项20项，参会230人次，会议交办事项30项，办结30项，督察问题8项，完成整改7项，参加培训200人次，发放资料5200份，开展巡查87次。"));
        Assert.Empty(Of(ClaimRules.Repeated, words, lastYear: "去年另有安排，围绕产业发展、项目建设和城乡环境提升开展工作，成效明显，群众满意，全年各项重点任务都按照时间节点有序推进，没有发生影响稳定的事件。"));
    }

    [Fact]
    public void A_finding_names_its_place_and_its_words()
    {
        const string text = "标题\n某机关：\n第一句话。近年来，第二句话不断加强。";
        var finding = Assert.Single(Of(ClaimRules.Period, text));
        Assert.Equal((3, 2, 6, "近年来"), (finding.Place.Paragraph, finding.Place.Sentence, finding.Place.Character, finding.Place.Quote));
        Assert.Contains("近年来", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_keeps_its_fingerprint_wherever_its_words_move()
    {
        var one = Assert.Single(Of(ClaimRules.Period, "近年来，一句话。"));
        var other = Assert.Single(Of(ClaimRules.Period, "前面多了一段。\n又一段，近年来，另一句话。"));
        Assert.Equal(one.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void Every_rule_has_a_name_and_is_tried_above()
    {
        var tried = typeof(ClaimCheckTests).GetMethod(nameof(What_a_rule_is_for_it_finds))!.CustomAttributes.Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!);
        // These two need ledgers and a report of last year; they have tests of their own.
        Assert.Equal(ClaimRules.All.Except([ClaimRules.FigureDifferent, ClaimRules.Target, ClaimRules.Repeated]).Order(), tried.Distinct().Order());
        Assert.All(ClaimRules.All, rule => Assert.NotEqual(rule, ClaimRules.Name(rule)));
    }
}

/// <summary>The claim check over the demonstration county: nothing false on our own drafts, everything on the sample of a real report.</summary>
public sealed class ClaimChecksTests(Demonstration demo) : IClassFixture<Demonstration>
{
    public static readonly string Sample = Path.Combine(Repository.Root, "tests", "LawDashboard.Tests", "Features", "Reports", "Checking", "sample-report.txt");

    async Task<IReadOnlyList<ClaimFinding>> CheckAsync(string unit, int year, DocumentText document, DocumentText? lastYear = null) =>
        (await demo.Get<ClaimChecks>().CheckAsync(Person.Machine, (await demo.Get<UnitDirectory>().TreeAsync()).Find(unit)!, new(year), document, lastYear))!;

    async Task<ReportDraft> DraftAsync(string unit, int year) =>
        await demo.Get<ReportService>().DraftAsync(Person.Machine, (await demo.Get<UnitDirectory>().TreeAsync()).Find(unit)!, new(year));

    static DocumentText Document(string text) => new([.. text.Split('\n').Select(TextParagraph.Of)]);

    [Theory]
    [InlineData("FZ", 2025), InlineData("FZ", 2026), InlineData("DH", 2025), InlineData("DH", 2026), InlineData("QS", 2025), InlineData("QS", 2026), InlineData("NZ", 2025), InlineData("NZ", 2026)]
    public async Task On_a_draft_of_our_own_it_finds_nothing(string unit, int year)
    {
        var draft = await DraftAsync(unit, year);
        var findings = await CheckAsync(unit, year, DocumentText.Of(draft), DocumentText.Of(await DraftAsync(unit, year - 1)));
        // What no ledger can say, such as the causes, is marked as still to be supplied.
        Assert.Empty(findings.Where(finding => finding.Rule != ClaimRules.Gap).Select(finding => finding.ToString()));
    }

    [Fact]
    public async Task On_the_sample_report_it_finds_what_is_wrong_with_it()
    {
        var reading = DocumentFile.Read(await File.ReadAllBytesAsync(Sample), "sample-report.txt");
        var tree = await demo.Get<UnitDirectory>().TreeAsync();
        Assert.Equal("FZ", ClaimChecks.Named(tree, reading.Text!)!.Code);
        var findings = await CheckAsync("FZ", 2022, reading.Text!);
        void Finds(string rule, string quote, int times = 1) =>
            Assert.Equal(times, findings.Count(finding => finding.Rule == rule && finding.Place.Quote.Contains(quote, StringComparison.Ordinal)));
        Finds(ClaimRules.Doubled, "现将我镇2022年法治政府建设工作有关情况报告如下");
        Finds(ClaimRules.Foreign, "郑好办");
        Finds(ClaimRules.Period, "近年来", 2);
        Finds(ClaimRules.Absolute, "未发生因部门执法、集中行动而引起的闹访、群访事件");
        Finds(ClaimRules.Slogan, "廉洁高效、守法诚信");
        Finds(ClaimRules.Mismatch, "生态环境保护");
        foreach (var missing in (string[])[ClaimRules.RequiredItem, ClaimRules.Signature, ClaimRules.Date, ClaimRules.NoFigures]) Finds(missing, "");
        Assert.Contains("第一责任人", findings.Single(finding => finding.Rule == ClaimRules.RequiredItem).Reason, StringComparison.Ordinal);
        Assert.True(findings.Count <= 14, string.Join('\n', findings));
    }

    [Fact]
    public async Task A_number_written_elsewhere_is_held_against_the_indicator_that_it_names()
    {
        var draft = await DraftAsync("FZ", 2025);
        var accepted = draft.Figures.First(figure => figure is { Key: "mediation.accepted", Format: FigureFormat.Plain });
        var right = await CheckAsync("FZ", 2025, Document($"全年受理人民调解案件{accepted.Text}件。"));
        var wrong = await CheckAsync("FZ", 2025, Document($"全年受理人民调解案件{accepted.Amount + 3:0}件，走访企业37家。"));
        var wide = await CheckAsync("FZ", 2025, Document($"全年受理人民调解案件{string.Concat(accepted.Text.Select(sign => (char)(sign + '０' - '0')))}件。"));
        Assert.DoesNotContain(right.Concat(wide), finding => finding.Rule is ClaimRules.FigureDifferent or ClaimRules.FigureUnsourced);
        var different = Assert.Single(wrong, finding => finding.Rule == ClaimRules.FigureDifferent);
        Assert.Contains($"{accepted.Text}件", different.Reason, StringComparison.Ordinal);
        Assert.Equal("37家", Assert.Single(wrong, finding => finding.Rule == ClaimRules.FigureUnsourced).Place.Quote);
    }

    [Fact]
    public async Task A_drafted_sentence_without_its_marks_is_held_against_its_own_figures()
    {
        var draft = await DraftAsync("FZ", 2025);
        var accepted = draft.Figures.First(figure => figure.Key == "mediation.accepted");
        var sentence = draft.Blocks.OfType<ParagraphBlock>().SelectMany(paragraph => paragraph.Sentences).Last(sentence => sentence.Runs.Any(run => run.Figure?.Key == "mediation.accepted" && run.Figure.Format == FigureFormat.Plain));
        Assert.DoesNotContain(await CheckAsync("FZ", 2025, Document(sentence.ToString())), finding => finding.Rule is ClaimRules.FigureDifferent or ClaimRules.FigureUnsourced or ClaimRules.Absolute);
        var stale = await CheckAsync("FZ", 2025, Document(sentence.ToString().Replace(accepted.Text + "件", $"{accepted.Amount + 1000:0}件", StringComparison.Ordinal)));
        Assert.Contains($"按当前台账应为“{accepted.Text}”", Assert.Single(stale, finding => finding.Rule == ClaimRules.FigureDifferent).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_that_no_longer_agrees_with_the_ledger_is_found_by_its_id()
    {
        var paragraph = new TextParagraph("召开法治专题会议999次，走访5次。", [new(8, 3, "meetings.held"), new(15, 1, "visits.held")]);
        var findings = await CheckAsync("FZ", 2026, new([paragraph]));
        Assert.Equal("999", Assert.Single(findings, finding => finding.Rule == ClaimRules.FigureDifferent).Place.Quote);
        Assert.Equal("5", Assert.Single(findings, finding => finding.Rule == ClaimRules.FigureUnsourced).Place.Quote);
    }

    [Fact]
    public async Task Attendances_called_persons_are_found_by_the_figures_unit()
    {
        var draft = await DraftAsync("FZ", 2026);
        var audience = draft.Figures.First(figure => figure.Key == "publicity.audience");
        var wrong = new TextParagraph($"受众{audience.Text}人。", [new(2, audience.Text.Length, audience.Id)]);
        Assert.Contains(await CheckAsync("FZ", 2026, new([wrong])), finding => finding.Rule == ClaimRules.People);
    }

    [Fact]
    public async Task An_absolute_claim_is_contradicted_supported_or_without_support()
    {
        Assert.Equal(ClaimSeverity.Error, Assert.Single(await CheckAsync("FZ", 2026, Document("全镇未发生集体访。")), finding => finding.Rule == ClaimRules.Absolute).Severity);
        Assert.DoesNotContain(await CheckAsync("FZ", 2026, Document("行政诉讼未发生败诉。")), finding => finding.Rule == ClaimRules.Absolute);
        Assert.Equal(ClaimSeverity.Warning, Assert.Single(await CheckAsync("FZ", 2026, Document("未发生校园欺凌。")), finding => finding.Rule == ClaimRules.Absolute).Severity);
    }

    [Fact]
    public async Task Missed_targets_that_the_problems_pass_over_are_named()
    {
        var silent = await CheckAsync("FZ", 2026, Document("三、存在的问题\n一是认识不足。"));
        Assert.Contains("法治讲座", Assert.Single(silent, finding => finding.Rule == ClaimRules.Target).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_persons_name_is_found_and_an_office_holders_is_not()
    {
        await using var db = await demo.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var tree = await demo.Get<UnitDirectory>().TreeAsync();
        var entry = await EntryReader.Select(db, tree, new() { Person = Person.Machine, Unit = tree.Find("FZ"), Ledger = demo.Get<LawDashboard.Features.Ledgers.Definitions.LedgerCatalog>().Ledger("legalGuides") }).FirstAsync();
        var name = entry.Values.Text("name")!;
        Assert.Equal(name, Assert.Single(await CheckAsync("FZ", 2026, Document($"{name}表现突出。")), finding => finding.Rule == ClaimRules.Person).Place.Quote);
        Assert.DoesNotContain(await CheckAsync("FZ", 2026, Document($"镇长{name}主持会议。")), finding => finding.Rule == ClaimRules.Person);
    }

    [Fact]
    public async Task The_command_says_what_it_finds_and_ends_with_0_1_or_2()
    {
        using var folder = new TemporaryFolder();
        Task<Outcome> Run(params string[] arguments) =>
            Programs.RunAsync(Repository.Executable, ["check", .. arguments, "--data", demo.Folder, "--seed-data", Demonstration.SeedFolder], TimeSpan.FromMinutes(3));
        var sample = await Run(Sample, "--year", "2022");
        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("郑好办", sample.Output, StringComparison.Ordinal);
        var json = await Run(Sample, "--year", "2022", "--json");
        using (var read = System.Text.Json.JsonDocument.Parse(json.Output)) Assert.True(read.RootElement.GetProperty("findings").GetArrayLength() >= 10);
        Assert.Equal(2, (await Run(folder["nothing.txt"], "--year", "2022")).ExitCode);
        await File.WriteAllBytesAsync(folder["broken.docx"], [.. "PK\u0003\u0004 broken"u8]);
        var broken = await Run(folder["broken.docx"], "--year", "2022");
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("已损坏", broken.Errors, StringComparison.Ordinal);
        await using (var file = File.Create(folder["own.docx"])) await OfficialDocument.WriteAsync(file, await DraftAsync("FZ", 2025), new(ListMissing: true));
        var own = await Run(folder["own.docx"], "--year", "2025");
        Assert.True(own.ExitCode == 0, own.Output + own.Errors);
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Reports.Signing;

/// <summary>A small town with lectures of its own and a short report on them, on either database, with everything that leads to its signature.</summary>
static class ReportBench
{
    public const int Year = 2025;
    public const string FiveItems = "township-five", QuarterlyBrief = "quarterly-brief";

    const string Template = """
        title: {unit}关于{year}年度法治政府建设情况的报告
        to: 样例县依法治县委员会办公室
        signature: {unit}人民政府
        date: {date}

        现将有关情况报告如下：

        ## 一、年度重点工作
        ### （一）组织学法用法。
        全年开展法治讲座{lectures.held}场，参加{lectures.attended}人。
        讲座内容贴近群众需要。

        ### （二）履行第一责任人职责。
        主要负责人研究部署法治建设工作。

        ## 二、存在的问题
        讲座形式还不够丰富。

        ## 三、下一步工作计划
        继续办好法治讲座。
        """;

    public static async Task<Workbench> CreateAsync(DatabaseKind kind)
    {
        var seed = new SeedFolder(Demonstration.SeedFolder);
        var calendar = WorkCalendar.Load(seed);
        var template = ReportTemplate.Parse("report.txt", Template).Template!;
        var five = ReportTemplate.Parse("five.txt", "name: 样例五项\n" + Template).Template!;
        var brief = ReportTemplate.Parse("brief.txt", "name: 样例简报\nkind: brief\nterm: quarter\n" + Template).Template!;
        var words = new CheckWords(new(new(0, 10000), 1, [], [], [], [new("近年来", "写明年度。")], [], [], []), [], new([], [], []), [], [], new([]));
        var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services
            .AddDeadlines(new([], SampleCatalog.Ledgers), calendar)
            .AddReports(new(new Dictionary<string, ReportTemplate> { [ReportTemplates.TownshipAnnual] = template, [FiveItems] = five, [QuarterlyBrief] = brief }, new Dictionary<string, string>(), []), words).AddReportSigning(LegalDates.Load(seed, calendar)));
        await using (var db = bench.Context())
        {
            foreach (var person in (Person[])[Clerk(bench), Other(bench), Reviewer(bench), Leader(bench), bench.Person(Role.Recorder, "FZ01", 15), bench.Person(Role.Leader, "DH", 16)])
                db.Accounts.Add(new() { Id = person.Id, UserName = person.Account, NormalizedUserName = person.Account.ToUpperInvariant(), DisplayName = person.Name, Role = person.Role, UnitId = person.UnitId });
            await db.SaveChangesAsync();
        }
        foreach (var day in (string[])["2025-03-04", "2025-05-06", "2025-09-17"]) await ApproveAsync(bench, day);
        return bench;
    }

    public static Person Clerk(Workbench bench) => bench.Person(Role.Recorder, "FZ", 11);
    public static Person Other(Workbench bench) => bench.Person(Role.Recorder, "FZ", 12);
    public static Person Reviewer(Workbench bench) => bench.Person(Role.Reviewer, "FZ", 13);
    public static Person Leader(Workbench bench) => bench.Person(Role.Leader, "FZ", 14);

    /// <summary>A lecture of the town, logged and approved.</summary>
    public static async Task ApproveAsync(Workbench bench, string day, long attended = 20)
    {
        var saved = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(Clerk(bench), new(null, "lectures", "FZ", SampleCatalog.Complete(day, ("attended", attended)))));
        Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(Reviewer(bench), saved.Entry.Id, saved.Entry.Version, EntryAction.Approve, null));
    }

    public static async Task<OpenReport> LatestAsync(Workbench bench) => (await bench.Get<ReportDesk>().OpenAsync(Clerk(bench), bench.Unit("FZ"), new(Year)))!;

    public static async Task<OpenReport> BegunAsync(Workbench bench)
    {
        Assert.Equal(1, (await bench.Get<ReportDesk>().BeginAsync(Clerk(bench), bench.Unit("FZ"), new(Year))).Version);
        return await LatestAsync(bench);
    }

    /// <summary>Hands in the text of a version with some words changed.</summary>
    public static Task<SaveOutcome> EditAsync(Workbench bench, OpenReport report, string old, string changed, Person? by = null, VersionKind kind = VersionKind.Edited) =>
        bench.Get<ReportDesk>().SubmitAsync(by ?? Clerk(bench), bench.Unit("FZ"), new(Year), report.Number, Edits.Replaced(report.Document, old, changed), "修改", kind, kind == VersionKind.Edited);

    public static async Task<ReportView> ViewAsync(Workbench bench, int? version = null) =>
        await bench.Get<ReportViews>().ReadAsync(Clerk(bench), (await bench.Get<UnitYears>().ReadAsync(Clerk(bench), bench.Unit("FZ"), Year))!, new(Year), version);

    /// <summary>Sends the newest version for review and signs it.</summary>
    public static async Task<OpenReport> SignedAsync(Workbench bench)
    {
        var (report, signing, unit) = (await LatestAsync(bench), bench.Get<ReportSigning>(), bench.Unit("FZ"));
        Assert.Null(await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, report.Number, null));
        Assert.Null(await signing.SignAsync(Leader(bench), unit, report.ReportId, report.Number));
        return report;
    }
}

/// <summary>Edits as people make them.</summary>
static class Edits
{
    /// <summary>The text of a report with words in place of others; figures stay figures.</summary>
    public static DocumentText Replaced(ReportDraft draft, string old, string changed)
    {
        var document = DocumentText.Of(draft);
        Assert.Contains(document.Paragraphs, paragraph => paragraph.Text.Contains(old, StringComparison.Ordinal));
        return document with
        {
            Paragraphs = [.. document.Paragraphs.Select(paragraph => paragraph.Text.IndexOf(old, StringComparison.Ordinal) is >= 0 and var at
                ? new TextParagraph(paragraph.Text[..at] + changed + paragraph.Text[(at + old.Length)..],
                    [.. paragraph.Figures.Select(figure => figure.Start < at ? figure : figure with { Start = figure.Start + changed.Length - old.Length })])
                : paragraph)],
        };
    }
}

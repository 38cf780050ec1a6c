using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Versions;
using Microsoft.EntityFrameworkCore;
using static LawDashboard.Tests.Features.Reports.Signing.ReportBench;

namespace LawDashboard.Tests.Features.Reports.Versions;

/// <summary>What <see cref="ReportDeskTests"/> shows over the demonstration county, in small on both databases.</summary>
public sealed class SharedReportTests
{
    [DatabaseTheory, Databases]
    public async Task Two_who_begin_at_once_begin_one_report(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.Get<ReportDesk>().BeginAsync(Clerk(bench), bench.Unit("FZ"), new(Year))));
        Assert.All(begun, outcome => Assert.Equal(1, outcome.Version));
        Assert.Single(await bench.Get<ReportDesk>().VersionsAsync((await LatestAsync(bench)).ReportId));
    }

    [DatabaseTheory, Databases]
    public async Task Drafting_again_keeps_the_words_takes_the_numbers_and_changes_nothing_the_second_time(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (desk, unit) = (bench.Get<ReportDesk>(), bench.Unit("FZ"));
        var first = await BegunAsync(bench);
        await EditAsync(bench, first, "全年开展法治讲座", "全年组织干部群众开展法治讲座");
        await ApproveAsync(bench, "2025-10-20", attended: 35);
        var merge = (await desk.MergeAsync(Clerk(bench), unit, new(Year), null))!;
        Assert.Empty(merge.Result.Conflicts);
        Assert.Equal(3, (await desk.AcceptAsync(Clerk(bench), unit, new(Year), merge, [])).Version);
        var latest = await LatestAsync(bench);
        Assert.Contains("全年组织干部群众开展法治讲座4场，参加95人。", latest.Document.ToText(), StringComparison.Ordinal);
        Assert.True(latest.AuditSequence > first.AuditSequence);
        var again = (await desk.MergeAsync(Clerk(bench), unit, new(Year), null))!;
        Assert.Empty(again.Result.Conflicts);
        Assert.Equal(latest.Document.ToText(), again.Result.Resolve().ToText());
    }

    [DatabaseTheory, Databases]
    public async Task An_upload_changes_nothing_before_its_merge_is_accepted_nor_when_it_is_put_aside(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (desk, unit, first) = (bench.Get<ReportDesk>(), bench.Unit("FZ"), await BegunAsync(bench));
        var outcome = await EditAsync(bench, first, "贴近群众需要", "贴近实际", kind: VersionKind.Uploaded);
        await UnchangedAsync();
        Assert.Empty((await desk.MergeAsync(Clerk(bench), unit, new(Year), outcome.Upload))!.Result.Conflicts);
        await UnchangedAsync();
        await desk.DiscardAsync(Clerk(bench), unit, outcome.Upload!.Value);
        await UnchangedAsync();
        Assert.Null(await desk.MergeAsync(Clerk(bench), unit, new(Year), outcome.Upload));
        // What was put aside is still in the database.
        await using var db = bench.Context();
        Assert.Contains("贴近实际", (await db.ReportUploads.SingleAsync()).Content, StringComparison.Ordinal);
        var foreign = await desk.SubmitAsync(Clerk(bench), unit, new(Year), 1, new([TextParagraph.Of("这是另外一份毫不相干的通知，请各单位遵照执行。")]), "通知.docx", VersionKind.Uploaded, false);
        Assert.Contains("通知.docx", foreign.Refusal, StringComparison.Ordinal);
        await UnchangedAsync();

        async Task UnchangedAsync()
        {
            var latest = await LatestAsync(bench);
            Assert.Equal((1, first.Document.ToText()), (latest.Number, latest.Document.ToText()));
        }
    }

    [DatabaseTheory, Databases]
    public async Task A_figure_shows_its_rows_of_then_and_of_now(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var report = await BegunAsync(bench);
        await ApproveAsync(bench, "2025-10-20", attended: 35);
        var voided = (await bench.Lists.SliceAsync(new() { Person = Clerk(bench), Unit = bench.Unit("FZ"), From = new(2025, 3, 1), To = new(2025, 3, 31) }, 0, 1))[0];
        Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(Reviewer(bench), voided.Id, voided.Version, EntryAction.Void, "重复登记"));
        var drafted = (await bench.Get<ReportService>().ReadAsync(Clerk(bench), bench.Unit("FZ"), new(Year)))!;
        var figure = report.Document.Figures.Single(figure => figure.Key == "lectures.attended");
        var count = Assert.Single(await bench.Get<FigureHistory>().OfAsync(Clerk(bench), bench.Unit("FZ"), bench.Get<FigureSources>().Of(drafted, figure), report.AuditSequence));
        Assert.Equal((60m, 75m), (count.Then, count.Now));
        Assert.Equal([(0m, 35m), (20m, 0m)], count.Rows.Select(row => (row.Then, row.Now)).Order());
    }

    [DatabaseTheory, Databases]
    public async Task A_finding_is_signed_off_once_with_a_reason_and_taken_back(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, unit, signOffs) = (await BegunAsync(bench), bench.Unit("FZ"), bench.Get<SignOffs>());
        var finding = new ClaimFinding(ClaimRules.Period, ClaimSeverity.Error, new(5, 1, 1, "", "近年来"), "不是本年度口径。", "改。");
        Assert.NotNull(await signOffs.SignAsync(Clerk(bench), unit, report.ReportId, finding, " "));
        Assert.NotNull(await signOffs.SignAsync(bench.Person(Role.Leader, "DH", 16), unit, report.ReportId, finding, "可以"));
        Assert.Null(await signOffs.SignAsync(Clerk(bench), unit, report.ReportId, finding, "引用原文"));
        Assert.Null(await signOffs.SignAsync(Reviewer(bench), unit, report.ReportId, finding, "再签"));
        Assert.Equal("引用原文", Assert.Single(await signOffs.OfAsync(report.ReportId)).Value.Reason);
        await signOffs.WithdrawAsync(Clerk(bench), unit, report.ReportId, finding.Fingerprint);
        Assert.Empty(await signOffs.OfAsync(report.ReportId));
    }
}

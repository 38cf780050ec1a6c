using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Supervision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LawDashboard.Tests.Features.Reports.Signing.ReportBench;

namespace LawDashboard.Tests.Features.Reports.Signing;

/// <summary>From draft over review to a signature that nothing moves any more.</summary>
public sealed class ReportSigningTests
{
    [DatabaseTheory, Databases]
    public async Task A_report_goes_over_return_and_review_to_signature_sending_and_publication(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, signing, unit) = (await BegunAsync(bench), bench.Get<ReportSigning>(), bench.Unit("FZ"));
        Assert.Contains("还没有送审", await signing.SignAsync(Leader(bench), unit, report.ReportId, 1), StringComparison.Ordinal);
        Assert.Null(await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, 1, "请审"));
        Assert.Contains("送审", (await EditAsync(bench, report, "贴近群众需要", "贴近实际")).Refusal, StringComparison.Ordinal);
        Assert.Contains("原因", await signing.ReturnAsync(Leader(bench), unit, report.ReportId, 1, " "), StringComparison.Ordinal);
        Assert.Null(await signing.ReturnAsync(Leader(bench), unit, report.ReportId, 1, "讲座内容要写具体"));
        Assert.Equal("讲座内容要写具体", (await ViewAsync(bench)).Life.Returned!.Text);
        Assert.Equal(2, (await EditAsync(bench, report, "贴近群众需要", "贴近实际")).Version);
        Assert.Contains("第2版", await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, 1, null), StringComparison.Ordinal);
        Assert.Null(await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, 2, null));
        Assert.Null(await signing.SignAsync(Leader(bench), unit, report.ReportId, 2));

        Assert.Contains("晚于今天", await SendAsync(new(2026, 11, 23)), StringComparison.Ordinal);
        Assert.Contains("早于签发", await SendAsync(new(2026, 11, 21)), StringComparison.Ordinal);
        Assert.Null(await SendAsync(new(2026, 11, 22)));
        Assert.Contains("已经登记过", await SendAsync(new(2026, 11, 22)), StringComparison.Ordinal);
        Assert.Null(await signing.DispatchAsync(Clerk(bench), unit, new(Year), report.ReportId, DispatchKind.Published, new(2026, 11, 22), "县政府网站"));

        var life = (await ViewAsync(bench)).Life;
        Assert.Equal([ReportAction.Submit, ReportAction.Return, ReportAction.Submit, ReportAction.Sign, ReportAction.Send, ReportAction.Publish], life.Steps.Select(step => step.Action));
        Assert.Equal((ReportState.Signed, 2, "样例14"), (life.State, life.Signature!.Version, life.Signature.Person));
        await using var db = bench.Context();
        Assert.Equal(6, await db.AuditEvents.CountAsync(line => line.Subject == "report" && line.Action.StartsWith("report-")));
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));

        Task<string?> SendAsync(DateOnly on) => signing.DispatchAsync(Clerk(bench), unit, new(Year), report.ReportId, DispatchKind.Sent, on, "县委、县政府");
    }

    [DatabaseTheory, Databases]
    public async Task Only_the_leader_signs_and_nobody_from_elsewhere_does_anything(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, signing, unit) = (await BegunAsync(bench), bench.Get<ReportSigning>(), bench.Unit("FZ"));
        foreach (var stranger in (Person[])[bench.Person(Role.Leader, "DH", 16), bench.Person(Role.Inspector, "NZ", 17), bench.Person(Role.Administrator, "NZ", 18), bench.Person(Role.Recorder, "FZ01", 15)])
        {
            Assert.NotNull(await signing.SubmitAsync(stranger, unit, report.ReportId, 1, null));
            Assert.NotNull(await signing.DispatchAsync(stranger, unit, new(Year), null, DispatchKind.Sent, new(2026, 2, 1), "县委"));
        }
        Assert.Null(await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, 1, null));
        foreach (var other in (Person[])[Clerk(bench), Reviewer(bench), bench.Person(Role.Leader, "DH", 16), bench.Person(Role.Leader, "NZ", 19)])
            Assert.Contains("负责人", await signing.SignAsync(other, unit, report.ReportId, 1), StringComparison.Ordinal);
        Assert.NotNull(await signing.ReturnAsync(Clerk(bench), unit, report.ReportId, 1, "不行"));
        Assert.NotNull(await signing.WithdrawAsync(Other(bench), unit, report.ReportId, 1));
        Assert.Null(await signing.WithdrawAsync(Clerk(bench), unit, report.ReportId, 1));
        // The report of one town is not signed under the name of another.
        Assert.NotNull(await signing.SubmitAsync(bench.Person(Role.Leader, "DH", 16), bench.Unit("DH"), report.ReportId, 1, null));
        Assert.Equal(ReportState.Drafting, (await ViewAsync(bench)).Life.State);
    }

    [DatabaseTheory, Databases]
    public async Task An_open_finding_keeps_it_from_being_signed_and_one_signed_off_is_kept_with_the_version(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (signing, unit) = (bench.Get<ReportSigning>(), bench.Unit("FZ"));
        await EditAsync(bench, await BegunAsync(bench), "主要负责人", "近年来，主要负责人");
        var report = await LatestAsync(bench);
        Assert.Null(await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, 2, null));
        Assert.Contains("还有1处", await signing.SignAsync(Leader(bench), unit, report.ReportId, 2), StringComparison.Ordinal);
        var finding = Assert.Single((await bench.Get<ReportViews>().CheckAsync(Leader(bench), await ViewAsync(bench))).Findings);
        Assert.Equal(ClaimRules.Period, finding.Rule);
        Assert.Null(await bench.Get<SignOffs>().SignAsync(Reviewer(bench), unit, report.ReportId, finding, "引用上级文件原文"));
        Assert.Null(await signing.SignAsync(Leader(bench), unit, report.ReportId, 2));
        var kept = Assert.Single(ReportText.Read<List<KeptFinding>>((await ViewAsync(bench)).Signature!.Findings));
        Assert.Equal(("样例13", "引用上级文件原文", "近年来"), (kept.Person, kept.Reason, kept.Finding.Place.Quote));
        // What was taken upon oneself then can be neither added to nor withdrawn.
        Assert.NotNull(await bench.Get<SignOffs>().SignAsync(Reviewer(bench), unit, report.ReportId, finding with { Reason = "另一条" }, "可以"));
        await bench.Get<SignOffs>().WithdrawAsync(Reviewer(bench), unit, report.ReportId, finding.Fingerprint);
        Assert.Single(await bench.Get<SignOffs>().OfAsync(report.ReportId));
    }

    [DatabaseTheory, Databases]
    public async Task A_signed_version_is_frozen_and_later_changes_of_the_ledger_are_shown_against_it(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        await BegunAsync(bench);
        var (signed, desk) = (await SignedAsync(bench), bench.Get<ReportDesk>());
        await ApproveAsync(bench, "2025-10-20", attended: 35);

        var view = await ViewAsync(bench);
        Assert.Equal(signed.Document.ToText(), view.Text.ToText());
        Assert.Contains("全年开展法治讲座3场，参加60人。", view.Text.ToText(), StringComparison.Ordinal);
        Assert.Equal([("3", "4", "+1场"), ("60", "95", "+35人")], view.Drift.Select(drift => (drift.Figure.Text, drift.Now!.Text, drift.Difference!)));
        Assert.Equal(signed.AuditSequence, view.Signature!.AuditSequence);

        Assert.Contains("已经签发", (await EditAsync(bench, signed, "贴近群众需要", "贴近实际")).Refusal, StringComparison.Ordinal);
        Assert.Contains("已经签发", (await EditAsync(bench, signed, "贴近群众需要", "贴近实际", kind: VersionKind.Uploaded)).Refusal, StringComparison.Ordinal);
        var redraft = (await desk.MergeAsync(Clerk(bench), bench.Unit("FZ"), new(Year), null))!;
        Assert.Contains("已经签发", (await desk.AcceptAsync(Clerk(bench), bench.Unit("FZ"), new(Year), redraft, [])).Refusal, StringComparison.Ordinal);
        Assert.Equal(1, (await LatestAsync(bench)).Number);

        await using var db = bench.Context();
        Assert.Empty(await ReportSigning.FaultsAsync(db, default));
        await db.ReportVersions.Where(version => version.Number == 1).ExecuteUpdateAsync(set => set.SetProperty(version => version.Document, version => version.Document.Replace("贴近", "远离")));
        Assert.Contains("第1版", Assert.Single(await ReportSigning.FaultsAsync(db, default)), StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task A_new_version_after_signing_is_a_correction_that_names_what_it_replaces(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        await BegunAsync(bench);
        var (signed, signing, unit) = (await SignedAsync(bench), bench.Get<ReportSigning>(), bench.Unit("FZ"));
        Assert.NotNull(await signing.CorrectAsync(Clerk(bench), unit, signed.ReportId, 1, "数字有误"));
        Assert.NotNull(await signing.CorrectAsync(Leader(bench), unit, signed.ReportId, 1, ""));
        Assert.Null(await signing.CorrectAsync(Leader(bench), unit, signed.ReportId, 1, "数字有误"));
        Assert.Contains("已经签发", await signing.SubmitAsync(Clerk(bench), unit, signed.ReportId, 1, null), StringComparison.Ordinal);
        Assert.Null(await signing.WithdrawAsync(Leader(bench), unit, signed.ReportId, 1));
        Assert.Equal(ReportState.Signed, (await ViewAsync(bench)).Life.State);

        Assert.Null(await signing.CorrectAsync(Reviewer(bench), unit, signed.ReportId, 1, "数字有误"));
        Assert.Equal(2, (await EditAsync(bench, signed, "贴近群众需要", "贴近实际")).Version);
        Assert.Contains("不能再撤回", await signing.WithdrawAsync(Leader(bench), unit, signed.ReportId, 2), StringComparison.Ordinal);
        await SignedAsync(bench);
        var life = (await ViewAsync(bench)).Life;
        Assert.Equal([(2, (int?)1), (1, null)], life.Signatures.Select(signature => (signature.Version, signature.Replaces)));
        Assert.Equal((2, (int?)null), (life.ReplacedBy(1), life.ReplacedBy(2)));
        Assert.Contains("贴近群众需要", (await ViewAsync(bench, 1)).Text.ToText(), StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task The_legal_dates_run_until_they_are_met_and_press_in_to_do_and_gap_list(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (unit, work) = (bench.Unit("FZ"), bench.Get<ReportWork>());
        var clocks = (await ViewAsync(bench)).Life.Clocks;
        Assert.Equal([new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 31)], clocks.Select(clock => clock.Due!.Value));
        Assert.All(clocks, clock => Assert.Equal(ClockState.Overdue, clock.StateOn(new(2026, 11, 22))));
        Assert.All(clocks, clock => Assert.Contains("督察工作规定", clock.Definition.Basis, StringComparison.Ordinal));
        Assert.Contains(clocks[0].Days, day => day.Reason.Contains("“3月1日前”不含当日", StringComparison.Ordinal));

        Assert.Equal(2, (await work.OfAsync(Clerk(bench), unit)).Count);
        Assert.Empty(await work.OfAsync(bench.Person(Role.Recorder, "FZ01", 15), bench.Unit("FZ01")));
        // Nobody kept that year in the other town, and so nobody is reminded of it.
        Assert.Equal(["FZ", "FZ"], (await work.PressingAsync([unit, bench.Unit("DH")])).Select(date => date.Unit.Code));
        var facts = (await bench.Get<UnitYears>().ReadAsync(Clerk(bench), unit, 2026))!;
        Assert.Equal(2, (await GapsAsync()).Count(gap => gap.Key.StartsWith("report:2025:", StringComparison.Ordinal)));

        Assert.Null(await bench.Get<ReportSigning>().DispatchAsync(Clerk(bench), unit, new(Year), null, DispatchKind.Sent, new(2026, 2, 20), "县委、县政府，系统外报送"));
        Assert.Null(await bench.Get<ReportSigning>().DispatchAsync(Clerk(bench), unit, new(Year), null, DispatchKind.Published, new(2026, 4, 10), "县政府网站"));
        Assert.Equal([ClockState.Met, ClockState.MetLate], (await ViewAsync(bench)).Life.Clocks.Select(clock => clock.StateOn(new(2026, 11, 22))));
        Assert.Empty(await work.OfAsync(Clerk(bench), unit));
        Assert.DoesNotContain(await GapsAsync(), gap => gap.Key.StartsWith("report:", StringComparison.Ordinal));

        Task<IReadOnlyList<Gap>> GapsAsync() => bench.Get<IEnumerable<IGapSource>>().Single().FindAsync(facts, default);
    }

    [Theory]
    // 28 February 2026 was a Saturday that was worked; in 2021 it was a Sunday; 2027 has no calendar yet.
    [InlineData(2025, "2026-02-28", ""), InlineData(2020, "2021-02-28", "宜在2月26日前办理"), InlineData(2023, "2024-02-29", ""), InlineData(2026, "2027-02-28", "没有导入2027年的节假日安排")]
    public void The_last_day_is_told_with_what_is_known_of_it(int year, string due, string remark)
    {
        var seed = new SeedFolder(Demonstration.SeedFolder);
        var dates = LegalDates.Load(seed, WorkCalendar.Load(seed));
        var clock = dates.Clock(dates.All[0], year, null);
        Assert.Equal(due, FieldValues.Iso(clock.Due!.Value));
        var reason = clock.Days[^1].Reason;
        Assert.True(remark.Length == 0 ? reason.EndsWith("最后一日", StringComparison.Ordinal) : reason.Contains(remark, StringComparison.Ordinal), reason);
    }

    [DatabaseTheory, Databases]
    public async Task What_waits_stands_in_the_to_do_of_whom_it_waits_for(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, signing, work, unit) = (await BegunAsync(bench), bench.Get<ReportSigning>(), bench.Get<ReportWork>(), bench.Unit("FZ"));
        foreach (var done in Enum.GetValues<DispatchKind>()) Assert.Null(await signing.DispatchAsync(Clerk(bench), unit, new(Year), null, done, new(2026, 2, 20), "系统外"));
        Assert.Null(await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, 1, null));
        Assert.Equal("等您签发", Assert.Single(await work.OfAsync(Leader(bench), unit)).Note);
        Assert.Empty(await work.OfAsync(Clerk(bench), unit));
        Assert.Null(await signing.ReturnAsync(Leader(bench), unit, report.ReportId, 1, "补充问题"));
        Assert.Contains("补充问题", Assert.Single(await work.OfAsync(Clerk(bench), unit)).Note, StringComparison.Ordinal);
        Assert.Empty(await work.OfAsync(Leader(bench), unit));
        await EditAsync(bench, report, "贴近群众需要", "贴近实际");
        var waits = await EditAsync(bench, report, "贴近群众需要", "贴近生活", Other(bench));
        Assert.Equal(2, (await bench.Get<ReportDesk>().MergeAsync(Other(bench), unit, new(Year), waits.Upload))!.Onto.Number);
        Assert.Contains("还没有合并", Assert.Single(await work.OfAsync(Other(bench), unit)).Note, StringComparison.Ordinal);
        Assert.Contains("修改稿", await signing.SubmitAsync(Clerk(bench), unit, report.ReportId, 2, null), StringComparison.Ordinal);
    }
}

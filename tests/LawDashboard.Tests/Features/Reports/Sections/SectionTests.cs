using LawDashboard.Features.Accounts;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Sections;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;
using static LawDashboard.Tests.Features.Reports.Signing.ReportBench;

namespace LawDashboard.Tests.Features.Reports.Sections;

/// <summary>Several people at one report: sections, and what they say to each other about them.</summary>
public sealed class SectionTests
{
    const string Study = "（一）组织学法用法", Duty = "（二）履行第一责任人职责";

    [DatabaseTheory, Databases]
    public async Task Sections_are_written_by_different_people_at_once_and_stand_together_at_the_end(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, desk, unit) = (await BegunAsync(bench), bench.Get<SectionDesk>(), bench.Unit("FZ"));
        Assert.Equal([11, 12, 14, 13], (await desk.WritersAsync(Clerk(bench), unit)).OrderBy(writer => writer.Name == "样例13").ThenBy(writer => writer.Id).Select(writer => writer.Id));
        Assert.Null(await desk.AssignAsync(Leader(bench), unit, report.ReportId, Study, 11, new(2026, 11, 30)));
        Assert.Null(await desk.AssignAsync(Leader(bench), unit, report.ReportId, Duty, 12, new(2026, 11, 25)));
        Assert.Contains(await bench.Get<ReportWork>().OfAsync(Other(bench), unit), item => item.Text.Contains(Duty, StringComparison.Ordinal) && item.Note.Contains("剩3天", StringComparison.Ordinal));

        Assert.Equal(2, (await EditAsync(bench, report, "贴近群众需要", "贴近实际")).Version);
        Assert.Equal(3, (await EditAsync(bench, report, "研究部署法治建设工作", "研究部署法治建设工作四次", Other(bench))).Version);
        var text = (await LatestAsync(bench)).Document.ToText();
        Assert.Contains("贴近实际", text, StringComparison.Ordinal);
        Assert.Contains("研究部署法治建设工作四次", text, StringComparison.Ordinal);

        var parts = (await ViewAsync(bench)).Life.Assignments;
        Assert.NotNull(await desk.FinishAsync(Clerk(bench), unit, report.ReportId, parts.Single(part => part.Section == Duty).Id, true));
        foreach (var part in parts) Assert.Null(await desk.FinishAsync(part.AssigneeId == 11 ? Clerk(bench) : Other(bench), unit, report.ReportId, part.Id, true));
        Assert.All((await ViewAsync(bench)).Life.Assignments, part => Assert.Equal(3, part.DoneVersion));
        Assert.DoesNotContain(await bench.Get<ReportWork>().OfAsync(Other(bench), unit), item => item.Text.Contains(Duty, StringComparison.Ordinal));
    }

    [DatabaseTheory, Databases]
    public async Task Two_people_in_one_section_lose_nothing(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, unit) = (await BegunAsync(bench), bench.Unit("FZ"));
        await EditAsync(bench, report, "贴近群众需要", "贴近实际");
        var second = await EditAsync(bench, report, "贴近群众需要", "贴近生活", Other(bench));
        Assert.Null(second.Version);
        var merge = (await bench.Get<ReportDesk>().MergeAsync(Other(bench), unit, new(Year), second.Upload))!;
        Assert.Equal(["讲座内容贴近生活。", "讲座内容贴近实际。"], Assert.Single(merge.Result.Conflicts).Options.Select(option => option.Unit!.Text));
        Assert.Contains("贴近实际", (await LatestAsync(bench)).Document.ToText(), StringComparison.Ordinal);
        Assert.Equal(3, (await bench.Get<ReportDesk>().AcceptAsync(Other(bench), unit, new(Year), merge, [0])).Version);
        Assert.Contains("贴近生活", (await LatestAsync(bench)).Document.ToText(), StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task Nobody_hands_out_what_is_not_his_nor_to_whom_cannot_write(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, desk, unit) = (await BegunAsync(bench), bench.Get<SectionDesk>(), bench.Unit("FZ"));
        Assert.NotNull(await desk.AssignAsync(Clerk(bench), unit, report.ReportId, Study, 12, new(2026, 11, 30)));
        Assert.NotNull(await desk.AssignAsync(bench.Person(Role.Leader, "DH", 16), unit, report.ReportId, Study, 12, new(2026, 11, 30)));
        Assert.NotNull(await desk.AssignAsync(Leader(bench), unit, report.ReportId, Study, 15, new(2026, 11, 30)));
        Assert.NotNull(await desk.AssignAsync(Leader(bench), unit, report.ReportId, Study, 12, new(2026, 11, 21)));
        Assert.NotNull(await desk.AssignAsync(Leader(bench), unit, report.ReportId, "", 12, new(2026, 11, 30)));
        Assert.Null(await desk.AssignAsync(Leader(bench), unit, report.ReportId, Study, 12, new(2026, 11, 30)));
        Assert.Null(await desk.AssignAsync(Leader(bench), unit, report.ReportId, Study, 11, new(2026, 11, 29)));
        Assert.Equal(11, Assert.Single((await ViewAsync(bench)).Life.Assignments).AssigneeId);
    }

    [DatabaseTheory, Databases]
    public async Task A_remark_is_found_by_whom_it_names_answered_and_settled(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (report, desk, work, unit) = (await BegunAsync(bench), bench.Get<RemarkDesk>(), bench.Get<ReportWork>(), bench.Unit("FZ"));
        Assert.NotNull(await desk.AddAsync(Reviewer(bench), unit, report.ReportId, Study, "贴近群众需要", " "));
        Assert.NotNull(await desk.AddAsync(bench.Person(Role.Recorder, "FZ01", 15), unit, report.ReportId, Study, "贴近群众需要", "请补充"));
        Assert.Null(await desk.AddAsync(Reviewer(bench), unit, report.ReportId, Study, "贴近群众需要", "@样例12 请写明题目"));
        Assert.Equal(1, await WaitingAsync(Other(bench)));
        Assert.Equal(0, await WaitingAsync(Clerk(bench)));
        var remark = Assert.Single((await ViewAsync(bench)).Life.Comments);
        Assert.Equal(Study, Remarks.SectionOf(DocumentText.Of(report.Document), Remarks.PlaceOf(remark, DocumentText.Of(report.Document))!.Paragraph));

        Assert.Null(await desk.AnswerAsync(Other(bench), unit, report.ReportId, remark.Id, "已补充"));
        Assert.Equal((0, 1), (await WaitingAsync(Other(bench)), await WaitingAsync(Reviewer(bench))));
        Assert.Null(await desk.SettleAsync(Reviewer(bench), unit, report.ReportId, remark.Id, true));
        Assert.Equal(0, await WaitingAsync(Reviewer(bench)));
        Assert.NotNull(await desk.AnswerAsync(Other(bench), unit, report.ReportId, remark.Id, "还有"));
        await EditAsync(bench, report, "贴近群众需要", "题目具体");
        Assert.Null(Remarks.PlaceOf(remark, DocumentText.Of((await LatestAsync(bench)).Document)));

        async Task<int> WaitingAsync(Person person) => (await work.OfAsync(person, unit)).Count(item => item.Note.Contains("批注", StringComparison.Ordinal));
    }
}

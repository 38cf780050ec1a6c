using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;
using static LawDashboard.Tests.Features.Reports.Signing.ReportBench;

namespace LawDashboard.Tests.Features.Reports.Signing;

/// <summary>A unit has several reports on one year: what waits, what was sent and what was saved belongs to one of them.</summary>
public sealed class ReportAddressTests
{
    static readonly ReportKey Usual = new(Year, ReportTemplates.TownshipAnnual), Five = new(Year, FiveItems), Brief = new(Year, QuarterlyBrief + ".q3");

    [DatabaseTheory, Databases]
    public async Task Every_to_do_leads_to_the_report_that_waits_and_says_which(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (desk, signing, unit) = (bench.Get<ReportDesk>(), bench.Get<ReportSigning>(), bench.Unit("FZ"));
        foreach (var of in (ReportKey[])[Usual, Brief])
        {
            Assert.Null((await desk.BeginAsync(Clerk(bench), unit, of)).Refusal);
            var open = (await desk.OpenAsync(Clerk(bench), unit, of))!;
            Assert.Equal(of, open.Key);
            Assert.Null(await signing.SubmitAsync(Clerk(bench), unit, open.ReportId, open.Number, null));
        }
        var waiting = (await bench.Get<ReportWork>().OfAsync(Leader(bench), unit)).Where(item => item.Note == "等您签发").ToList();
        Assert.Equal(["法镇2025年度报告第1版", "法镇2025年第三季度“样例简报”第1版"], waiting.Select(item => item.Text));
        Assert.Equal([$"report={Usual.Name}", $"report={Brief.Name}"], waiting.Select(item => item.Href.Split('&').Single(part => part.StartsWith("report=", StringComparison.Ordinal))));
    }

    [DatabaseTheory, Databases]
    public async Task A_report_that_was_sent_is_that_one_and_meets_the_legal_date_only_when_it_is_a_yearly_one(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (signing, lives, work, unit) = (bench.Get<ReportSigning>(), bench.Get<ReportLives>(), bench.Get<ReportWork>(), bench.Unit("FZ"));
        async Task<int> OpenDatesAsync() => (await work.PressingAsync([unit])).Count;
        Assert.Equal(2, await OpenDatesAsync());

        Assert.Null(await signing.DispatchAsync(Clerk(bench), unit, Brief, null, DispatchKind.Sent, new(2026, 1, 10), "县司法局"));
        Assert.Equal(2, await OpenDatesAsync());
        Assert.Empty((await lives.ReadAsync(Clerk(bench), unit, Usual, null)).Dispatches);
        var brief = await lives.ReadAsync(Clerk(bench), unit, Brief, null);
        Assert.Equal("县司法局", Assert.Single(brief.Dispatches).Where);
        Assert.Empty(brief.Clocks);

        Assert.Null(await signing.DispatchAsync(Clerk(bench), unit, Five, null, DispatchKind.Sent, new(2026, 2, 10), "县委、县政府"));
        Assert.Equal("这一版已经登记过报送。", await signing.DispatchAsync(Clerk(bench), unit, Five, null, DispatchKind.Sent, new(2026, 2, 11), "县委"));
        Assert.Equal(1, await OpenDatesAsync());
        // On the usual report's page the date is met as well, by the other one.
        var usual = await lives.ReadAsync(Clerk(bench), unit, Usual, null);
        Assert.Empty(usual.Dispatches);
        Assert.Equal(FiveItems, Assert.Single(usual.Elsewhere).Template);
        Assert.Equal([true, false], usual.Clocks.Select(clock => clock.Stopped));
    }

    [DatabaseTheory, Databases]
    public async Task A_legal_date_leads_to_the_yearly_report_that_has_come_furthest(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (desk, unit) = (bench.Get<ReportDesk>(), bench.Unit("FZ"));
        async Task<string> HrefAsync() => (await bench.Get<ReportWork>().PressingAsync([unit]))[0].Href;
        Assert.Contains($"report={ReportTemplates.TownshipAnnual}", await HrefAsync(), StringComparison.Ordinal);
        await desk.BeginAsync(Clerk(bench), unit, Brief);
        await desk.BeginAsync(Clerk(bench), unit, Five);
        Assert.Contains($"report={FiveItems}", await HrefAsync(), StringComparison.Ordinal);
        Assert.Equal(Five, await desk.AnnualAsync(unit, Year));
        await desk.BeginAsync(Clerk(bench), unit, Usual);
        Assert.Equal(Usual, await desk.AnnualAsync(unit, Year));
        var five = (await desk.OpenAsync(Clerk(bench), unit, Five))!;
        await bench.Get<ReportSigning>().SubmitAsync(Clerk(bench), unit, five.ReportId, five.Number, null);
        Assert.Equal(Five, await desk.AnnualAsync(unit, Year));
    }

    [DatabaseTheory, Databases]
    public async Task The_official_parts_of_a_brief_are_saved_into_the_brief(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (desk, unit) = (bench.Get<ReportDesk>(), bench.Unit("FZ"));
        foreach (var of in (ReportKey[])[Usual, Brief]) await desk.BeginAsync(Clerk(bench), unit, of);
        var brief = (await desk.OpenAsync(Clerk(bench), unit, Brief))!;
        var input = OfficialInput.Of(new(), brief.Document);
        input.Addressee = "样例县司法局";
        var outcome = await bench.Get<OfficialForms>().SaveAsync(Clerk(bench), unit, brief, input);
        Assert.Equal((2, "样例县司法局："), (outcome.Version, (await desk.OpenAsync(Clerk(bench), unit, Brief))!.Document.Addressee));
        Assert.Equal(1, (await desk.OpenAsync(Clerk(bench), unit, Usual))!.Number);
    }
}

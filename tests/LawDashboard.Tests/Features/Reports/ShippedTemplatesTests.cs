using LawDashboard.Features.Accounts;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>Every shipped template on the demonstration county: read as text by a person, and by the claim check.</summary>
public sealed class ShippedTemplatesTests(Demonstration demo) : IClassFixture<Demonstration>
{
    public static TheoryData<string, string, int> Reports => new()
    {
        { "township-annual", "FZ", 2025 }, { "township-five", "FZ", 2025 }, { "township-five", "DH", 2026 }, { "township-eight", "FZ", 2026 }, { "county-annual", "NZ", 2025 },
        { "principal-duty", "FZ", 2025 }, { "half-brief.h1", "NZ", 2026 }, { "half-brief.h2", "FZ", 2026 }, { "quarterly-brief.q3", "FZ", 2026 }, { "disclosure-annual", "FZ", 2025 },
    };

    async Task<Unit> UnitAsync(string code) => (await demo.Get<UnitDirectory>().TreeAsync()).Find(code)!;

    async Task<DraftedReport> ReadAsync(string name, string unit, int year) =>
        (await demo.Get<ReportService>().ReadAsync(Person.Machine, await UnitAsync(unit), new ReportKey(year, name)))!;

    [Theory, MemberData(nameof(Reports))]
    public async Task A_shipped_template_reads_as_was_approved(string name, string unit, int year)
    {
        var report = await ReadAsync(name, unit, year);
        Assert.Equal(name.Split('.')[0], report.Choice.Key);
        var missing = string.Concat(report.Draft.Missing.Select(gap => gap + "\n"));
        Approved.Equal(report.Draft.ToText() + "\n" + missing, $"{name}-{unit}-{year}");
    }

    [Theory, MemberData(nameof(Reports))]
    public async Task The_claim_check_finds_nothing_in_a_draft_but_what_is_to_be_supplied(string name, string unit, int year)
    {
        var report = await ReadAsync(name, unit, year);
        var findings = await demo.Get<ClaimChecks>().CheckAsync(Person.Machine, report, DocumentText.Of(report.Draft));
        Assert.Empty(findings.Where(finding => finding.Rule != ClaimRules.Gap).Select(finding => finding.ToString()));
    }

    [Theory, MemberData(nameof(Reports))]
    public async Task The_web_version_is_known_by_its_headings_and_its_numbers_are_found_again_without_their_marks(string name, string unit, int year)
    {
        var report = await ReadAsync(name, unit, year);
        var text = DocumentFile.Read(System.Text.Encoding.UTF8.GetBytes(WebReport.Text(report.Draft, [])), "report.txt").Text!;
        Assert.Equal(name, demo.Get<ReportTemplates>().NameOf(report.Unit, text) ?? ReportTemplates.Usual(report.Unit));
        var findings = await demo.Get<ClaimChecks>().CheckAsync(Person.Machine, report, text);
        Assert.Empty(findings.Where(finding => finding.Rule != ClaimRules.Gap).Select(finding => finding.ToString()));
    }

    [Theory, MemberData(nameof(Reports))]
    public async Task Every_figure_explains_itself_by_rows_that_count_the_same(string name, string unit, int year)
    {
        var report = await ReadAsync(name, unit, year);
        var wrong = report.Draft.Figures.Select(figure => (figure, source: demo.Get<FigureSources>().Of(report, figure)))
            .Where(pair => pair.source.Parts.Count == 0 && pair.source.Target is null).Select(pair => pair.figure.Id);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Each_unit_is_offered_the_reports_that_it_gives_and_a_name_of_another_leads_to_the_usual_one()
    {
        var shelf = demo.Get<TemplateShelf>();
        var (town, county) = (await UnitAsync("FZ"), await UnitAsync("NZ"));
        Assert.Equal(["township-annual", "township-eight", "township-five", "principal-duty", "half-brief.h1", "half-brief.h2", "quarterly-brief.q1", "quarterly-brief.q2", "quarterly-brief.q3", "quarterly-brief.q4", "disclosure-annual"],
            (await shelf.AllAsync(town, 2026)).Select(choice => choice.Name));
        Assert.Equal("county-annual", (await shelf.AllAsync(county, 2026))[0].Name);
        Assert.Equal("township-annual", (await shelf.ChooseAsync(town, new(2026, "county-annual"))).Name);
        Assert.Equal("quarterly-brief.q3", (await shelf.ChooseAsync(town, new(2026, "quarterly-brief"))).Name);
        Assert.Equal("quarterly-brief.q4", (await shelf.ChooseAsync(town, new(2025, "quarterly-brief.q9"))).Name);
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports.Templates;

/// <summary>What a text of a template would give: the report, or all that is amiss in it.</summary>
/// <param name="Expired">Lines that name what has expired by the year.</param>
public sealed record PreviewedTemplate(DraftedReport? Report, IReadOnlyList<DefinitionFinding> Findings, IReadOnlyList<(int Line, string Word)> Expired);

/// <summary>Drafts a report from a text that is still being written.</summary>
public sealed class TemplatePreview(ReportService reports, TemplateShelf shelf, UnitYears years, IndicatorCatalog catalog, CheckWords words)
{
    public async Task<PreviewedTemplate> ReadAsync(Person person, Unit unit, ReportKey of, string text, CancellationToken cancel = default)
    {
        var expired = TemplateCheck.Expired(text, words.Policy.Of(of.Year));
        var parse = ReportTemplate.Parse("", text);
        if (parse.Template is not { } template) return new(null, parse.Findings, expired);
        var unknown = TemplateCheck.Findings(template, catalog);
        if (unknown.Count > 0 || await years.ReadAsync(person, unit, of.Year, cancel) is not { } facts) return new(null, unknown, expired);
        return new(await reports.ReadAsync(person, facts, await shelf.PreviewAsync(unit, of, template, cancel), cancel), [], expired);
    }
}

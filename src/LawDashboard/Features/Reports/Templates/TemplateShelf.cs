using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Templates;

/// <summary>A report that can be drafted: its template as it is in force for the unit, and the part of the year.</summary>
/// <param name="Name">As it stands in addresses: <c>township-annual</c>, <c>quarterly-brief.q3</c>.</param>
/// <param name="Above">Name of the government above.</param>
public sealed record ReportChoice(string Key, string Name, ReportTemplate Template, ReportTerm Term, string Above)
{
    /// <summary>In lists: 法治政府建设年度报告（五项必备内容）, 工作简报（第三季度）.</summary>
    public string Title => Term.IsYear ? Template.Name : $"{Template.Name}（{Term.Name}）";

    /// <summary>In names of files: 2026年度法治政府建设情况报告, 2026年第三季度工作简报.</summary>
    public string FileName => Template.Kind switch
    {
        ReportKind.Annual => $"{Term.Year}年度法治政府建设情况报告",
        ReportKind.Brief => $"{Term.FullName}法治政府建设工作简报",
        ReportKind.Duty => $"{Term.Year}年度述法报告",
        _ => $"{Term.Year}年政府信息公开工作年度报告",
    };
}

/// <summary>
/// The templates in force for a unit: of each the text that the unit or one above it last saved in its place, else the shipped one.
/// </summary>
public sealed class TemplateShelf(ReportTemplates shipped, IndicatorCatalog catalog, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <summary>The report asked for; the unit's usual one where nothing, or nothing that it can report by, is named.</summary>
    public async Task<ReportChoice> ChooseAsync(Unit unit, ReportKey of, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var key = ReportTemplates.KeyFor(unit, of, shipped);
        var template = await FindAsync(tree, unit, key, cancel);
        var (part, term) = Terms.Find(template.Term, of.Year, of.Part, ChinaTime.Today(clock));
        return new(key, ReportKey.Join(key, part), template, term, Above(tree, unit));
    }

    /// <summary>A choice of a text that is not on the shelf, as the editor previews it.</summary>
    public async Task<ReportChoice> PreviewAsync(Unit unit, ReportKey of, ReportTemplate template, CancellationToken cancel = default)
    {
        var (part, term) = Terms.Find(template.Term, of.Year, of.Part, ChinaTime.Today(clock));
        var key = ReportTemplates.KeyFor(unit, of, shipped);
        return new(key, ReportKey.Join(key, part), template, term, Above(await units.TreeAsync(cancel), unit));
    }

    /// <summary>Every report that the unit can draft for the year, in the order of the list.</summary>
    public async Task<IReadOnlyList<ReportChoice>> AllAsync(Unit unit, int year, CancellationToken cancel = default)
    {
        var (tree, today) = (await units.TreeAsync(cancel), ChinaTime.Today(clock));
        List<ReportChoice> all = [];
        foreach (var key in shipped.KeysFor(unit))
        {
            var template = await FindAsync(tree, unit, key, cancel);
            all.AddRange(Terms.Of(template.Term, year).Where(term => term.Term.From <= today || template.Term == TermKind.Year)
                .Select(term => new ReportChoice(key, ReportKey.Join(key, term.Part), template, term.Term, Above(tree, unit))));
        }
        return all;
    }

    async Task<ReportTemplate> FindAsync(UnitTree tree, Unit unit, string key, CancellationToken cancel)
    {
        foreach (var (_, text) in await OverridesAsync(tree, unit, key, cancel))
            // A text that was good when it was saved may name a figure that is gone; then the shipped one stands in.
            if (ReportTemplate.Parse(key, text).Template is { } template && TemplateCheck.Findings(template, catalog).Count == 0) return template;
        return shipped.Find(key)!;
    }

    /// <summary>The texts saved in place of the shipped one, the unit's own first.</summary>
    async Task<IReadOnlyList<(Unit Unit, string Text)>> OverridesAsync(UnitTree tree, Unit unit, string key, CancellationToken cancel)
    {
        List<Unit> above = [.. tree.Ancestors(unit)];
        int[] ids = [.. above.Select(ancestor => ancestor.Id)];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var last = await db.TemplateVersions.AsNoTracking().Where(version => ids.Contains(version.UnitId) && version.Key == key)
            .GroupBy(version => version.UnitId).Select(group => group.OrderByDescending(version => version.Number).First()).ToListAsync(cancel);
        return [.. above.SelectMany(ancestor => last.Where(version => version.UnitId == ancestor.Id && version.Text != null).Select(version => (ancestor, version.Text!)))];
    }

    static string Above(UnitTree tree, Unit unit) => tree.Ancestors(unit).Skip(1).FirstOrDefault(above => above.Kind is UnitKind.County or UnitKind.Town)?.Name ?? unit.Name;
}

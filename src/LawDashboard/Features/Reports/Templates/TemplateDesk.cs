using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Templates;

/// <summary>One line in the list of a template's versions.</summary>
/// <param name="Reverted">The unit went back to the shipped text.</param>
public sealed record TemplateLine(int Number, bool Reverted, string Author, DateTime At);

/// <summary>A template as a unit has it before it.</summary>
/// <param name="Text">In force for the unit: its own, that of a unit above, or the shipped one.</param>
/// <param name="From">Whose text it is; null for the shipped one.</param>
/// <param name="Number">The unit's own last version; 0 while it never saved one.</param>
public sealed record OpenTemplate(string Key, string Text, Unit? From, int Number, string Shipped, bool MayEdit);

/// <summary>What came of saving a template: the version, or in a sentence why not.</summary>
public sealed record TemplateSaved(int? Number, string? Refusal = null)
{
    public static TemplateSaved Refused(string why) => new(null, why);
}

/// <summary>
/// Units' own texts of the report templates: saved in place of the shipped ones, each saving a version, every one in the
/// audit log. Nothing that cannot be read or names an unknown figure is put in force.
/// </summary>
public sealed class TemplateDesk(ReportTemplates shipped, IndicatorCatalog catalog, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    public const int LongestText = 100_000;

    /// <summary>Those who work on the unit's reports, and whoever administers it.</summary>
    public static bool MayEdit(Person person, UnitTree tree, Unit unit) =>
        ReportDesk.MayEdit(person, tree, unit) || person.CanAdminister && ReportService.Reports(unit) && person.Sees(tree, unit);

    /// <summary>The template as the unit has it; null when there is none of that key for it or the person does not see the unit.</summary>
    public async Task<OpenTemplate?> OpenAsync(Person person, Unit unit, string key, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!person.Sees(tree, unit) || shipped.Find(key)?.For.Contains(unit.Kind) != true) return null;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var own = await LastAsync(db, unit.Id, key, cancel);
        foreach (var above in tree.Ancestors(unit))
            if ((above.Id == unit.Id ? own : await LastAsync(db, above.Id, key, cancel)) is { Text: { } text })
                return new(key, text, above, own?.Number ?? 0, shipped.Text(key)!, MayEdit(person, tree, unit));
        return new(key, shipped.Text(key)!, null, own?.Number ?? 0, shipped.Text(key)!, MayEdit(person, tree, unit));
    }

    public async Task<IReadOnlyList<TemplateLine>> VersionsAsync(Unit unit, string key, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.TemplateVersions.AsNoTracking().Where(version => version.UnitId == unit.Id && version.Key == key).OrderByDescending(version => version.Number)
            .Select(version => new TemplateLine(version.Number, version.Text == null, version.Author, version.At)).ToListAsync(cancel);
    }

    /// <summary>The text of an earlier version; the shipped one where the unit had gone back to it.</summary>
    public async Task<string?> TextAsync(Unit unit, string key, int number, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.TemplateVersions.AsNoTracking().FirstOrDefaultAsync(version => version.UnitId == unit.Id && version.Key == key && version.Number == number, cancel) is { } found
            ? found.Text ?? shipped.Text(key) : null;
    }

    /// <param name="onto">The unit's version that the person had before him; when others saved since, it is refused.</param>
    /// <param name="text">Null goes back to the shipped text.</param>
    public async Task<TemplateSaved> SaveAsync(Person person, Unit unit, string key, int onto, string? text, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!MayEdit(person, tree, unit)) return TemplateSaved.Refused("您的账号不能修改这个单位的模板。");
        if (shipped.Find(key)?.For.Contains(unit.Kind) != true) return TemplateSaved.Refused("这个单位没有这种报告。");
        if (text is not null && Problem(key, text) is { } problem) return TemplateSaved.Refused(problem);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var last = await LastAsync(db, unit.Id, key, cancel);
        if ((last?.Number ?? 0) != onto) return TemplateSaved.Refused($"{last!.Author}刚保存了第{last.Number}版，您的文字还在。请在“版本”中查看差异后再保存。");
        if (text is null && last?.Text is null) return TemplateSaved.Refused("现在用的就是出厂模板。");
        if (text is not null && text == last?.Text) return new(last.Number);
        var version = new TemplateVersion { UnitId = unit.Id, Key = key, Number = onto + 1, Text = text, AuthorId = person.Id, Author = person.Name, At = ChinaTime.Now(clock) };
        db.TemplateVersions.Add(version);
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "save", "report-template", UnitId: unit.Id,
            Note: $"{unit.Name}“{shipped.Find(key)!.Name}”模板第{version.Number}版{(text is null ? "（恢复出厂）" : "")}")], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new(version.Number);
    }

    string? Problem(string key, string text)
    {
        if (text.Length > LongestText) return $"模板超过{LongestText / 10_000}万字，不能保存。";
        var parse = ReportTemplate.Parse(key, text);
        var findings = parse.Template is { } template ? TemplateCheck.Findings(template, catalog) : parse.Findings;
        if (findings.Count > 0) return $"模板有{findings.Count}处错误，改正后才能保存（{findings[0].Key}：{findings[0].Reason}）。文字已暂存在本机。";
        if (parse.Template!.Title.Count == 0) return "模板没有文首（标题、主送、署名、日期），不能保存。";
        return parse.Template!.Term != shipped.Find(key)!.Term || parse.Template.Kind != shipped.Find(key)!.Kind ? $"模板的“{TemplateWords.Kind}：”和“{TemplateWords.Term}：”要与出厂模板相同。" : null;
    }

    static Task<TemplateVersion?> LastAsync(AppDbContext db, int unit, string key, CancellationToken cancel) =>
        db.TemplateVersions.AsNoTracking().Where(version => version.UnitId == unit && version.Key == key).OrderByDescending(version => version.Number).FirstOrDefaultAsync(cancel);
}

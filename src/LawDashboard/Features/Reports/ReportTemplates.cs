using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>The shipped report templates of <c>seed-data/report-templates</c>, parsed and checked: every figure in them can be counted.</summary>
public sealed class ReportTemplates(IReadOnlyDictionary<string, ReportTemplate> templates, IReadOnlyDictionary<string, string> texts, IReadOnlyList<NotedLedger> noted)
{
    const string Folder = "report-templates";

    /// <summary>The usual reports: the yearly one of a town, in the structure that towns use, and of a county over its towns.</summary>
    public const string TownshipAnnual = "township-annual", CountyAnnual = "county-annual";

    /// <summary>How single entries are told of.</summary>
    public IReadOnlyList<NotedLedger> Noted => noted;

    public ReportTemplate? Find(string name) => templates.GetValueOrDefault(name);

    /// <summary>The text as shipped; null when there is no such template.</summary>
    public string? Text(string name) => texts.GetValueOrDefault(name);

    /// <summary>Keys of the templates by which a unit of the kind reports, the usual one first.</summary>
    public IEnumerable<string> KeysFor(Unit unit) => templates.Where(template => template.Value.For.Contains(unit.Kind)).Select(template => template.Key)
        .OrderByDescending(key => key == Usual(unit)).ThenBy(key => Find(key)!.Kind).ThenBy(key => key, StringComparer.Ordinal);

    public static string Usual(Unit unit) => unit.Kind is UnitKind.County ? CountyAnnual : TownshipAnnual;

    /// <summary>Keys of the templates of yearly reports: any of them is the report that the law wants sent and published.</summary>
    public IReadOnlyList<string> Annual => field ??= [.. templates.Where(template => template.Value.Kind == ReportKind.Annual).Select(template => template.Key)];

    /// <summary>How a report is called in lists, logs and messages: 法镇2026年度报告, 法镇2026年第三季度“法治政府建设工作简报（季度）”.</summary>
    public string NameFor(Unit unit, ReportKey of)
    {
        if (of.Template is not { } key || key == Usual(unit) || Find(key) is not { } template) return $"{unit.Name}{of.Year}年度报告";
        var term = Terms.Of(template.Term, of.Year).FirstOrDefault(term => term.Part == of.Part).Term;
        return $"{unit.Name}{term?.FullName ?? $"{of.Year}年"}“{template.Name}”";
    }

    /// <summary>
    /// Of the yearly reports that a unit has begun, the one that stands for the year: signed before under review before being
    /// written, the usual one before the others. The usual one where none was begun.
    /// </summary>
    public ReportKey Foremost(Unit unit, int year, IEnumerable<StoredReport> begun) => new(year,
        begun.Where(report => report.UnitId == unit.Id && report.Year == year && Annual.Contains(report.Template))
            .OrderByDescending(report => report.Corrects is not null ? ReportState.Signed : report.State).ThenByDescending(report => report.Template == Usual(unit)).ThenByDescending(report => report.Id)
            .FirstOrDefault()?.Template ?? Usual(unit));

    /// <summary>The template that a report is drafted by: the one named where the unit may report by it, else the usual one.</summary>
    public static string KeyFor(Unit unit, ReportKey of, ReportTemplates shipped) =>
        of.Template is { } named && shipped.Find(named)?.For.Contains(unit.Kind) == true ? named : Usual(unit);

    /// <summary>Which report a document is, told by what it was downloaded as or by the words of its title; null for the usual one.</summary>
    public string? NameOf(Unit unit, DocumentText document)
    {
        if (document.Origin?.Report is { } known) return known;
        var title = DocumentStructure.Of(document).Title;
        var (kind, part) = title switch
        {
            _ when title.Contains("述法", StringComparison.Ordinal) => ((ReportKind?)ReportKind.Duty, (string?)null),
            _ when title.Contains("政府信息公开", StringComparison.Ordinal) => (ReportKind.Disclosure, null),
            _ when title.Contains("半年", StringComparison.Ordinal) => (ReportKind.Brief, title.Contains("下半年", StringComparison.Ordinal) ? "h2" : "h1"),
            _ when title.IndexOf("季度", StringComparison.Ordinal) is > 0 and var at => (ReportKind.Brief, $"q{Math.Max(1, "一二三四".IndexOf(title[at - 1], StringComparison.Ordinal) + 1)}"),
            _ => (null, null),
        };
        if (kind is null) return ByHeadings(unit, document);
        var key = KeysFor(unit).FirstOrDefault(key => Find(key) is { } template && template.Kind == kind && template.Term == (part is null ? TermKind.Year : part[0] == 'h' ? TermKind.Half : TermKind.Quarter));
        return key is null ? null : ReportKey.Join(key, part);
    }

    /// <summary>Of the yearly reports, whose title is the same, the one whose headings the document has; null where none has more than the usual one.</summary>
    string? ByHeadings(Unit unit, DocumentText document)
    {
        var headings = DocumentStructure.Of(document).Sections.Select(section => section.Heading).ToHashSet(StringComparer.Ordinal);
        var best = KeysFor(unit).Where(key => Find(key) is { Kind: ReportKind.Annual, Term: TermKind.Year }).MaxBy(key => (Shared(key), key == Usual(unit)));
        return best is null || best == Usual(unit) ? null : best;

        int Shared(string key) => Find(key)!.Blocks.OfType<HeadingNode>()
            .Count(heading => headings.Contains(string.Concat(heading.Parts.OfType<TextPart>().Select(part => part.Text)).TrimEnd('。')));
    }

    public static ReportTemplates Load(SeedFolder seed, IndicatorCatalog catalog)
    {
        var (templates, texts) = (new Dictionary<string, ReportTemplate>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var file in seed.Files(Folder, ".txt"))
        {
            var text = seed.ReadText(file)!;
            var parse = ReportTemplate.Parse(file, text);
            foreach (var finding in parse.Findings) seed.Report(finding.File, finding.Key, finding.Reason);
            if (parse.Template is not { } template) continue;
            foreach (var finding in TemplateCheck.Findings(template, catalog)) seed.Report(finding.File, finding.Key, finding.Reason);
            var key = Path.GetFileNameWithoutExtension(file);
            if (key.Contains('.', StringComparison.Ordinal)) seed.Report(file, "文件", "文件名中不能有点号");
            (templates[key], texts[key]) = (template, text);
        }
        foreach (var needed in new[] { TownshipAnnual, CountyAnnual }.Where(key => !templates.ContainsKey(key)))
            seed.Report($"{Folder}/{needed}.txt", "文件", "缺少年度报告模板");
        return new(templates, texts, NotedLedger.Load(seed, catalog.Ledgers));
    }
}

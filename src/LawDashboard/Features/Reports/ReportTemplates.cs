using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Reports;

/// <summary>The report templates of <c>seed-data/report-templates</c>, parsed and checked: every figure in them can be counted.</summary>
public sealed class ReportTemplates(IReadOnlyDictionary<string, ReportTemplate> templates)
{
    const string Folder = "report-templates";

    /// <summary>The yearly report of a town, in the structure that towns use.</summary>
    public const string TownshipAnnual = "township-annual";

    public ReportTemplate? Find(string name) => templates.GetValueOrDefault(name);

    public static ReportTemplates Load(SeedFolder seed, IndicatorCatalog catalog)
    {
        var templates = new Dictionary<string, ReportTemplate>(StringComparer.Ordinal);
        foreach (var file in seed.Files(Folder, ".txt"))
        {
            var parse = ReportTemplate.Parse(file, seed.ReadText(file)!);
            foreach (var finding in parse.Findings) seed.Report(finding.File, finding.Key, finding.Reason);
            if (parse.Template is not { } template) continue;
            foreach (var use in template.Uses)
                if (Problem(use, catalog) is { } problem)
                {
                    var finding = template.Finding(use, problem);
                    seed.Report(finding.File, finding.Key, finding.Reason);
                }
            templates[Path.GetFileNameWithoutExtension(file)] = template;
        }
        if (!templates.ContainsKey(TownshipAnnual)) seed.Report($"{Folder}/{TownshipAnnual}.txt", "文件", "缺少乡镇年度报告模板");
        return new(templates);
    }

    static string? Problem(FigureUse use, IndicatorCatalog catalog)
    {
        var measure = catalog.Measure(use.Key) ?? catalog.Measure(catalog.Indicator(use.Key)?.Measure);
        if (measure is null && catalog.Indicator(use.Key) is null) return $"指标或口径“{use.Key}”不存在";
        if (use.Slice is { } slice && measure?.Slices.Contains(slice) != true) return $"“{use.Key}”没有分项“{slice}”";
        if (use is { Slice: { } field, Code: { } code } && catalog.Ledgers.Ledger(measure!.Ledger)?.Field(field) is { } of
            && catalog.Ledgers.Dictionary(of.Dictionary)?.ByCode.ContainsKey(code) != true) return $"分项“{field}”没有代码“{code}”";
        if (use.Format == FigureFormat.TenThousands && (measure?.Sum is not { } sum
            || catalog.Ledgers.Ledger(measure.Ledger)?.Field(sum)?.Type != Ledgers.Definitions.FieldType.Money)) return $"“{use.Key}”不是金额，不能用“万元”";
        return null;
    }
}

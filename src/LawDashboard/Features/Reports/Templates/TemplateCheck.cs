using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Reports.Checking;

namespace LawDashboard.Features.Reports.Templates;

/// <summary>Holds a template against the definitions: every figure in it can be counted as it asks.</summary>
public static class TemplateCheck
{
    public static IReadOnlyList<DefinitionFinding> Findings(ReportTemplate template, IndicatorCatalog catalog) =>
        [.. template.Judged.Where(use => catalog.JudgedIndicator(use.Key) is null).Select(use => new DefinitionFinding(template.File, TemplateParse.Line(use.Line), $"没有评议指标“{use.Key}”")),
            .. template.Uses.Select(use => (use, problem: Problem(use, catalog))).Where(found => found.problem is not null).Select(found => template.Finding(found.use, found.problem!)).Distinct()];

    /// <summary>Lines of a text that name what has expired by the year, with the word.</summary>
    public static IReadOnlyList<(int Line, string Word)> Expired(string text, PolicyYear? policy) => policy is null ? [] :
        [.. text.ReplaceLineEndings("\n").Split('\n').Index().SelectMany(line => policy.Expired.Where(word => line.Item.Contains(word, StringComparison.Ordinal)).Select(word => (line.Index + 1, word)))];

    static string? Problem(FigureUse use, IndicatorCatalog catalog)
    {
        var measure = catalog.Measure(use.Key) ?? catalog.Measure(catalog.Indicator(use.Key)?.Measure);
        if (measure is null && catalog.Indicator(use.Key) is null) return $"指标或口径“{use.Key}”不存在";
        if (use.Slice is ReportTemplate.UnitAxis && use.Code is null || use is { Slice: ReportTemplate.MonthAxis, Format: FigureFormat.Exhibit }) return null;
        if (use.Slice is { } slice && measure?.Slices.Contains(slice) != true) return $"“{use.Key}”没有分项“{slice}”";
        if (use is { Slice: { } field, Code: { } code } && catalog.Ledgers.Ledger(measure!.Ledger)?.Field(field) is { } of
            && catalog.Ledgers.Dictionary(of.Dictionary)?.ByCode.ContainsKey(code) != true) return $"分项“{field}”没有代码“{code}”";
        if (use.Format == FigureFormat.TenThousands && (measure?.Sum is not { } sum || catalog.Ledgers.Ledger(measure.Ledger)?.Field(sum)?.Type != FieldType.Money))
            return $"“{use.Key}”不是金额，不能用“万元”";
        return null;
    }
}

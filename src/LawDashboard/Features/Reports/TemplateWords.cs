using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>
/// The words of the template language (模板用词). Clerks write the Chinese ones, which texts and messages name; the English
/// ones of older templates mean the same.
/// </summary>
static class TemplateWords
{
    public const string Title = "标题", To = "主送", Signature = "署名", Date = "日期", Name = "名称", For = "适用", Kind = "种类", Term = "统计期";

    /// <summary>Head lines in the order in which messages list them.</summary>
    public static readonly IReadOnlyList<string> Heads = [Name, For, Kind, Term, Title, To, Signature, Date];

    public static readonly IReadOnlyDictionary<string, UnitKind> Units = Words<UnitKind>(("乡镇", "town", UnitKind.Town), ("区县", "county", UnitKind.County));

    public static readonly IReadOnlyDictionary<string, ReportKind> Kinds = Words<ReportKind>(
        ("年度报告", "annual", ReportKind.Annual), ("述法报告", "duty", ReportKind.Duty), ("简报", "brief", ReportKind.Brief), ("政府信息公开年报", "disclosure", ReportKind.Disclosure));

    public static readonly IReadOnlyDictionary<string, TermKind> Terms = Words<TermKind>(("全年", "year", TermKind.Year), ("半年", "half", TermKind.Half), ("季度", "quarter", TermKind.Quarter));

    public static readonly IReadOnlyDictionary<string, Directive> Directives = Words<Directive>(
        ("亮点", "highlights", Directive.Highlights), ("问题", "problems", Directive.Problems), ("计划", "plan", Directive.Plan), ("目标进度", "progress", Directive.Progress));

    public static readonly IReadOnlyDictionary<string, OccasionWord> Occasion = Words<OccasionWord>(
        ("单位", "unit", OccasionWord.Unit), ("上级", "above", OccasionWord.Above), ("年份", "year", OccasionWord.Year), ("下年份", "nextYear", OccasionWord.NextYear),
        ("统计期", "term", OccasionWord.Term), ("时段", "termName", OccasionWord.TermName), ("成文日期", "date", OccasionWord.Date), ("截止日期", "closing", OccasionWord.Closing), ("期间", "period", OccasionWord.Period));

    public static readonly IReadOnlyDictionary<string, FigureFormat> Formats = Words<FigureFormat>(
        ("余", "余", FigureFormat.Roundly), ("万元", "万元", FigureFormat.TenThousands), ("同比", "yoy", FigureFormat.YearOnYear), ("目标值", "target", FigureFormat.Target),
        ("完成率", "attainment", FigureFormat.Attainment), ("上年", "lastYear", FigureFormat.LastYear), ("差距", "gap", FigureFormat.Gap));

    public static readonly IReadOnlyDictionary<string, ExhibitStyle> Styles = Words<ExhibitStyle>(("柱形", "columns", ExhibitStyle.Columns), ("条形", "bars", ExhibitStyle.Bars), ("折线", "line", ExhibitStyle.Line));

    static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["title"] = Title, ["to"] = To, ["signature"] = Signature, ["date"] = Date, ["name"] = Name, ["for"] = For, ["kind"] = Kind, ["term"] = Term, ["成文日期"] = Date,
        ["if"] = "如果", ["else"] = "否则", ["end"] = "结束", ["table"] = "表格", ["表"] = "表格", ["chart"] = "图", ["running"] = "统计期未完", ["target"] = "目标值", ["lastYear"] = "上年",
    };

    /// <summary>The Chinese word for one that may be English; others as they are.</summary>
    public static string Of(string word) => Chinese.GetValueOrDefault(word, word);

    /// <summary>The axis by its name in definitions: 单位 is unit, 月份 month; fields have their own.</summary>
    public static string Axis(string word) => word switch { "单位" => ReportTemplate.UnitAxis, "月份" or "月" => ReportTemplate.MonthAxis, _ => word };

    /// <summary>The Chinese words of a list, for messages.</summary>
    public static string List<T>(IReadOnlyDictionary<string, T> words) => string.Join("、", words.DistinctBy(word => word.Value).Select(word => word.Key));

    static Dictionary<string, T> Words<T>(params IEnumerable<(string Chinese, string English, T Value)> words)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        // The Chinese one first: messages list it.
        foreach (var (chinese, english, value) in words) (all[chinese], all[english]) = (value, value);
        return all;
    }
}

namespace LawDashboard.Features.Reports;

/// <summary>A row of the appendix 数据来源表: one counting rule and every figure that is counted by it.</summary>
/// <param name="Heading">What it shares with other rules of the same ledger, above which they stand together.</param>
/// <param name="Key">With what the ids of its figures begin.</param>
/// <param name="Name">What is counted.</param>
/// <param name="Rule">Under the heading, what is counted and how.</param>
/// <param name="Period">The days that it covers.</param>
public sealed record SourceRow(string Heading, string Key, string Name, string Rule, string Period, IReadOnlyList<SourceItem> Figures);

/// <summary>A figure under its rule.</summary>
/// <param name="Tail">What its id has behind the row's key; the id names the content control in the text.</param>
/// <param name="Words">What it says of the rule's count, as printed: 186件, 邻里纠纷36, 目标值95%.</param>
/// <param name="Rows">How many entries stand behind it; of a rate above and below the line, of a comparison this year's and last year's. Null for a target.</param>
public sealed record SourceItem(string Tail, string Words, string? Rows);

/// <summary>The rows of the appendix 数据来源表: every figure of a report with its counting rule and how many rows it counts.</summary>
public sealed class SourceTable(FigureSources sources)
{
    /// <summary>In the order of the text, those of one ledger together; figures that are counted alike share a row, and one that stands in several places, written the same, is named once.</summary>
    public IReadOnlyList<SourceRow> Of(DraftedReport report, ReportDraft text) =>
    [
        .. text.Figures.DistinctBy(figure => (FigureIds.Base(figure.Id), figure.Text)).GroupBy(KeyOf).Select(group =>
        {
            var explained = group.Select(figure => sources.Of(report, figure)).ToList();
            var first = explained[0];
            var (heading, rule) = sources.RuleOf(first.Figure);
            return new SourceRow(heading, group.Key, sources.NameOf(first.Figure), rule, Period(explained), [.. explained.Select(source => Item(report, group.Key, source))]);
        }).GroupBy(row => row.Heading).SelectMany(ledger => ledger),
    ];

    /// <summary>Figures of one key over one stretch of time are counted alike, whatever part or comparison they show.</summary>
    static string KeyOf(Figure figure) => FigureIds.IsToDate(figure.Id) ? figure.Key + FigureIds.ToDate : figure.Key;

    /// <summary>That of the count itself; a comparison covers last year's days as well, which goes without saying.</summary>
    static string Period(IReadOnlyList<FigureSource> explained) =>
        explained.FirstOrDefault(source => source.Figure.Format is not (FigureFormat.YearOnYear or FigureFormat.LastYear) && source.Parts.Count > 0)?.Parts[0].Period
        ?? explained.FirstOrDefault(source => source.Parts.Count > 0)?.Parts[0].Period ?? "";

    SourceItem Item(DraftedReport report, string key, FigureSource source)
    {
        var figure = source.Figure;
        var unit = figure.Format is FigureFormat.YearOnYear or FigureFormat.Attainment || figure.Text.EndsWith(figure.Unit, StringComparison.Ordinal) ? "" : figure.Format is FigureFormat.TenThousands ? "万元" : figure.Unit;
        var words = Leading(source) + figure.Text + unit + (source.Target is { } target ? $"（{target.Document ?? "未登记下达文件"}）" : "");
        var tail = FigureIds.Base(figure.Id);
        return new(tail.StartsWith(key, StringComparison.Ordinal) ? tail[key.Length..] : tail, words,
            source.Parts.Count == 0 ? null : string.Join("/", source.Parts.Select(part => Numerals.Plain(report.RowCount(part.Counted)))));
    }

    string Leading(FigureSource source) => source.Figure.Format switch
    {
        FigureFormat.Target => "目标值",
        FigureFormat.NextTarget => "下年目标值",
        FigureFormat.Attainment => "完成目标的",
        FigureFormat.LastYear => "上年",
        FigureFormat.Gap => "相差",
        _ => source.Figure.Slice is null ? "" : Part(source),
    };

    /// <summary>The part's own name: 邻里纠纷 of 受理人民调解案件（邻里纠纷）.</summary>
    string Part(FigureSource source)
    {
        var whole = sources.NameOf(source.Figure);
        var name = source.Figure.Name.StartsWith(whole, StringComparison.Ordinal) ? source.Figure.Name[whole.Length..] : source.Figure.Name;
        return name is ['（', .. var inner, '）'] ? inner : name;
    }
}

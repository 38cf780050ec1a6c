using System.Globalization;
using System.Runtime.CompilerServices;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Exchange.Trees;

/// <summary>The columns of an indicator tree's table, in the order in which they are written.</summary>
enum TreeColumn { First, Second, Name, Points, Scoring, Evidence, Source, Task }

/// <summary>An indicator tree as a table: what is written out is what can be read in.</summary>
static class TreeTable
{
    static readonly (TreeColumn Column, string Heading, double Width, string[] Also)[] Columns =
    [
        (TreeColumn.First, "一级指标", 14, ["一级"]), (TreeColumn.Second, "二级指标", 16, ["二级"]), (TreeColumn.Name, "三级指标", 30, ["三级", "指标名称", "考核内容"]),
        (TreeColumn.Points, "分值", 8, ["权重", "满分", "标准分"]), (TreeColumn.Scoring, "计分办法", 16, ["评分办法", "评分标准", "计分方法"]),
        (TreeColumn.Evidence, "佐证要求", 30, ["佐证材料", "印证材料"]), (TreeColumn.Source, "取数", 30, ["取数指标", "数据来源", "对应口径"]), (TreeColumn.Task, "年度任务", 12, ["任务"]),
    ];

    public static string Heading(TreeColumn column) => Columns[(int)column].Heading;

    /// <summary>The column that a heading names; null for one that no tree has.</summary>
    public static TreeColumn? Find(ColumnHead head)
    {
        var text = CellText.Plain(CellText.WithoutBrackets(head.Text));
        foreach (var column in Columns)
            if (column.Also.Prepend(column.Heading).Any(name => CellText.Plain(name) == text)) return column.Column;
        return null;
    }

    /// <summary>The tree that a year is assessed by, as a workbook to fill in and import again.</summary>
    public static LedgerFile Export(IndicatorCatalog catalog, int year)
    {
        var title = $"{year}年度法治建设考核指标体系";
        return new($"{title}.xlsx", new("考核指标体系", title, [$"计分办法可填：{ScoringWords.Choices}", "取数填指标或统计口径的名称；不能计数的填“评议”"],
            [.. Columns.Select(column => new SheetColumn(column.Heading, column.Width, column.Column is TreeColumn.Points ? SheetCellKind.Decimal : SheetCellKind.Text, Decimals: 2))]), RowsAsync(catalog, year));
    }

    /// <summary>What the leaf is scored by, in the words that lead back to it.</summary>
    public static string SourceName(IndicatorCatalog catalog, AssessmentLeaf leaf) => leaf.Source switch
    {
        LeafSource.Judged => ScoringWords.Judged,
        LeafSource.Measure => catalog.Measure(leaf.Of) is { } measure ? SourceNames.Of(catalog, measure) : leaf.Of,
        _ => catalog.Indicator(leaf.Of) is { } indicator ? SourceNames.Of(catalog, indicator) : leaf.Of,
    };

    static async IAsyncEnumerable<object?[]> RowsAsync(IndicatorCatalog catalog, int year, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var leaf in CurrentTree.Of(catalog, year))
        {
            cancel.ThrowIfCancellationRequested();
            yield return
            [
                leaf.First, leaf.Second, leaf.Name, leaf.Points, leaf.Source is LeafSource.Judged ? ScoringWords.Judged : ScoringWords.Of(leaf.Scoring ?? Rule(catalog, leaf)),
                leaf.Evidence, SourceName(catalog, leaf), catalog.Task(leaf.Task)?.Name,
            ];
        }
        await Task.CompletedTask;
    }

    static ScoringRule Rule(IndicatorCatalog catalog, AssessmentLeaf leaf) => catalog.Indicator(leaf.Key)?.Rule ?? ScoringRule.Default(Direction.More);
}

/// <summary>Names of indicators and measures by which a tree's table can name them; one that two share is told apart by its key.</summary>
static class SourceNames
{
    public static string Of(IndicatorCatalog catalog, IndicatorDefinition indicator) => Named(indicator.Name, indicator.Key, Indicators(catalog).Count(other => other.Name == indicator.Name) > 1);

    public static string Of(IndicatorCatalog catalog, MeasureDefinition measure) =>
        Named(measure.Name, measure.Key, Measures(catalog).Count(other => other.Name == measure.Name) > 1 || Indicators(catalog).Any(other => other.Name == measure.Name));

    public static IEnumerable<IndicatorDefinition> Indicators(IndicatorCatalog catalog) => catalog.Indicators.Where(indicator => catalog.Measure(MeasureOf(indicator.Key)) is null);
    public static IEnumerable<MeasureDefinition> Measures(IndicatorCatalog catalog) => catalog.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key));

    /// <summary>The measure that an indicator was made of by standing in a tree; it is offered as measure, not as indicator.</summary>
    static string? MeasureOf(string indicator) => indicator.StartsWith(AssessmentLeaf.OfMeasure(""), StringComparison.Ordinal) ? indicator[AssessmentLeaf.OfMeasure("").Length..] : null;

    static string Named(string name, string key, bool shared) => shared ? string.Create(CultureInfo.InvariantCulture, $"{name}（{key}）") : name;
}

namespace LawDashboard.Features.Reports;

/// <summary>The rows of the appendix 数据来源表: every figure of a report with its counting rule and how many rows it counts.</summary>
public sealed class SourceTable(FigureSources sources)
{
    /// <summary>A figure that stands in several places, written the same, is one row.</summary>
    public IReadOnlyList<SourceRow> Of(DraftedReport report, ReportDraft text) => [.. text.Figures.DistinctBy(figure => (FigureIds.Base(figure.Id), figure.Text)).Select(figure =>
    {
        var source = sources.Of(report, figure);
        var rule = source.Rule ?? string.Join("；", source.Parts.Select(part => part.Rule).OfType<string>().Distinct().Select(sentence => sentence.TrimEnd('。')));
        if (source.Target is { } target) rule = string.Join("；", new[] { rule, $"目标值{target.Value}（{target.Document ?? "未登记下达文件"}）" }.Where(part => part.Length > 0));
        return new SourceRow(figure.Name, figure.Text, rule, source.Period ?? string.Join("；", source.Parts.Select(part => part.Period).Distinct()),
            string.Join("/", source.Parts.Select(part => Numerals.Plain(report.RowCount(part.Counted)))));
    })];
}

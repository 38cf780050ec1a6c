namespace LawDashboard.Features.Reports;

/// <summary>How figures along an axis are shown.</summary>
public enum ExhibitStyle { Table, Columns, Bars, Line }

/// <summary>
/// A table or chart within a report. Its caption is a paragraph of the text that begins with a figure of the same id (表1,
/// 图1), so that it moves, stays and goes with the caption whatever is done to the text.
/// </summary>
/// <param name="Axis">What the rows are: <c>unit</c>, <c>month</c> or a dictionary field.</param>
public sealed record Exhibit(string Id, ExhibitStyle Style, string Title, string Axis, IReadOnlyList<ExhibitColumn> Columns, IReadOnlyList<ExhibitRow> Rows)
{
    public bool IsTable => Style == ExhibitStyle.Table;

    /// <summary>Heading of the first column.</summary>
    public string AxisName { get; init; } = "项目";
}

/// <summary>One figure of an exhibit.</summary>
/// <param name="Unit">Empty for ratios, whose values carry their sign.</param>
public sealed record ExhibitColumn(string Key, string Name, string Unit)
{
    public string Heading => Unit.Length == 0 ? Name : $"{Name}（{Unit}）";
}

/// <summary>One line of an exhibit; a total or a remainder has no code.</summary>
public sealed record ExhibitRow(string? Code, string Label, IReadOnlyList<ExhibitCell> Cells, bool Total = false);

/// <summary>One value, as printed and exactly; no amount where there is nothing that may be said.</summary>
public sealed record ExhibitCell(string Text, decimal? Amount);

/// <summary>Gathers the parts of figures into an exhibit. Pure.</summary>
public static class Exhibits
{
    /// <summary>More columns than this do not fit the width of an official page.</summary>
    public const int MostColumns = 6;

    public static Exhibit? Of(ExhibitNode node, string id, string title, DraftContext context)
    {
        List<FigureFacts> facts = [.. node.Keys.Select(context.Facts)];
        List<IReadOnlyList<FigurePart>> parts = [.. node.Keys.Select(key => context.Figures.Parts(key, node.Axis))];
        var lines = Lines(node, parts);
        if (lines.Count == 0 || parts.SelectMany(column => column).All(part => part.Amount == 0)) return null;
        List<ExhibitRow> rows = [.. lines.Select(line => new ExhibitRow(line.Code, line.Label, [.. facts.Zip(parts).Select(column => Cell(column.First, column.Second.FirstOrDefault(part => part.Code == line.Code)))]))];
        // Ratios have no remainder, overlapping parts no sum; what both sides allow closes on the total.
        var counted = node.Axis != ReportTemplate.MonthAxis && facts.Index().All(column => column.Item.IsRatio || parts[column.Index].Sum(part => part.Amount) <= column.Item.Amount);
        if (counted && Rest(node, facts, rows) is { } rest) rows.Add(rest);
        if (node.Style == ExhibitStyle.Table && (counted || node.Axis == ReportTemplate.MonthAxis))
            rows.Add(new(null, node.Axis == ReportTemplate.MonthAxis ? "本期" : "合计", [.. facts.Select(Whole)], Total: true));
        return new(id, node.Style, title, node.Axis, [.. facts.Select(column => new ExhibitColumn(column.Key, column.Name.Split('（')[0], column.IsRatio ? "" : column.Unit))], rows)
        {
            AxisName = node.Axis switch { ReportTemplate.UnitAxis => "单位", ReportTemplate.MonthAxis => "月份", _ => "类别" },
        };
    }

    /// <summary>Units and months as they stand; kinds by size, the largest first.</summary>
    static List<FigurePart> Lines(ExhibitNode node, List<IReadOnlyList<FigurePart>> parts)
    {
        var lines = parts.SelectMany(column => column).DistinctBy(part => part.Code);
        if (node.Axis is ReportTemplate.UnitAxis or ReportTemplate.MonthAxis) return [.. lines];
        return [.. parts[0].Where(part => part.Amount > 0 && !Breakdown.IsRest(part)).OrderByDescending(part => part.Amount).Take(node.Top ?? int.MaxValue)];
    }

    /// <summary>What no line shows, so that the lines add up.</summary>
    static ExhibitRow? Rest(ExhibitNode node, List<FigureFacts> facts, List<ExhibitRow> rows)
    {
        List<decimal> rests = [.. facts.Select((column, i) => column.IsRatio ? 0 : (column.Amount ?? 0) - rows.Sum(row => row.Cells[i].Amount ?? 0))];
        if (rests.All(rest => rest == 0)) return null;
        return new(null, node.Axis == ReportTemplate.UnitAxis ? "本级及部门" : "其他",
            [.. facts.Zip(rests).Select(column => column.First.IsRatio ? new ExhibitCell("—", null) : new ExhibitCell(Numerals.Plain(column.Second), column.Second))]);
    }

    static ExhibitCell Cell(FigureFacts facts, FigurePart? part) =>
        part is not null && (facts with { Amount = part.Amount, Cases = part.Cases }).Print(FigureFormat.Plain) is { } printed ? new(printed.Text, printed.Amount)
        : facts.IsRatio ? new("—", null) : new("0", 0);

    static ExhibitCell Whole(FigureFacts facts) => facts.Print(FigureFormat.Plain) is { } printed ? new(printed.Text, printed.Amount) : new("—", null);
}

using System.Runtime.CompilerServices;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange;

/// <summary>A breakdown as a workbook: the same rows, columns and totals as on the page. It holds figures only, no personal data.</summary>
public sealed class CrossExport(CrossReader reader, UnitYears years, IndicatorCatalog catalog)
{
    /// <summary>Null when there is no such indicator or the person does not see the unit.</summary>
    /// <param name="past">The point in the past that is asked; null for now.</param>
    /// <param name="rows">Keys of the axes as they stand in the page's address; unknown ones fall back as the page does.</param>
    /// <param name="only">What the table is narrowed to, as it stands in the page's address.</param>
    public async Task<LedgerFile?> PrepareAsync(Person person, string indicatorKey, Unit unit, int year, string? rows, string? columns, string? only = null, PastPoint? past = null, CancellationToken cancel = default)
    {
        if (catalog.Indicator(indicatorKey) is not { } indicator || await years.ReadAsync(person, unit, year, past, cancel) is not { } facts) return null;
        var axes = CrossAxis.Of(catalog, indicator, facts.Below.Count > 0);
        var (down, across) = CrossAxis.Choose(axes, rows, columns);
        var table = await reader.ReadAsync(facts, indicator, down, across, CrossOnly.Find(catalog, axes, down, across, only), cancel);
        var title = $"{unit.Name}{year}年度{indicator.Name}（按{down.Label}、{across.Label}{(table.Only is { } narrowed ? $"，{narrowed.Words}" : "")}）";
        SheetColumn[] layout =
        [
            new(down.Label, 14, SheetCellKind.Text),
            .. table.Columns.Append(table.All).Select(column => new SheetColumn(column.Label, 10, SheetCellKind.Decimal, Decimals: indicator.IsRatio ? 1 : 2)),
        ];
        var until = $"{facts.Until.Year}年{facts.Until.Month}月{facts.Until.Day}日";
        return new($"{title}.xlsx", new(indicator.Name, title, [$"单位：{unit.Name}", $"计量单位：{indicator.Unit}", $"截至：{past?.Words ?? until}"], layout), RowsAsync(table, cancel));
    }

    static async IAsyncEnumerable<object?[]> RowsAsync(CrossTable table, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var row in table.Rows.Append(table.All))
        {
            cancel.ThrowIfCancellationRequested();
            // Whole numbers are shown as such; a ratio with nothing under it stays “—”.
            yield return [row.Label, .. table.Columns.Append(table.All).Select(column => (object)(table.Value(row, column).OnTargetScale is { } value ? Cell(value) : "—"))];
        }
        await Task.CompletedTask;
    }

    static object Cell(decimal value) => value == decimal.Truncate(value) ? (long)value : decimal.Round(value, 2, MidpointRounding.ToZero);
}

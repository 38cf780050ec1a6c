using System.Globalization;
using System.Runtime.CompilerServices;

namespace LawDashboard.Features.Exchange;

/// <summary>The table of a chart as the page shows it; the first row is its headings.</summary>
public sealed record ShownTable(string Title, string? Note, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>
/// A table of a page as a workbook. It writes what the person already sees and was allowed to see; nothing is read for it.
/// </summary>
public static class TableExport
{
    const int MostRows = 5_000, MostColumns = 200, MostText = 500;

    /// <summary>Null for what no page shows: without headings, or beyond all measure.</summary>
    public static LedgerFile? Prepare(ShownTable table)
    {
        if (table.Rows is not [var headings, ..] || headings.Count is 0 or > MostColumns || table.Rows.Count > MostRows
            || table.Rows.Any(row => row.Count > MostColumns || row.Any(cell => cell is null || cell.Length > MostText)) || string.IsNullOrWhiteSpace(table.Title) || table.Title.Length > MostText)
            return null;
        var columns = headings.Select((heading, index) => new SheetColumn(heading, index == 0 ? 16 : 10, SheetCellKind.Text)).ToList();
        return new($"{table.Title}.xlsx", new(table.Title, table.Title, string.IsNullOrWhiteSpace(table.Note) ? [] : [table.Note], columns), RowsAsync(table, headings.Count));
    }

    static async IAsyncEnumerable<object?[]> RowsAsync(ShownTable table, int columns, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var row in table.Rows.Skip(1))
        {
            cancel.ThrowIfCancellationRequested();
            yield return [.. row.Take(columns).Select(Cell)];
        }
        await Task.CompletedTask;
    }

    /// <summary>Numbers stay numbers, so that they can be reckoned with; “—”, percentages and words are text.</summary>
    static object? Cell(string text) => text.Length == 0 ? null
        : decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
}

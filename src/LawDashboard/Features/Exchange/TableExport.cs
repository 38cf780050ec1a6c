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
        List<Column> columns = [.. headings.Select((heading, index) => Column.Of(heading, index == 0 ? 16 : 10, table.Rows.Skip(1).Select(row => index < row.Count ? row[index] : "")))];
        return new($"{table.Title}.xlsx", new(table.Title, table.Title, string.IsNullOrWhiteSpace(table.Note) ? [] : [table.Note], [.. columns.Select(column => column.Sheet)]), RowsAsync(table, columns));
    }

    static async IAsyncEnumerable<object?[]> RowsAsync(ShownTable table, List<Column> columns, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var row in table.Rows.Skip(1))
        {
            cancel.ThrowIfCancellationRequested();
            yield return [.. row.Take(columns.Count).Select((cell, index) => columns[index].Value(cell))];
        }
        await Task.CompletedTask;
    }

    /// <summary>
    /// One column. Numbers stay numbers, so that they can be reckoned with; those of a column of percentages too, with the sign
    /// in the heading. “—” and words are text.
    /// </summary>
    sealed record Column(SheetColumn Sheet, bool Percent)
    {
        const string Nothing = "—";

        public static Column Of(string heading, double width, IEnumerable<string> cells)
        {
            List<string> filled = [.. cells.Where(cell => cell.Length > 0 && cell != Nothing)];
            var percent = filled.Count > 0 && filled.TrueForAll(cell => cell.EndsWith('%') && Number(cell[..^1]) is not null);
            List<decimal> numbers = [.. filled.Select(cell => Number(percent ? cell[..^1] : cell)).OfType<decimal>()];
            return new(new(percent && !heading.Contains('%', StringComparison.Ordinal) ? $"{heading}（%）" : heading, width, numbers.Count > 0 ? SheetCellKind.Decimal : SheetCellKind.Text, Decimals: numbers.Count > 0 ? numbers.Max(number => number.Scale) : 0), percent);
        }

        public object? Value(string cell) => cell.Length == 0 ? null : Number(Percent && cell.EndsWith('%') ? cell[..^1] : cell) is { } number ? number : cell;

        static decimal? Number(string text) =>
            decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

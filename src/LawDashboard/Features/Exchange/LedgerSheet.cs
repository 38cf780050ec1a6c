namespace LawDashboard.Features.Exchange;

/// <summary>
/// Writes an official ledger (台账) as .xlsx: title, second line, headings, rows with a running number, totals; ready to
/// print on landscape A4 pages. The rows are streamed, so the memory does not depend on their number.
/// </summary>
public static class LedgerSheet
{
    const int ExcelRows = 1_048_576;

    /// <summary>
    /// Writes the workbook to <paramref name="output"/>, which stays open, need not seek and is never written synchronously.
    /// Cells are <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="DateOnly"/> or
    /// null, and a row may be reused once the next is asked for. Where the rows are more than a sheet holds they continue on
    /// another; the totals stand on the last. Without a totalled column there is no row of totals. What Excel cannot hold as
    /// it is (a number of more than 15 digits, a date before 1 March 1900) is written as text.
    /// Throws <see cref="ArgumentException"/> for a layout without columns, a row with too many cells or a cell of another type.
    /// </summary>
    public static Task WriteAsync(Stream output, SheetLayout layout, IAsyncEnumerable<object?[]> rows, CancellationToken cancel) =>
        WriteAsync(output, layout, rows, ExcelRows, cancel);

    internal static async Task WriteAsync(
        Stream output, SheetLayout layout, IAsyncEnumerable<object?[]> rows, int maxRows, CancellationToken cancel)
    {
        var form = new SheetForm(layout);
        await using var package = await SheetPackage.BeginAsync(output, cancel);
        var sheets = await SheetsAsync(package, form, layout.SheetName, rows, maxRows, cancel);
        await package.EndAsync(form, sheets);
    }

    static async Task<List<SheetExtent>> SheetsAsync(
        SheetPackage package, SheetForm form, string name, IAsyncEnumerable<object?[]> rows, int maxRows, CancellationToken cancel)
    {
        var sheets = new List<SheetExtent>();
        var totals = new SheetTotals(form.Columns.Count);
        var lastRow = maxRows - (form.HasTotals ? 1 : 0);
        await using var source = rows.GetAsyncEnumerator(cancel);
        var more = await source.MoveNextAsync();
        do
        {
            await using var part = await package.SheetAsync(sheets.Count + 1);
            await using var buffer = new SheetBuffer(part);
            var sheet = new SheetXml(buffer, form, totals);
            sheet.Begin(isFirst: sheets.Count == 0);
            for (; more && sheet.LastRow < lastRow; more = await source.MoveNextAsync())
            {
                cancel.ThrowIfCancellationRequested();
                sheet.Row(source.Current);
                if (buffer.IsFull) await buffer.FlushAsync(cancel);
            }
            sheet.End(isLast: !more);
            await buffer.CompleteAsync(cancel);
            sheets.Add(new(SheetText.SheetName(name, sheets.Count + 1), sheet.LastRow, sheet.LastPrinted));
        }
        while (more);
        return sheets;
    }
}

using System.Globalization;

namespace LawDashboard.Features.Exchange;

/// <summary>What is summed and counted over all sheets of a ledger.</summary>
sealed class SheetTotals(int columns)
{
    public long Rows { get; set; }
    public decimal[] Sums { get; } = new decimal[columns];
}

/// <summary>Writes the worksheet part of a ledger row by row: <see cref="Begin"/>, <see cref="Row"/> for each, <see cref="End"/>.</summary>
sealed class SheetXml(SheetBuffer buffer, SheetForm form, SheetTotals totals)
{
    // Columns up to this width hold names, numbers and terms and are centred as on printed forms; wider ones hold sentences.
    const double CentredWidth = 22;
    // Longer texts are not formatted as text: see SheetStyles.Text.
    const int LongText = 255;
    // Points: a line of 宋体 10.5, and what keeps lines off the borders.
    const double LineHeight = 14.5, RowPadding = 6, HeadingPadding = 8;
    // From here on Excel's day numbers are right: its 29 February 1900 never was.
    static readonly DateOnly firstDate = new(1900, 3, 1);
    static readonly int dayZero = new DateOnly(1899, 12, 30).DayNumber;

    readonly int[] capacities = [.. form.Widths.Select(width => (int)width)];
    readonly int[] styles = [.. form.Columns.Select(Style)];
    readonly bool[] centred = [.. form.Columns.Select(IsCentred)];
    readonly SheetCells cells = new(buffer, form.Headings.Count);

    /// <summary>The last row of data so far; the heading when there is none.</summary>
    public int LastRow { get; private set; } = SheetForm.HeadingRow;

    /// <summary>The last row that is printed.</summary>
    public int LastPrinted => cells.Row;

    /// <summary>Everything down to the headings.</summary>
    public void Begin(bool isFirst)
    {
        buffer.Raw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"""u8);
        buffer.Raw("""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"""u8);
        buffer.Raw("""<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>"""u8);
        buffer.Raw($"""<sheetViews><sheetView {(isFirst ? "tabSelected=\"1\" " : "")}workbookViewId="0">""");
        buffer.Raw($"""<pane ySplit="{SheetForm.HeadingRow}" topLeftCell="A{SheetForm.FirstRow}" activePane="bottomLeft" state="frozen"/>""");
        buffer.Raw($"""<selection pane="bottomLeft" activeCell="A{SheetForm.FirstRow}" sqref="A{SheetForm.FirstRow}"/></sheetView></sheetViews>""");
        buffer.Raw("""<sheetFormatPr defaultRowHeight="14.25"/><cols>"""u8);
        for (var i = 0; i < form.Widths.Count; i++)
            // The file's width has 5 pixels of padding more than the characters shown.
            buffer.Raw(string.Create(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{form.Widths[i] + 0.71:0.##}" customWidth="1"/>"""));
        buffer.Raw("</cols><sheetData>"u8);
        TitleRows();
    }

    /// <summary>A row of data. Throws <see cref="ArgumentException"/> for a value that no cell can hold.</summary>
    public void Row(object?[] values)
    {
        if (values.Length > form.Columns.Count)
            throw new ArgumentException($"Row {totals.Rows + 1} has {values.Length} values for {form.Columns.Count} columns.", nameof(values));
        cells.StartRow(Math.Max(22, RowPadding + Lines(values) * LineHeight));
        cells.Number(0, SheetStyles.Serial, ++totals.Rows);
        for (var i = 0; i < form.Columns.Count; i++) Cell(i, i < values.Length ? values[i] : null);
        cells.EndRow();
        LastRow = cells.Row;
    }

    /// <summary>The totals, when the ledger ends here, and what follows the rows.</summary>
    public void End(bool isLast)
    {
        if (isLast && form.HasTotals) TotalRow();
        buffer.Raw($"""</sheetData><autoFilter ref="A{SheetForm.HeadingRow}:{form.LastColumn}{LastRow}"/><mergeCells>""");
        Merge(0, form.Columns.Count, 1);
        foreach (var segment in form.SecondLine) Merge(segment.First, segment.Last, 2);
        if (isLast && form.HasTotals) Merge(0, form.LabelSpan, cells.Row);
        buffer.Raw("""</mergeCells><printOptions horizontalCentered="1"/>"""u8);
        buffer.Raw("""<pageMargins left="0.59" right="0.59" top="0.71" bottom="0.71" header="0.31" footer="0.35"/>"""u8);
        buffer.Raw("""<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>"""u8);
        buffer.Raw("""<headerFooter><oddFooter>&amp;C&amp;"宋体,Regular"&amp;10第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter>"""u8);
        buffer.Raw($"""<ignoredErrors><ignoredError sqref="A{SheetForm.FirstRow}:{form.LastColumn}{Math.Max(cells.Row, SheetForm.FirstRow)}" numberStoredAsText="1"/></ignoredErrors></worksheet>""");
    }

    void TitleRows()
    {
        cells.StartRow(38, isFixed: true);
        cells.Text(0, SheetStyles.Title, form.Title);
        cells.EndRow();
        cells.StartRow(22, isFixed: true);
        foreach (var segment in form.SecondLine) cells.Text(segment.First, segment.Style, segment.Text);
        cells.EndRow();
        var lines = form.Headings.Select((heading, i) => SheetText.Lines(heading, capacities[i])).Max();
        cells.StartRow(Math.Max(30, HeadingPadding + lines * LineHeight), isFixed: true);
        for (var i = 0; i < form.Headings.Count; i++) cells.Text(i, SheetStyles.Heading, form.Headings[i]);
        cells.EndRow();
    }

    void TotalRow()
    {
        cells.StartRow(26);
        cells.Text(0, SheetStyles.TotalLabel, "合计");
        for (var i = 0; i < form.Columns.Count; i++)
        {
            var column = form.Columns[i];
            if (column.IsTotalled) cells.Number(i + 1, SheetStyles.Total(column), totals.Sums[i]);
            else cells.Blank(i + 1, SheetStyles.TotalLabel);
        }
        cells.EndRow();
    }

    void Cell(int index, object? value)
    {
        var column = form.Columns[index];
        switch (value)
        {
            case null or "":
                cells.Blank(index + 1, styles[index]);
                break;
            case string text:
                Text(index, text);
                break;
            case DateOnly date when column.Kind == SheetCellKind.Date && date >= firstDate:
                cells.Number(index + 1, styles[index], date.DayNumber - dayZero);
                break;
            case DateOnly date:
                Text(index, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case int number:
                Whole(index, number);
                break;
            case long number:
                Whole(index, number);
                break;
            case decimal number when column.IsNumber:
                totals.Sums[index] += number;
                cells.Number(index + 1, styles[index], number);
                break;
            case decimal number:
                Text(index, number.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"“{column.Heading}” of row {totals.Rows} cannot hold a {value.GetType().Name}.", nameof(value));
        }
    }

    void Whole(int index, long number)
    {
        if (!form.Columns[index].IsNumber)
        {
            Text(index, number.ToString(CultureInfo.InvariantCulture));
            return;
        }
        totals.Sums[index] += number;
        cells.Number(index + 1, styles[index], number);
    }

    void Text(int index, string text)
    {
        text = SheetText.Clean(text);
        cells.Text(index + 1, SheetStyles.Text(centred[index], text.Length > LongText, SheetText.LooksLikeFormula(text)), text);
    }

    int Lines(object?[] values)
    {
        var lines = 1;
        for (var i = 0; i < values.Length; i++)
            if (values[i] is string text) lines = Math.Max(lines, SheetText.Lines(text, capacities[i + 1]));
        return lines;
    }

    void Merge(int first, int last, int mergedRow)
    {
        if (first < last) buffer.Raw($"""<mergeCell ref="{SheetForm.Letters(first)}{mergedRow}:{SheetForm.Letters(last)}{mergedRow}"/>""");
    }

    static bool IsCentred(SheetColumn column) => column.Kind != SheetCellKind.Text || column.Width <= CentredWidth;

    static int Style(SheetColumn column) => column.Kind switch
    {
        SheetCellKind.Text => SheetStyles.Text(IsCentred(column), isLong: false, quoted: false),
        SheetCellKind.Date => SheetStyles.Date,
        _ => SheetStyles.Number(column),
    };
}

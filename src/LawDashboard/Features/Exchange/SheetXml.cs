using System.Globalization;
using System.Text;

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
    // From here on Excel's day numbers are right: its 29 February 1900 never was.
    static readonly DateOnly firstDate = new(1900, 3, 1);
    static readonly int dayZero = new DateOnly(1899, 12, 30).DayNumber;

    // Written once a cell, so kept as bytes: the opening up to the column's letters, the row's digits, the style.
    static readonly byte[][] styleMarks = [.. Enumerable.Range(0, SheetStyles.Count).Select(style => Encoding.ASCII.GetBytes($"\" s=\"{style}\""))];
    readonly byte[][] openings = [.. form.Headings.Select((_, i) => Encoding.ASCII.GetBytes($"<c r=\"{SheetForm.Letters(i)}"))];
    readonly int[] capacities = [.. form.Widths.Select(width => (int)width)];
    readonly int[] styles = [.. form.Columns.Select(Style)];
    readonly bool[] centred = [.. form.Columns.Select(IsCentred)];
    readonly byte[] rowDigits = new byte[10];
    int rowDigitCount;
    int row;

    /// <summary>The last row of data so far; the heading when there is none.</summary>
    public int LastRow { get; private set; } = SheetForm.HeadingRow;

    /// <summary>The last row that is printed.</summary>
    public int LastPrinted => row;

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
        StartRow(Math.Max(22, 6 + Lines(values) * 14.5));
        NumberCell(0, SheetStyles.Serial, ++totals.Rows);
        for (var i = 0; i < form.Columns.Count; i++) Cell(i, i < values.Length ? values[i] : null);
        EndRow();
        LastRow = row;
    }

    /// <summary>The totals, when the ledger ends here, and what follows the rows.</summary>
    public void End(bool isLast)
    {
        if (isLast && form.HasTotals) TotalRow();
        buffer.Raw($"""</sheetData><autoFilter ref="A{SheetForm.HeadingRow}:{form.LastColumn}{LastRow}"/><mergeCells>""");
        Merge(0, form.Columns.Count, 1);
        foreach (var segment in form.SecondLine) Merge(segment.First, segment.Last, 2);
        if (isLast && form.HasTotals) Merge(0, form.LabelSpan, row);
        buffer.Raw("""</mergeCells><printOptions horizontalCentered="1"/>"""u8);
        buffer.Raw("""<pageMargins left="0.59" right="0.59" top="0.71" bottom="0.71" header="0.31" footer="0.35"/>"""u8);
        buffer.Raw("""<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>"""u8);
        buffer.Raw("""<headerFooter><oddFooter>&amp;C&amp;"宋体,Regular"&amp;10第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter>"""u8);
        buffer.Raw($"""<ignoredErrors><ignoredError sqref="A{SheetForm.FirstRow}:{form.LastColumn}{Math.Max(row, SheetForm.FirstRow)}" numberStoredAsText="1"/></ignoredErrors></worksheet>""");
    }

    void TitleRows()
    {
        StartRow(38, isFixed: true);
        TextCell(0, SheetStyles.Title, form.Title);
        EndRow();
        StartRow(22, isFixed: true);
        foreach (var segment in form.SecondLine) TextCell(segment.First, segment.Style, segment.Text);
        EndRow();
        var lines = form.Headings.Select((heading, i) => SheetText.Lines(heading, capacities[i])).Max();
        StartRow(Math.Max(30, 8 + lines * 14.5), isFixed: true);
        for (var i = 0; i < form.Headings.Count; i++) TextCell(i, SheetStyles.Heading, form.Headings[i]);
        EndRow();
    }

    void TotalRow()
    {
        StartRow(26);
        TextCell(0, SheetStyles.TotalLabel, "合计");
        for (var i = 0; i < form.Columns.Count; i++)
        {
            var column = form.Columns[i];
            if (column.IsTotalled) DecimalCell(i + 1, SheetStyles.Total(column), totals.Sums[i]);
            else BlankCell(i + 1, SheetStyles.TotalLabel);
        }
        EndRow();
    }

    void Cell(int index, object? value)
    {
        var column = form.Columns[index];
        switch (value)
        {
            case null or "":
                BlankCell(index + 1, styles[index]);
                break;
            case string text:
                Text(index, text);
                break;
            case DateOnly date when column.Kind == SheetCellKind.Date && date >= firstDate:
                NumberCell(index + 1, styles[index], date.DayNumber - dayZero);
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
                DecimalCell(index + 1, styles[index], number);
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
        if (Math.Abs((decimal)number) < 1_000_000_000_000_000) NumberCell(index + 1, styles[index], number);
        else DecimalCell(index + 1, styles[index], number);
    }

    void Text(int index, string text)
    {
        text = SheetText.Clean(text);
        TextCell(index + 1, SheetStyles.Text(centred[index], text.Length > 255, SheetText.LooksLikeFormula(text)), text);
    }

    // Excel keeps 15 digits of a number; a longer one stays whole as a text.
    void DecimalCell(int column, int style, decimal number)
    {
        if (SignificantDigits(number) <= 15) NumberCell(column, style, number);
        else TextCell(column, style, number.ToString(CultureInfo.InvariantCulture));
    }

    static bool IsCentred(SheetColumn column) => column.Kind != SheetCellKind.Text || column.Width <= CentredWidth;

    static int Style(SheetColumn column) => column.Kind switch
    {
        SheetCellKind.Text => SheetStyles.Text(IsCentred(column), isLong: false, quoted: false),
        SheetCellKind.Date => SheetStyles.Date,
        _ => SheetStyles.Number(column),
    };

    static int SignificantDigits(decimal number)
    {
        if (number.Scale <= 6 && Math.Abs(number) < 1_000_000_000) return 15;
        Span<char> text = stackalloc char[32];
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        var digits = text[..length].TrimStart("-0.");
        if (number.Scale > 0) digits = digits.TrimEnd('0');
        var point = digits.IndexOf('.');
        return point < 0 ? digits.TrimEnd('0').Length : point == digits.Length - 1 ? digits[..point].TrimEnd('0').Length : digits.Length - 1;
    }

    int Lines(object?[] values)
    {
        var lines = 1;
        for (var i = 0; i < values.Length; i++)
            if (values[i] is string text) lines = Math.Max(lines, SheetText.Lines(text, capacities[i + 1]));
        return lines;
    }

    // The height is our estimate, not fixed, so that a row grows when someone edits it; 409.5 points are Excel's most.
    void StartRow(double height, bool isFixed = false)
    {
        buffer.Raw("<row r=\""u8);
        (++row).TryFormat(rowDigits, out rowDigitCount, default, CultureInfo.InvariantCulture);
        buffer.Raw(rowDigits.AsSpan(0, rowDigitCount));
        buffer.Raw("\" ht=\""u8);
        buffer.Number(Math.Min(height, 409.5));
        buffer.Raw(isFixed ? "\" customHeight=\"1\">"u8 : "\">"u8);
    }

    void EndRow() => buffer.Raw("</row>"u8);

    void StartCell(int column, int style)
    {
        buffer.Raw(openings[column]);
        buffer.Raw(rowDigits.AsSpan(0, rowDigitCount));
        buffer.Raw(styleMarks[style]);
    }

    void BlankCell(int column, int style)
    {
        StartCell(column, style);
        buffer.Raw("/>"u8);
    }

    void NumberCell<T>(int column, int style, T number) where T : IUtf8SpanFormattable
    {
        StartCell(column, style);
        buffer.Raw("><v>"u8);
        buffer.Number(number);
        buffer.Raw("</v></c>"u8);
    }

    void TextCell(int column, int style, string text)
    {
        StartCell(column, style);
        var hasEdges = text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]));
        buffer.Raw(hasEdges ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : " t=\"inlineStr\"><is><t>"u8);
        buffer.Escaped(text);
        buffer.Raw("</t></is></c>"u8);
    }

    void Merge(int first, int last, int mergedRow)
    {
        if (first < last) buffer.Raw($"""<mergeCell ref="{SheetForm.Letters(first)}{mergedRow}:{SheetForm.Letters(last)}{mergedRow}"/>""");
    }
}

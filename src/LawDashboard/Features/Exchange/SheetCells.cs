using System.Globalization;
using System.Text;

namespace LawDashboard.Features.Exchange;

/// <summary>Writes the rows of a sheet and their cells, in order, as XML. Columns count from 0, rows from 1.</summary>
sealed class SheetCells(SheetBuffer buffer, int columns)
{
    const int ExcelDigits = 15;
    const double ExcelHeight = 409.5;

    // What every cell needs is kept as bytes: its opening with the column's letters, the row's digits, its style.
    static readonly byte[][] styleMarks = [.. Enumerable.Range(0, SheetStyles.Count).Select(style => Encoding.ASCII.GetBytes($"\" s=\"{style}\""))];
    readonly byte[][] openings = [.. Enumerable.Range(0, columns).Select(column => Encoding.ASCII.GetBytes($"<c r=\"{SheetForm.Letters(column)}"))];
    readonly byte[] rowDigits = new byte[10];
    int rowDigitCount;

    /// <summary>The row being written, or the last one.</summary>
    public int Row { get; private set; }

    /// <summary>Begins the next row. Where its height in points is not fixed, the row grows when someone edits it.</summary>
    public void StartRow(double height, bool isFixed = false)
    {
        Row++;
        Row.TryFormat(rowDigits, out rowDigitCount, default, CultureInfo.InvariantCulture);
        buffer.Raw("<row r=\""u8);
        buffer.Raw(rowDigits.AsSpan(0, rowDigitCount));
        buffer.Raw("\" ht=\""u8);
        buffer.Number(Math.Min(height, ExcelHeight));
        buffer.Raw(isFixed ? "\" customHeight=\"1\">"u8 : "\">"u8);
    }

    public void EndRow() => buffer.Raw("</row>"u8);

    public void Blank(int column, int style)
    {
        Start(column, style);
        buffer.Raw("/>"u8);
    }

    public void Number(int column, int style, long number)
    {
        if (SignificantDigits(number) > ExcelDigits) Text(column, style, number.ToString(CultureInfo.InvariantCulture));
        else Exact(column, style, number);
    }

    public void Number(int column, int style, decimal number)
    {
        if (SignificantDigits(number) > ExcelDigits) Text(column, style, number.ToString(CultureInfo.InvariantCulture));
        else Exact(column, style, number);
    }

    public void Text(int column, int style, string text)
    {
        Start(column, style);
        var hasEdges = text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]));
        buffer.Raw(hasEdges ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : " t=\"inlineStr\"><is><t>"u8);
        buffer.Escaped(text);
        buffer.Raw("</t></is></c>"u8);
    }

    void Exact<T>(int column, int style, T number) where T : IUtf8SpanFormattable
    {
        Start(column, style);
        buffer.Raw("><v>"u8);
        buffer.Number(number);
        buffer.Raw("</v></c>"u8);
    }

    void Start(int column, int style)
    {
        buffer.Raw(openings[column]);
        buffer.Raw(rowDigits.AsSpan(0, rowDigitCount));
        buffer.Raw(styleMarks[style]);
    }

    // Excel drops the digits after the fifteenth, so a longer number stays whole as a text. Most need no counting.
    static int SignificantDigits(long number) =>
        number is > -1_000_000_000_000_000 and < 1_000_000_000_000_000 ? ExcelDigits : SignificantDigits((decimal)number);

    static int SignificantDigits(decimal number)
    {
        if (number.Scale <= 6 && number is > -1_000_000_000 and < 1_000_000_000) return ExcelDigits;
        Span<char> text = stackalloc char[32];
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        var first = text[..length].IndexOfAnyInRange('1', '9');
        if (first < 0) return 0;
        var digits = text[first..(text[..length].LastIndexOfAnyInRange('1', '9') + 1)];
        return digits.Contains('.') ? digits.Length - 1 : digits.Length;
    }
}

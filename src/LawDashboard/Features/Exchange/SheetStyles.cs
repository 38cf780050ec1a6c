using System.Text;

namespace LawDashboard.Features.Exchange;

/// <summary>The cell formats of a ledger sheet, by their index in the styles part, and that part.</summary>
static class SheetStyles
{
    /// <summary>More decimals than this are not shown; the values keep them.</summary>
    public const int MaxDecimals = 9;

    enum Face { Plain, Cell, Bold, Title }
    enum Fit { Wrap, Shrink }

    sealed record Look(Face Face, string Align, Fit Fit, int Number = 0, bool Border = true, bool Grey = false, bool Quote = false);

    // Numbers of number formats: up to 49 they are Excel's own. “@” keeps an ID number a text when its cell is edited.
    const int Whole = 1, TextFormat = 49, DateFormat = 176, Yuan = 177, FirstDecimals = 178;

    static readonly List<string> formats = [Format(new(Face.Plain, "general", Fit.Shrink, Border: false))];

    public static readonly int
        Title = Add(new(Face.Title, "center", Fit.Shrink, Border: false)),
        Left = Add(new(Face.Cell, "left", Fit.Shrink, Border: false)),
        Centre = Add(new(Face.Cell, "center", Fit.Shrink, Border: false)),
        Right = Add(new(Face.Cell, "right", Fit.Shrink, Border: false)),
        Heading = Add(new(Face.Bold, "center", Fit.Wrap, Grey: true)),
        Serial = Add(new(Face.Cell, "center", Fit.Shrink, Whole)),
        Date = Add(new(Face.Cell, "center", Fit.Shrink, DateFormat)),
        TotalLabel = Add(new(Face.Bold, "center", Fit.Shrink));

    static readonly int firstText = AddTexts(), firstNumber = AddNumbers(Face.Cell), firstTotal = AddNumbers(Face.Bold);

    /// <summary>How many styles there are.</summary>
    public static readonly int Count = formats.Count;

    /// <summary>The content of styles.xml.</summary>
    public static readonly byte[] Part = Encoding.UTF8.GetBytes(Build());

    /// <summary>
    /// The style of a text. Excel shows #### for a text of more than 255 characters in a cell formatted as text, so a long
    /// one has no number format; one that looks like a formula carries the mark of a typed apostrophe.
    /// </summary>
    public static int Text(bool centred, bool isLong, bool quoted) =>
        firstText + (centred ? 4 : 0) + (isLong ? 2 : 0) + (quoted ? 1 : 0);

    /// <summary>The style of a number in the column.</summary>
    public static int Number(SheetColumn column) => firstNumber + Offset(column);

    /// <summary>The style of the column's total.</summary>
    public static int Total(SheetColumn column) => firstTotal + Offset(column);

    static int Offset(SheetColumn column) => column.Kind switch
    {
        SheetCellKind.Money => 0,
        SheetCellKind.Integer => 1,
        _ => 1 + Math.Clamp(column.Decimals, 0, MaxDecimals),
    };

    static int AddTexts()
    {
        var first = formats.Count;
        foreach (var align in (string[])["left", "center"])
            foreach (var number in (int[])[TextFormat, 0])
                foreach (var quote in (bool[])[false, true])
                    Add(new(Face.Cell, align, Fit.Wrap, number, Quote: quote));
        return first;
    }

    static int AddNumbers(Face face)
    {
        var first = formats.Count;
        foreach (var number in (int[])[Yuan, .. Enumerable.Range(FirstDecimals, MaxDecimals + 1)])
            Add(new(face, "right", Fit.Shrink, number));
        return first;
    }

    static int Add(Look look)
    {
        formats.Add(Format(look));
        return formats.Count - 1;
    }

    // A number that does not fit its column shrinks: “####” on paper says nothing.
    static string Format(Look look)
    {
        var quote = look.Quote ? " quotePrefix=\"1\"" : "";
        var fit = look.Fit == Fit.Wrap ? "wrapText" : "shrinkToFit";
        return $"""
            <xf numFmtId="{look.Number}" fontId="{(int)look.Face}" fillId="{(look.Grey ? 2 : 0)}" borderId="{(look.Border ? 1 : 0)}" xfId="0"{quote} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="{look.Align}" vertical="center" {fit}="1"/></xf>
            """;
    }

    static string Build() =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <numFmts count="{MaxDecimals + 3}">{NumberFormats()}</numFmts>
        <fonts count="4">{Font("宋体", 11)}{Font("宋体", 10.5)}{Font("宋体", 10.5, bold: true)}{Font("方正小标宋简体", 20, bold: true)}</fonts>
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFD9D9D9"/><bgColor indexed="64"/></patternFill></fill></fills>
        <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{Edge("left")}{Edge("right")}{Edge("top")}{Edge("bottom")}<diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"><alignment vertical="center"/></xf></cellStyleXfs>
        <cellXfs count="{formats.Count}">{string.Concat(formats)}</cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
        </styleSheet>
        """;

    // “_ ” keeps the last digit a blank away from the border, as in Excel's own Chinese number format.
    static string NumberFormats()
    {
        var decimals = Enumerable.Range(0, MaxDecimals + 1).Select(count => $"0{(count > 0 ? "." : "")}{new string('0', count)}_ ");
        string[] codes = ["yyyy-mm-dd", "#,##0.00_ ", .. decimals];
        return string.Concat(codes.Select((code, i) => $"<numFmt numFmtId=\"{DateFormat + i}\" formatCode=\"{code}\"/>"));
    }

    // Character set 134 (GB2312) makes a machine without the font fall back to a Chinese one.
    static string Font(string name, double size, bool bold = false) => FormattableString.Invariant(
        $"<font>{(bold ? "<b/>" : "")}<sz val=\"{size}\"/><color rgb=\"FF000000\"/><name val=\"{name}\"/><family val=\"3\"/><charset val=\"134\"/></font>");

    static string Edge(string side) => $"<{side} style=\"thin\"><color rgb=\"FF000000\"/></{side}>";
}

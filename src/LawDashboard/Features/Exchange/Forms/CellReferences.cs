using System.Globalization;
using System.Net;
using System.Security;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>
/// What becomes of references to cells when rows are put in before a row of a sheet: those at it or below it move down, and a
/// range over it grows, as when a person does it by hand. Rows count from 1.
/// </summary>
/// <param name="Sheet">Name of the sheet that grows.</param>
/// <param name="Before">The row before which the new ones come.</param>
/// <param name="More">How many come.</param>
sealed partial record RowInsertion(string Sheet, int Before, int More)
{
    public int Moved(int row) => row >= Before ? row + More : row;

    /// <summary>Addresses and ranges as attributes hold them, several apart by blanks: B2:D5 F7.</summary>
    public string Ranges(string references) => Row().Replace(references, found => found.Groups["column"].Value + Moved(Number(found.Groups["row"].Value)).ToString(CultureInfo.InvariantCulture));

    /// <summary>A formula as it stands in the file, its entities included.</summary>
    /// <param name="own">It stands on the sheet that grows, so that what names no sheet is on it as well.</param>
    public string Formula(string escaped, bool own)
    {
        var formula = WebUtility.HtmlDecode(escaped);
        var moved = Reference().Replace(formula, found =>
        {
            if (!found.Groups["first"].Success || !(found.Groups["sheet"].Success ? Names(found.Groups["sheet"].Value) : own)) return found.Value;
            return found.Groups["sheet"].Value + Ranges(found.Groups["first"].Value) + (found.Groups["last"].Success ? ":" + Ranges(found.Groups["last"].Value) : "");
        });
        return moved == formula ? escaped : SecurityElement.Escape(moved);
    }

    /// <summary>The same formula as it reads so many rows and columns further on, where only what has no $ follows.</summary>
    public static string Translated(string escaped, int rows, int columns) => SecurityElement.Escape(Reference().Replace(WebUtility.HtmlDecode(escaped), found =>
        !found.Groups["first"].Success ? found.Value
            : found.Groups["sheet"].Value + Step(found.Groups["first"].Value, rows, columns) + (found.Groups["last"].Success ? ":" + Step(found.Groups["last"].Value, rows, columns) : "")));

    bool Names(string prefix) => string.Equals(prefix[..^1].Trim('\'').Replace("''", "'", StringComparison.Ordinal), Sheet, StringComparison.OrdinalIgnoreCase);

    static string Step(string reference, int rows, int columns) => Parts().Replace(reference, part =>
    {
        var (column, row) = (part.Groups["column"].Value, part.Groups["row"].Value);
        if (column.Length > 0 && column[0] != '$') column = SheetForm.Letters(Column(column) + columns);
        if (row.Length > 0 && row[0] != '$') row = (Number(row) + rows).ToString(CultureInfo.InvariantCulture);
        return column + row;
    });

    static int Column(string letters) => letters.Aggregate(0, (sum, letter) => sum * 26 + (letter - 'A' + 1)) - 1;
    static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<column>\$?[A-Z]{0,3}\$?)(?<row>[0-9]+)")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<column>\$?[A-Z]{1,3})?(?<row>\$?[0-9]+)?")]
    private static partial Regex Parts();

    /// <summary>Texts, other workbooks and tables in brackets are passed over; what is followed by a bracket or a letter is a name.</summary>
    [GeneratedRegex("""
        "(?:[^"]|"")*"|\[[^\]]*\][^!]*!\$?[A-Z]{1,3}\$?[0-9]+|\[[^\]]*\]|(?<![\p{L}\p{N}_.$!])(?<sheet>'(?:[^']|'')+'!|[\p{L}_][\p{L}\p{N}_.]*!)?(?:(?<first>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?<last>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?|(?<first>\$?[0-9]{1,7}):(?<last>\$?[0-9]{1,7}))(?![\p{L}\p{N}_(.!])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Reference();
}

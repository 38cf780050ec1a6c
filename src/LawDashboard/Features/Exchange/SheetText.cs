using System.Buffers;
using System.Text;
using LawDashboard.Data;

namespace LawDashboard.Features.Exchange;

/// <summary>What a text must be to stand in a sheet, and how much room it takes there.</summary>
static class SheetText
{
    /// <summary>Excel's limit of a cell, in UTF-16 units.</summary>
    public const int MaxLength = 32_767;

    const int MaxNameLength = 31;

    // Tab and line feed are allowed. A carriage return is, but every reader turns it into something else.
    static readonly SearchValues<char> controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c).Where(c => c is not ('\t' or '\n'))]);

    static readonly SearchValues<char> forbiddenInNames = SearchValues.Create(@"\/?*[]:");

    /// <summary>
    /// The text as a cell can hold it: without characters that XML forbids and without lone surrogates, lines ended by a
    /// line feed, and with an ellipsis where Excel's limit cuts it. A text that is fine already is returned as it is.
    /// </summary>
    public static string Clean(string text)
    {
        if (IsDelicate(text)) text = WithoutIllegal(text);
        return text.Shortened(MaxLength);
    }

    /// <summary>A spreadsheet would take the text for a formula if someone typed it.</summary>
    public static bool LooksLikeFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t';

    /// <summary>Half-width characters that the text takes on one line; everything outside ASCII is full width in 宋体.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var c in text) width += Width(c);
        return width;
    }

    /// <summary>Lines that the text takes in a column of that many half-width characters; Latin words and numbers stay whole.</summary>
    public static int Lines(ReadOnlySpan<char> text, int capacity)
    {
        if (text.Length * 2 <= capacity && !text.Contains('\n')) return 1;
        int lines = 1, line = 0, word = 0;
        foreach (var c in text)
        {
            if (c == '\n')
            {
                lines++;
                line = word = 0;
                continue;
            }
            var width = Width(c);
            line += width;
            word = width == 1 && c != ' ' ? word + 1 : 0;
            if (line <= capacity) continue;
            lines++;
            line = word > 0 && word <= capacity ? word : width;
            word = Math.Min(word, line);
        }
        return lines;
    }

    /// <summary>The name of the <paramref name="number"/>th sheet of a ledger, as Excel allows it.</summary>
    public static string SheetName(string name, int number)
    {
        var suffix = number == 1 ? "" : $"（{number}）";
        var allowed = string.Concat(Clean(name).Where(c => !forbiddenInNames.Contains(c) && !char.IsControl(c)));
        allowed = allowed.Trim().Trim('\'').Beginning(MaxNameLength - suffix.Length).TrimEnd('\'', ' ');
        // “History” is a name that Excel keeps for itself.
        if (allowed.Length == 0 || allowed.Equals("History", StringComparison.OrdinalIgnoreCase)) allowed = "台账";
        return allowed + suffix;
    }

    static int Width(char c) => c < 0x80 ? 1 : char.IsLowSurrogate(c) ? 0 : 2;

    static bool IsDelicate(ReadOnlySpan<char> text) =>
        text.ContainsAny(controls) || text.ContainsAnyInRange('\uD800', '\uDFFF') || text.ContainsAnyInRange('\uFFFE', '\uFFFF');

    static string WithoutIllegal(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (rune.Value == '\r') clean.Append(rest.StartsWith("\r\n") ? "" : "\n");
            else if (status == OperationStatus.Done && IsLegal(rune.Value)) clean.Append(rest[..length]);
            rest = rest[length..];
        }
        return clean.Length == text.Length && clean.Equals(text) ? text : clean.ToString();
    }

    // XML 1.0, production 2 (Char).
    static bool IsLegal(int codePoint) => codePoint is '\t' or '\n' or >= 0x20 and not (0xFFFE or 0xFFFF);
}

using System.Globalization;
using System.Text;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>Cells and headings as text, and texts in the form in which they are compared.</summary>
static class CellText
{
    /// <summary>A cell as people see it: dates as 2026-03-05, whole numbers without decimals; empty when there is nothing.</summary>
    public static string Show(object? cell) => cell switch
    {
        null => "",
        string text => text.Trim(),
        double number => Number(number),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        bool flag => flag ? "是" : "否",
        TimeSpan span => span.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    /// <summary>Whole numbers up to 15 digits are what was typed; beyond that Excel itself has lost digits.</summary>
    static string Number(double number) =>
        Math.Abs(number) < 1e15 ? ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);

    public static bool IsBlank(object? cell) => cell is null || (cell is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>C12: the letters of the column (from 0) and the number of the row.</summary>
    public static string Address(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{SheetForm.Letters(column)}{row}");

    /// <summary>Full-width letters, digits and signs as half-width ones.</summary>
    public static string HalfWidth(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('！', '～') && !text.Contains('　')) return text;
        return string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = source[i] is >= '！' and <= '～' ? (char)(source[i] - 0xFEE0) : source[i] == '　' ? ' ' : source[i];
        });
    }

    /// <summary>A heading or word for comparing: half-width, in small letters, without blanks, punctuation and the marks of forms.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in HalfWidth(text))
            if (char.IsLetterOrDigit(c) || c is '√' or '✓' or '✔' or '×' or '✗' or '✘' or '☑' or '☐' or '#' or '%') plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }

    /// <summary>The heading without what stands in brackets: 涉及金额（万元） → 涉及金额.</summary>
    public static string WithoutBrackets(string text)
    {
        var plain = new StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in HalfWidth(text))
        {
            if (c is '(' or '[' or '【' or '〔') depth++;
            else if (c is ')' or ']' or '】' or '〕') depth = Math.Max(0, depth - 1);
            else if (depth == 0) plain.Append(c);
        }
        return plain.ToString();
    }
}

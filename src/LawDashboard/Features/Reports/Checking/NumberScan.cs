using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>How exactly a number is stated.</summary>
enum Precision { Exact, SomeMore, Nearly, AtLeast }

/// <summary>A number with its measure word as it stands in a text.</summary>
/// <param name="Amount">Its value, 万 and 亿 multiplied out; of 12.3% it is 12.3.</param>
/// <param name="Unit">Measure word: 件, 人次, %.</param>
sealed record StatedNumber(int Start, int Length, decimal Amount, string Digits, string Unit, Precision Precision)
{
    public int End => Start + Length;
}

/// <summary>
/// Finds the numbers in a text that claim something: digits, or large Chinese numerals, before a measure word. Dates,
/// document numbers, articles of laws and numbers that are names are none.
/// </summary>
sealed partial class NumberScan(CheckLists lists)
{
    readonly IReadOnlyList<string> units = [.. lists.MeasureWords.OrderByDescending(unit => unit.Length)];

    public IEnumerable<StatedNumber> Of(string text)
    {
        foreach (Match match in Number().Matches(text))
        {
            var after = text.AsSpan(match.Index + match.Length);
            var unit = UnitAt(after);
            if (unit is null || IsName(text, match.Index) || Dated().IsMatch(text.AsSpan(match.Index))) continue;
            var before = match.Index > 0 ? text[match.Index - 1] : ' ';
            if (before is '第' or '〔' or '—' or '-' or '/' or '·' || char.IsAsciiLetterOrDigit(before)) continue;
            var (amount, scale) = Parse(match);
            var precision = match.Groups["more"].Success ? Precision.SomeMore : before == '近' ? Precision.Nearly
                : after[unit.Length..].StartsWith("以上") ? Precision.AtLeast : Precision.Exact;
            // 万元 is a unit of its own; the factor stands in it.
            if (unit is "万元" or "亿元") (amount, unit) = (amount * (unit == "万元" ? 10_000 : 100_000_000), "元");
            yield return new(match.Index, match.Length + UnitAt(after)!.Length, amount * scale, match.Value, unit == "％" ? "%" : unit, precision);
        }
    }

    string? UnitAt(ReadOnlySpan<char> after)
    {
        foreach (var unit in units)
            if (after.StartsWith(unit, StringComparison.Ordinal)) return unit;
        return null;
    }

    bool IsName(string text, int at) => lists.Fixed.Any(name =>
    {
        var from = text.LastIndexOf(name, Math.Min(text.Length - 1, at + name.Length), StringComparison.Ordinal);
        return from >= 0 && from <= at && at < from + name.Length;
    });

    static (decimal Amount, decimal Scale) Parse(Match match)
    {
        var scale = match.Groups["scale"].Value switch { "万" => 10_000m, "亿" => 100_000_000m, _ => 1m };
        return decimal.TryParse(match.Groups["digits"].Value.Normalize(NormalizationForm.FormKC), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? (amount, scale) : (Chinese(match.Groups["chinese"].Value), scale);
    }

    /// <summary>两万, 三百二十, 四千五: enough for the numbers that reports write in words.</summary>
    static decimal Chinese(string text)
    {
        const string digits = "零一二三四五六七八九";
        var (total, section, digit) = (0m, 0m, 0m);
        foreach (var c in text)
        {
            if (c == '两') digit = 2;
            else if (digits.IndexOf(c, StringComparison.Ordinal) is >= 0 and var value) digit = value;
            else if (c == '万') (total, section, digit) = ((total + section + digit) * 10_000, 0, 0);
            else (section, digit) = (section + Math.Max(digit, 1) * (c == '千' ? 1000 : c == '百' ? 100 : 10), 0);
        }
        return total + section + digit;
    }

    [GeneratedRegex("(?:(?<digits>[0-9０-９]+(?:[.．][0-9０-９]+)?)|(?<chinese>[一二两三四五六七八九](?:[一二两三四五六七八九十百千万零]*[百千万])))(?<scale>万(?!元)|亿(?!元))?(?<more>余|多)?")]
    private static partial Regex Number();

    /// <summary>A year or a date begins here.</summary>
    [GeneratedRegex("^\\d+\\s*(年|月|日|号|时|点|元旦)")]
    private static partial Regex Dated();
}

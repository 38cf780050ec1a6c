using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>
/// How alike two short Chinese texts are, from 0 to 1: by their pairs of neighbouring characters (Dice), or by how far the
/// shorter is contained in the longer. Signs, width, case and dates do not matter; texts that differ in their counter
/// (第1期, 第2期) speak of two events of a series and are never more than half alike.
/// </summary>
public static partial class Similarity
{
    /// <summary>A text within another is a little less than the same text.</summary>
    const double Contained = 0.85;
    /// <summary>Pairs that the shorter text must have before being contained says anything.</summary>
    const int LeastContained = 3;
    const double OtherCounter = 0.5;

    public static double Of(string? a, string? b)
    {
        var (left, right) = (Normal(a), Normal(b));
        if (left.Length == 0 || right.Length == 0) return 0;
        var alike = left == right ? 1 : OfPairs(Pairs(left), Pairs(right));
        return Counters(a) is { Count: > 0 } mine && Counters(b) is { Count: > 0 } theirs && !mine.SetEquals(theirs) ? Math.Min(alike, OtherCounter) : alike;
    }

    /// <summary>The text as it is compared: half-width, lower case, without signs, dates and counters.</summary>
    internal static string Normal(string? text)
    {
        var plain = Counter().Replace(Date().Replace(Half(text), ""), "");
        var kept = new StringBuilder(plain.Length);
        foreach (var sign in plain)
            if (char.IsLetterOrDigit(sign)) kept.Append(char.ToLowerInvariant(sign));
        // A text of nothing but a date or counter is compared as it stands.
        return kept.Length > 0 ? kept.ToString() : string.Concat(Half(text).Where(char.IsLetterOrDigit));
    }

    static double OfPairs(Dictionary<(char, char), int> a, Dictionary<(char, char), int> b)
    {
        var common = a.Sum(pair => Math.Min(pair.Value, b.GetValueOrDefault(pair.Key)));
        var (mine, theirs) = (a.Values.Sum(), b.Values.Sum());
        var dice = 2.0 * common / (mine + theirs);
        var shorter = Math.Min(mine, theirs);
        return shorter < LeastContained ? dice : Math.Max(dice, Contained * common / shorter);
    }

    /// <summary>Neighbouring characters with how often they stand together; a single character is paired with itself.</summary>
    static Dictionary<(char, char), int> Pairs(string text)
    {
        var pairs = new Dictionary<(char, char), int>();
        for (var at = 0; at < Math.Max(1, text.Length - 1); at++)
        {
            var pair = (text[at], text[Math.Min(at + 1, text.Length - 1)]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        }
        return pairs;
    }

    static HashSet<string> Counters(string? text) =>
        [.. Counter().Matches(Date().Replace(Half(text), "")).Select(match => Plain(match.Groups["n"].Value) + match.Groups["of"].Value)];

    /// <summary>十二 and 12 are the same number; up to 99, which is as far as series go.</summary>
    static string Plain(string number)
    {
        if (char.IsAsciiDigit(number[0])) return number.TrimStart('0');
        var (value, digit) = (0, 0);
        foreach (var sign in number)
            if (sign == '十') (value, digit) = (value + (digit == 0 ? 1 : digit) * 10, 0);
            else digit = "〇一二三四五六七八九".IndexOf(sign) is var n and >= 0 ? n : 2;
        return (value + digit).ToString(CultureInfo.InvariantCulture);
    }

    static string Half(string? text) => (text ?? "").Normalize(NormalizationForm.FormKC);

    [GeneratedRegex(@"(\d{4}\s*[-./年]\s*)?\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?|\d{4}年(\d{1,2}月)?|\d{1,2}月份?")]
    private static partial Regex Date();
    [GeneratedRegex(@"第?\s*(?<n>\d{1,3}|[〇一二两三四五六七八九十]{1,3})\s*(?<of>[期次批场轮届讲课])")]
    private static partial Regex Counter();
}

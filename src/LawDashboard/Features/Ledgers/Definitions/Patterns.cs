using System.Text.RegularExpressions;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>Texts with {placeholders}, as in titles and serial numbers.</summary>
public static partial class Patterns
{
    public static IEnumerable<string> Keys(string pattern) => Placeholder().Matches(pattern).Select(match => match.Groups[1].Value);

    /// <summary>Replaces each {key}; what has no value becomes nothing.</summary>
    public static string Fill(string pattern, Func<string, string?> value) =>
        Placeholder().Replace(pattern, match => value(match.Groups[1].Value) ?? "");

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}

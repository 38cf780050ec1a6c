using System.Text;

namespace LawDashboard.Data;

/// <summary>
/// How text is cut up so that any part of it can be found. Each character begins a token of two characters, or of four
/// where it is ASCII: two keep Chinese words of two characters, the usual ones, exact, and four keep serial numbers and
/// dates from sharing nearly all their tokens with every other row. A word is then a phrase of such tokens, and a word
/// shorter than a token the beginning of one. The common trigram index finds nothing shorter than three characters.
/// Both databases use the same tokens; case and the width of digits, letters and signs make no difference.
/// </summary>
public static class SearchTokens
{
    const int AsciiLength = 4, OtherLength = 2;

    /// <summary>Characters from the private use area, which texts lose on the way in, tell other tokens from those of open text.</summary>
    internal const string Personal = "\uE000", Scope = "\uE001";
    const string Gap = "\uE002";

    /// <summary>A word that is asked for.</summary>
    /// <param name="OpenEnd">The last token may go on: the word ended before the token was full.</param>
    internal sealed record Phrase(IReadOnlyList<string> Tokens, bool OpenEnd);

    /// <summary>
    /// Text as it is compared: lower case, full-width signs as half-width ones, one blank for each character that is none.
    /// It keeps its length, so that what is found in it can be marked in the text as written.
    /// </summary>
    public static string Normal(string text) => string.Create(text.Length, text, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = source[i];
            if (char.IsHighSurrogate(c) && i + 1 < source.Length && char.IsLowSurrogate(source[i + 1]))
            {
                span[i] = c;
                span[++i] = source[i];
            }
            // Half a character outside the basic plane is no character.
            else if (char.IsSurrogate(c)) span[i] = '\uFFFD';
            else if (char.IsWhiteSpace(c) || char.IsControl(c) || c is >= '\uE000' and <= '\uF8FF') span[i] = ' ';
            else span[i] = char.ToLowerInvariant(c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c);
        }
    });

    /// <summary>The words of what somebody typed; all of them must occur.</summary>
    public static IReadOnlyList<string> Words(string? search) =>
        string.IsNullOrWhiteSpace(search) ? [] : [.. Normal(search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>All tokens of a normal text, in order.</summary>
    internal static IEnumerable<string> OfText(string normal)
    {
        bool? before = null;
        foreach (var word in normal.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // Tokens of two words must not look like those of one: within a kind their overlap tells, between kinds this does.
            if (before is { } last && last != char.IsAscii(word[0])) yield return Gap;
            foreach (var run in Runs(word))
                foreach (var token in Tokens(run, upToTheEnd: true)) yield return token;
            before = char.IsAscii(word[^1]);
        }
    }

    internal static Phrase OfWord(string word)
    {
        var runs = Runs(word).ToList();
        var last = Tokens(runs[^1], upToTheEnd: false).ToList();
        return new([.. runs.SkipLast(1).SelectMany(run => Tokens(run, upToTheEnd: true)), .. last], Starts(runs[^1]).Count < Length(runs[^1]));
    }

    /// <summary>Stretches of ASCII and of other characters.</summary>
    static IEnumerable<string> Runs(string word)
    {
        var start = 0;
        for (var i = 1; i <= word.Length; i++)
            if (i == word.Length || char.IsAscii(word[i]) != char.IsAscii(word[start]))
            {
                yield return word[start..i];
                start = i;
            }
    }

    /// <param name="upToTheEnd">Also the shorter tokens of the last characters: the run is known to end there.</param>
    static IEnumerable<string> Tokens(string run, bool upToTheEnd)
    {
        var (starts, length) = (Starts(run), Length(run));
        var count = upToTheEnd ? starts.Count : Math.Max(starts.Count - length + 1, 1);
        for (var i = 0; i < count; i++)
            yield return Plain(run[starts[i]..(i + length < starts.Count ? starts[i + length] : run.Length)]);
    }

    static int Length(string run) => char.IsAscii(run[0]) ? AsciiLength : OtherLength;

    /// <summary>Where the characters begin; those outside the basic plane take two places.</summary>
    static List<int> Starts(string run)
    {
        var starts = new List<int>(run.Length);
        for (var i = 0; i < run.Length; i++)
            if (!char.IsLowSurrogate(run[i])) starts.Add(i);
        return starts;
    }

    /// <summary>Signs mean something to both databases; in tokens they stand for themselves under other numbers.</summary>
    static string Plain(string token)
    {
        if (token.All(c => c >= 0x80 || char.IsAsciiLetterOrDigit(c))) return token;
        var plain = new StringBuilder(token.Length);
        foreach (var c in token) plain.Append(c < 0x80 && !char.IsAsciiLetterOrDigit(c) ? (char)(0xE100 + c) : c);
        return plain.ToString();
    }
}

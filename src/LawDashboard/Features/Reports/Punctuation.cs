using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports;

/// <summary>Mends a paragraph from which sentences were left out: how it ends, and 一是…二是… in sequence.</summary>
static partial class Punctuation
{
    public static IReadOnlyList<ReportSentence> Close(IReadOnlyList<ReportSentence> sentences, bool someLeftOut)
    {
        var mended = (someLeftOut ? Renumber(sentences) : sentences).ToArray();
        if (mended is [.., { Runs: [.., { Figure: null, Gap: false } last] } sentence] && last.Text.EndsWith('；'))
            mended[^1] = sentence with { Runs = [.. sentence.Runs.SkipLast(1), last with { Text = last.Text[..^1] + "。" }] };
        return mended;
    }

    /// <summary>Counts 一是, 二是 anew; one that is left alone loses its number.</summary>
    static IEnumerable<ReportSentence> Renumber(IReadOnlyList<ReportSentence> sentences)
    {
        var numbered = sentences.Count(sentence => Match(sentence).Success);
        var number = 0;
        foreach (var sentence in sentences)
        {
            if (Match(sentence) is { Success: true } match)
            {
                var ordinal = numbered == 1 ? "" : Numerals.Chinese(++number) + "是";
                yield return sentence with { Runs = [sentence.Runs[0] with { Text = ordinal + sentence.Runs[0].Text[match.Length..] }, .. sentence.Runs.Skip(1)] };
            }
            else yield return sentence;
        }
    }

    static Match Match(ReportSentence sentence) => Ordinal().Match(sentence.Runs is [{ Figure: null, Gap: false, Text: var text }, ..] ? text : "");

    [GeneratedRegex("^[一二三四五六七八九十]{1,3}是")]
    private static partial Regex Ordinal();
}

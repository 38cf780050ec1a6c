using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>What is said twice, and what was said last year already.</summary>
static class RepetitionRules
{
    /// <summary>Shorter sentences recur for good reasons.</summary>
    const int ShortestSentence = 12;
    const int ShortestAlike = 24;
    const double Alike = 0.92;
    /// <summary>A single official phrase is no passage.</summary>
    const int ShortestPassage = 60;

    public static IEnumerable<ClaimFinding> Check(CheckedReport report) => Doubled(report).Concat(Transitions(report)).Concat(SameAsLastYear(report));

    static IEnumerable<ClaimFinding> Doubled(CheckedReport report)
    {
        List<(StructuredParagraph Paragraph, SentenceRange Range, string Bare)> before = [];
        foreach (var (paragraph, number, range, text) in report.Sentences)
        {
            var bare = Similarity.Bare(text);
            if (bare.Length < ShortestSentence) continue;
            var twin = before.FirstOrDefault(other => other.Bare == bare
                || bare.Length >= ShortestAlike && Digits(bare) == Digits(other.Bare) && Similarity.OfBare(bare, other.Bare) >= Alike);
            if (twin.Paragraph is not null)
                yield return report.At(ClaimRules.Doubled, ClaimSeverity.Error, paragraph, range.Start, range.Length, $"与第{twin.Paragraph.Index + 1}段的一句话{(twin.Bare == bare ? "相同" : "几乎相同")}。", "删去其中一句。");
            before.Add((paragraph, range, bare));
        }
    }

    static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>现将有关情况报告如下 leads over once; a second one is left from another draft.</summary>
    static IEnumerable<ClaimFinding> Transitions(CheckedReport report)
    {
        List<(StructuredParagraph Paragraph, int Start, int Length)> found = [];
        foreach (var paragraph in report.Structure.Text)
            foreach (var transition in report.Words.Lists.Transitions)
                for (var at = paragraph.Text.IndexOf(transition.Begin, StringComparison.Ordinal); at >= 0; at = paragraph.Text.IndexOf(transition.Begin, at + 1, StringComparison.Ordinal))
                {
                    var end = paragraph.Text.IndexOf(transition.End, at, StringComparison.Ordinal);
                    if (end >= 0 && paragraph.Text.IndexOf('。', at, end - at) < 0) found.Add((paragraph, at, end + transition.End.Length - at));
                }
        // From one beginning the nearest end counts, so that two transitions in a row are two.
        var clauses = found.GroupBy(clause => (clause.Paragraph.Index, End: clause.Start + clause.Length)).Select(group => group.MaxBy(clause => clause.Start))
            .OrderBy(clause => clause.Paragraph.Index).ThenBy(clause => clause.Start).ToList();
        foreach (var clause in clauses.Skip(1))
            yield return report.At(ClaimRules.Doubled, ClaimSeverity.Error, clause.Paragraph, clause.Start, clause.Length, "过渡句重复。", "只保留一句。");
    }

    /// <summary>A sentence counts as taken over when its words are alike and its numbers the same; new numbers are news.</summary>
    static IEnumerable<ClaimFinding> SameAsLastYear(CheckedReport report)
    {
        if (report.Occasion.LastYear is not { } document) yield break;
        List<string> last = [.. DocumentStructure.Of(document).Text.SelectMany(paragraph => paragraph.Sentences.Select(range => Neutral(paragraph.Text.Substring(range.Start, range.Length), report.Occasion.Year - 1)))];
        var share = (double)report.Words.Lists.SameAsLastYear;
        foreach (var paragraph in report.Structure.Text.Where(paragraph => Similarity.Bare(paragraph.Text[paragraph.HeadingLength..]).Length >= ShortestPassage))
        {
            var (same, all) = (0, 0);
            foreach (var range in paragraph.Sentences)
            {
                var text = Neutral(paragraph.Text.Substring(range.Start, range.Length), report.Occasion.Year);
                all += text.Length;
                if (last.Any(old => Digits(old) == Digits(text) && Similarity.OfBare(text, old) >= share)) same += text.Length;
            }
            if (all > 0 && same >= all * share)
                yield return report.At(ClaimRules.Repeated, ClaimSeverity.Warning, paragraph, paragraph.HeadingLength, paragraph.Text.Length - paragraph.HeadingLength,
                    $"与上年报告有{same * 100 / all}%相同。", "按本年度的事实和数据重写。");
        }
    }

    /// <summary>The year under report is the same word in both.</summary>
    static string Neutral(string text, int year) => Similarity.Bare(text.Replace($"{year}年", "本年", StringComparison.Ordinal).Replace($"{year + 1}年", "下年", StringComparison.Ordinal));
}

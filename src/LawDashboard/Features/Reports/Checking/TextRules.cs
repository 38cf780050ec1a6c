using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>The text as such: its length, brackets and quotes, places left open.</summary>
static class TextRules
{
    const string Opening = "（“‘《〈「『【〔(";
    const string Closing = "）”’》〉」』】〕)";

    public static IEnumerable<ClaimFinding> Check(CheckedReport report) => Length(report).Concat(Brackets(report)).Concat(Gaps(report));

    static IEnumerable<ClaimFinding> Length(CheckedReport report)
    {
        if (report.Facts is { Purpose: not ReportKind.Annual }) yield break;
        var characters = report.Structure.Text.Sum(paragraph => paragraph.Text.Count(c => c is >= '\u4E00' and <= '\u9FFF'));
        var (min, max) = (report.Words.Lists.Length.Min, report.Words.Lists.Length.Max);
        if (characters < min) yield return CheckedReport.Whole(ClaimRules.Length, ClaimSeverity.Hint, $"正文{characters}个汉字，少于{min}。", "补充主要举措、问题和下一年度安排。");
        else if (characters > max) yield return CheckedReport.Whole(ClaimRules.Length, ClaimSeverity.Hint, $"正文{characters}个汉字，超过{max}。", "删去空话和重复内容。");
    }

    static IEnumerable<ClaimFinding> Brackets(CheckedReport report)
    {
        foreach (var paragraph in report.Structure.Paragraphs)
        {
            var open = new Stack<int>();
            for (var i = 0; i < paragraph.Text.Length; i++)
            {
                if (Opening.Contains(paragraph.Text[i], StringComparison.Ordinal)) open.Push(i);
                else if (Closing.IndexOf(paragraph.Text[i], StringComparison.Ordinal) is >= 0 and var kind)
                {
                    if (open.TryPeek(out var at) && Matches(paragraph.Text[at], kind)) open.Pop();
                    else if (!NumbersAList(paragraph.Text, i)) yield return Half(report, paragraph, i);
                }
            }
            foreach (var at in open.Reverse()) yield return Half(report, paragraph, at);
        }
    }

    /// <summary>1) and a) have no first half.</summary>
    static bool NumbersAList(string text, int at) =>
        text[at] is ')' or '）' && at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]) && (at == 1 || "；。：，、 ".Contains(text[at - 2], StringComparison.Ordinal));

    /// <summary>Round brackets of both widths close each other.</summary>
    static bool Matches(char opening, int closing) => Opening.IndexOf(opening, StringComparison.Ordinal) == closing || opening is '（' or '(' && Closing[closing] is '）' or ')';

    static ClaimFinding Half(CheckedReport report, StructuredParagraph paragraph, int at) =>
        report.At(ClaimRules.Brackets, ClaimSeverity.Error, paragraph, at, 1, $"“{paragraph.Text[at]}”没有与之成对的另一半。", "补上或删去。");

    static IEnumerable<ClaimFinding> Gaps(CheckedReport report)
    {
        foreach (var (paragraph, start) in report.Find("〔待补："))
        {
            var end = paragraph.Text.IndexOf('〕', start);
            yield return report.At(ClaimRules.Gap, ClaimSeverity.Warning, paragraph, start, (end < 0 ? paragraph.Text.Length : end + 1) - start, "台账没有提供这一内容。", "补登台账后重新起草，或由起草人补写。");
        }
    }
}

using System.Text.RegularExpressions;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>What a yearly report must have, in order: required items, title, signature, date, the numbering of its headings.</summary>
static partial class StructureRules
{
    const string Digits = "一二三四五六七八九";

    public static IEnumerable<ClaimFinding> Check(CheckedReport report) =>
        RequiredItems(report).Concat(Closing(report)).Concat(Title(report)).Concat(Numbering(report)).Concat(Content(report));

    static IEnumerable<ClaimFinding> RequiredItems(CheckedReport report)
    {
        if (report.Facts is { Purpose: not ReportKind.Annual }) yield break;
        foreach (var item in report.Words.Required.Where(item => item.Required))
        {
            if (report.Structure.Sections.Any(section => item.Headings.Any(word => section.Heading.Contains(word, StringComparison.Ordinal)))) continue;
            var mentioned = report.Structure.Text.FirstOrDefault(paragraph => item.Headings.Any(word => paragraph.Text.Contains(word, StringComparison.Ordinal)));
            yield return CheckedReport.Whole(ClaimRules.RequiredItem, ClaimSeverity.Error,
                $"缺少“{item.Name}”一节（{item.Basis}）{(mentioned is null ? "" : $"，只在第{mentioned.Index + 1}段提到")}。", "单列一节，用本年度的事实和数据写明。");
        }
    }

    static IEnumerable<ClaimFinding> Closing(CheckedReport report)
    {
        if (report.Structure.Signature is null)
            yield return CheckedReport.Whole(ClaimRules.Signature, ClaimSeverity.Error, "文末没有署名。", "正文之后写明发文机关全称。");
        if (report.Structure.Date is not { } date)
            yield return CheckedReport.Whole(ClaimRules.Date, ClaimSeverity.Error, "文末没有成文日期。", "署名之下写明年、月、日。");
        else if (!OfficialDate().IsMatch(date.Text))
            yield return report.At(ClaimRules.Date, ClaimSeverity.Warning, date, 0, date.Text.Length, "成文日期应用阿拉伯数字，年、月、日齐全，不编虚位（GB/T 9704 7.3.5.4）。", "例如“2027年2月5日”。");
    }

    static IEnumerable<ClaimFinding> Title(CheckedReport report)
    {
        var line = report.Structure.Paragraphs.FirstOrDefault(paragraph => paragraph.Kind == PartKind.Title && Year().IsMatch(paragraph.Text));
        if (line is null) yield break;
        var year = Year().Match(line.Text);
        if (year.Groups[1].Value != Numerals.Plain(report.Occasion.Year))
            yield return report.At(ClaimRules.Title, ClaimSeverity.Error, line, year.Index, year.Length, $"核查的是{report.Occasion.Year}年度。", "核对年度，或改用对应年度核查。");
    }

    /// <summary>一、（一）1.（1） and 一是 each run on by one; a new heading above begins them anew.</summary>
    static IEnumerable<ClaimFinding> Numbering(CheckedReport report)
    {
        var last = new int[5];
        foreach (var paragraph in report.Structure.Text)
        {
            if (Number(paragraph.Text) is { } mark)
            {
                Array.Clear(last, mark.Level + 1, last.Length - mark.Level - 1);
                var expected = last[mark.Level] + 1;
                // A list of its own may begin anew at 1.
                if (mark.Value != expected && !(mark.Level > 1 && mark.Value == 1))
                    yield return report.At(ClaimRules.Numbering, ClaimSeverity.Error, paragraph, 0, mark.Length,
                        last[mark.Level] == 0 ? "同级标题没有从一开始编号。" : $"上一个同级编号是{last[mark.Level]}，这里是{mark.Value}。", "按顺序重新编号，核对是否漏了内容。");
                last[mark.Level] = mark.Value;
            }
            var ordinal = 0;
            foreach (Match match in Ordinal().Matches(paragraph.Text))
            {
                var value = Value(match.Groups[1].Value);
                if (ordinal > 0 && value > ordinal + 1)
                    yield return report.At(ClaimRules.Numbering, ClaimSeverity.Error, paragraph, match.Groups[1].Index, match.Groups[1].Length + 1, $"“{Numerals.Chinese(ordinal)}是”之后是“{match.Groups[1].Value}是”。", "按顺序重新编号，核对是否漏了内容。");
                ordinal = value;
            }
        }
    }

    static (int Level, int Value, int Length)? Number(string text)
    {
        foreach (var (level, pattern) in ((int, Regex)[])[(1, First()), (2, Second()), (3, Third()), (4, Fourth())])
            if (pattern.Match(text) is { Success: true } match && Value(match.Groups[1].Value) is > 0 and var value) return (level, value, match.Length);
        return null;
    }

    static int Value(string text)
    {
        if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var arabic)) return arabic;
        var ten = text.IndexOf('十', StringComparison.Ordinal);
        if (ten < 0) return text.Length == 1 ? Digits.IndexOf(text[0], StringComparison.Ordinal) + 1 : 0;
        var tens = ten == 0 ? 1 : Digits.IndexOf(text[ten - 1], StringComparison.Ordinal) + 1;
        return tens * 10 + (ten + 1 < text.Length ? Digits.IndexOf(text[ten + 1], StringComparison.Ordinal) + 1 : 0);
    }

    /// <summary>A heading on one field of work over a text on another: the text speaks of the other clearly more often.</summary>
    static IEnumerable<ClaimFinding> Content(CheckedReport report)
    {
        const int clearly = 4;
        foreach (var section in report.Structure.Sections)
        {
            var named = report.Words.Topics.Where(topic => topic.Heading.Any(word => section.Heading.Contains(word, StringComparison.Ordinal))).ToList();
            if (named.Count == 0) continue;
            var own = named.Sum(topic => Count(section.Text, topic.Content));
            foreach (var other in report.Words.Topics.Except(named))
                if (Count(section.Text, other.Content) is var count && count >= clearly && count > 2 * own)
                    yield return report.At(ClaimRules.Mismatch, ClaimSeverity.Warning, section.Head, 0, section.Head.HeadingLength,
                        $"标题讲{named[0].Name}，内容主要讲{other.Name}。", "改标题，或把内容移到对应的部分。");
        }
    }

    static int Count(string text, IReadOnlyList<string> words) => words.Sum(word => (text.Length - text.Replace(word, "", StringComparison.Ordinal).Length) / word.Length);

    [GeneratedRegex("^\\d{4}年([1-9]|1[0-2])月([1-9]|[12]\\d|3[01])日$")]
    private static partial Regex OfficialDate();

    [GeneratedRegex("(20\\d{2})\\s*年")]
    private static partial Regex Year();

    [GeneratedRegex("^([一二三四五六七八九十]{1,3})、")]
    private static partial Regex First();

    [GeneratedRegex("^[（(]([一二三四五六七八九十]{1,3})[）)]")]
    private static partial Regex Second();

    [GeneratedRegex("^(\\d{1,2})[.．、](?!\\d)")]
    private static partial Regex Third();

    [GeneratedRegex("^[（(](\\d{1,2})[）)]")]
    private static partial Regex Fourth();

    [GeneratedRegex("(?:^|[，。；：！？])([一二三四五六七八九十]{1,3})是")]
    private static partial Regex Ordinal();
}

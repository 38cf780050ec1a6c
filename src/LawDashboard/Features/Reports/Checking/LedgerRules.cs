using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>What only the ledgers can tell: missed targets that are not owned up to, and private persons.</summary>
static partial class LedgerRules
{
    static readonly string[] ProblemHeadings = ["问题", "不足"];

    public static IEnumerable<ClaimFinding> Check(CheckedReport report) => Targets(report).Concat(Persons(report)).Concat(Numbers(report));

    static IEnumerable<ClaimFinding> Targets(CheckedReport report)
    {
        if (report.Facts is not { Missed.Count: > 0, Purpose: not ReportKind.Disclosure } facts) yield break;
        var problems = string.Concat(report.Structure.Sections.Where(section => section.Head.Level == 1 && ProblemHeadings.Any(word => section.Heading.Contains(word, StringComparison.Ordinal)))
            .Select(section => section.Text));
        List<string> silent = [.. facts.Missed.Where(name => !problems.Contains(name, StringComparison.Ordinal))];
        if (silent.Count > 0)
            yield return CheckedReport.Whole(ClaimRules.Target, ClaimSeverity.Warning, $"{silent.Count}项指标没有达到目标，“存在的问题”一节没有提到：{string.Join("、", silent)}。", "在“存在的问题”中写明并说明原因。");
    }

    static IEnumerable<ClaimFinding> Persons(CheckedReport report) =>
        from name in report.Facts?.PrivateNames ?? new HashSet<string>()
        from place in report.Find(name)
        where place.Paragraph.IsText && !IsOfficeHolder(report, place.Paragraph.Text, place.Start, name.Length)
        select report.At(ClaimRules.Person, ClaimSeverity.Error, place.Paragraph, place.Start, name.Length, "这是台账中登记的个人姓名，报告不应写出。", "改为“某某”或删去。");

    /// <summary>A name right beside its office, 镇长张某 or 张某镇长, is that of an office holder.</summary>
    static bool IsOfficeHolder(CheckedReport report, string text, int start, int length) => report.Words.Lists.Offices.Any(office =>
        text.AsSpan(0, start).TrimEnd("、同志 ").EndsWith(office, StringComparison.Ordinal) || text.AsSpan(start + length).TrimStart(" ").StartsWith(office, StringComparison.Ordinal));

    static IEnumerable<ClaimFinding> Numbers(CheckedReport report) =>
        from paragraph in report.Structure.Paragraphs
        from Match match in PersonalNumber().Matches(paragraph.Text)
        select report.At(ClaimRules.Person, ClaimSeverity.Error, paragraph, match.Index, match.Length, match.Length == 11 ? "疑似手机号码。" : "疑似身份证号码。", "删去。");

    [GeneratedRegex("(?<!\\d)(1[3-9]\\d{9}|\\d{17}[\\dXx])(?!\\d)")]
    private static partial Regex PersonalNumber();
}

using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>Words that don't belong: of a longer time, of another place, of a plan that is over, of a request.</summary>
static class WordRules
{
    public static IEnumerable<ClaimFinding> Check(CheckedReport report) =>
        Periods(report).Concat(ThisYearSoFar(report)).Concat(Foreign(report)).Concat(Slogans(report)).Concat(Requests(report));

    static IEnumerable<ClaimFinding> Periods(CheckedReport report) =>
        from advice in report.Words.Lists.Periods
        from place in report.Find(advice.Word)
        where place.Paragraph.IsText
        select report.At(ClaimRules.Period, ClaimSeverity.Error, place.Paragraph, place.Start, advice.Word.Length, $"年度报告只报告{report.Occasion.Year}年，“{advice.Word}”不是本年度口径。", advice.Advice + "。");

    /// <summary>今年以来 speaks of a year that still runs, and wants the day up to which it counts.</summary>
    static IEnumerable<ClaimFinding> ThisYearSoFar(CheckedReport report) =>
        from place in report.Find("今年以来")
        where place.Paragraph.IsText && (report.Occasion.Today.Year > report.Occasion.Year || !place.Paragraph.Text.Contains("截至", StringComparison.Ordinal))
        select report.At(ClaimRules.Period, ClaimSeverity.Hint, place.Paragraph, place.Start, 4,
            report.Occasion.Today.Year > report.Occasion.Year ? "年度已经结束。" : "没有写明统计截止日期。", report.Occasion.Today.Year > report.Occasion.Year ? $"改为“{report.Occasion.Year}年”。" : "补充“截至×月×日”。");

    static IEnumerable<ClaimFinding> Foreign(CheckedReport report)
    {
        var own = report.Occasion.OwnNames.Concat(report.Words.Foreign.Home).ToList();
        bool IsOwn(string name) => own.Any(ours => name.Contains(ours, StringComparison.Ordinal) || ours.Contains(name, StringComparison.Ordinal));
        foreach (var name in report.Words.Foreign.Names.Where(name => !IsOwn(name.Place)))
            foreach (var (paragraph, start) in report.Find(name.Name))
                yield return report.At(ClaimRules.Foreign, ClaimSeverity.Error, paragraph, start, name.Name.Length, $"这是{name.Place}的{name.Kind}，疑为抄用外地稿件的残留。", "改为本地实际使用的名称，或删去。");
        foreach (var region in report.Words.Foreign.Regions.Where(region => !IsOwn(region)))
            foreach (var (paragraph, start) in report.Find(region))
                yield return report.At(ClaimRules.Foreign, ClaimSeverity.Hint, paragraph, start, region.Length, "文中出现外地地名。", "核对是否为抄用外地稿件的残留。");
    }

    static IEnumerable<ClaimFinding> Slogans(CheckedReport report) =>
        from word in report.Words.Policy.Of(report.Occasion.Year)?.Expired ?? []
        from place in report.Find(word)
        select report.At(ClaimRules.Slogan, ClaimSeverity.Error, place.Paragraph, place.Start, word.Length, $"这是已经到期的规划、纲要中的提法，{report.Occasion.Year}年不再使用。", Current(report));

    static string Current(CheckedReport report) => report.Words.Policy.Of(report.Occasion.Year)?.Outline is { } outline
        ? $"改用{outline}的提法。" : "按现行文件的提法改写。";

    static IEnumerable<ClaimFinding> Requests(CheckedReport report) =>
        from word in report.Words.Lists.Requests
        from place in report.Find(word)
        where place.Paragraph.IsText
        select report.At(ClaimRules.Request, ClaimSeverity.Error, place.Paragraph, place.Start, word.Length, "报告不得夹带请示事项（《党政机关公文处理工作条例》）。", "删去，另行请示。");
}

using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>Every number: is it a figure, does it say what the ledgers say, and does it count persons or attendances.</summary>
static class FigureRules
{
    public static IEnumerable<ClaimFinding> Check(CheckedReport report)
    {
        var scan = new NumberScan(report.Words.Lists);
        var numbers = report.Structure.Text.SelectMany(paragraph => scan.Of(paragraph.Text).Select(number => (paragraph, number))).ToList();
        var figures = report.Structure.Text.SelectMany(paragraph => paragraph.Source.Figures.Select(figure => (paragraph, figure))).ToList();
        if (numbers.Count == 0 && figures.Count == 0)
            yield return CheckedReport.Whole(ClaimRules.NoFigures, ClaimSeverity.Error, "除年份、日期外，全文没有任何件数、场次、人次或比率。", "按已审台账补充数据。");
        foreach (var (paragraph, figure) in figures)
            foreach (var finding in OfFigure(report, paragraph, figure)) yield return finding;
        foreach (var (paragraph, number) in numbers.Where(found => !found.paragraph.Source.Figures.Any(figure => figure.Start < found.number.End && found.number.Start < figure.End)))
            if (OfNumber(report, paragraph, number) is { } finding) yield return finding;
        foreach (var (paragraph, number) in numbers.Where(found => found.number.Unit is "人"))
            if (OfPeople(report, paragraph, number) is { } finding) yield return finding;
    }

    static IEnumerable<ClaimFinding> OfFigure(CheckedReport report, StructuredParagraph paragraph, FigureSpan figure)
    {
        if (report.Facts is not { } facts) yield break;
        var text = paragraph.Text.Substring(figure.Start, figure.Length);
        var counted = facts.Print(figure.Id);
        if (counted is null)
            yield return report.At(ClaimRules.FigureUnsourced, ClaimSeverity.Warning, paragraph, figure.Start, figure.Length, "这个数据项在当前台账中没有对应的数。", "重新起草，或删去这句话。");
        else if (counted != text)
            yield return report.At(ClaimRules.FigureDifferent, ClaimSeverity.Error, paragraph, figure.Start, figure.Length, $"按当前台账应为“{counted}”。", "重新起草以更新数据，或核对台账。");
        var after = paragraph.Text[figure.End..];
        if (facts.Kind(figure.Id).Unit == "人次" && text.All(c => char.IsAsciiDigit(c) || c is '.' or '余') && after.StartsWith('人') && !after.StartsWith("人次", StringComparison.Ordinal))
            yield return report.At(ClaimRules.People, ClaimSeverity.Error, paragraph, figure.Start, figure.Length + 1, "这个数据项统计的是人次。", "改为“人次”。");
        if (facts.Kind(figure.Id).Unit is "人" or "名" && after.StartsWith("人次", StringComparison.Ordinal))
            yield return report.At(ClaimRules.People, ClaimSeverity.Error, paragraph, figure.Start, figure.Length + 2, "这个数据项统计的是人数。", "改为“人”。");
    }

    static ClaimFinding? OfNumber(CheckedReport report, StructuredParagraph paragraph, StatedNumber number)
    {
        // 第一轮、两个维护 and the like are no claims; neither is a share of what stands beside it as a figure.
        if (number.Unit == "个" && number.Amount < 10 && !char.IsAsciiDigit(number.Digits[0])) return null;
        var known = report.Facts is { HasEntries: true } facts ? NameMatch.Find(facts.Values, paragraph.Text, number) : null;
        if (known is null)
            return report.At(ClaimRules.FigureUnsourced, ClaimSeverity.Warning, paragraph, number.Start, number.Length, "这个数没有台账来源。", "换成数据项，或附上出处后由专人确认。");
        return NameMatch.Agrees(known, number) ? null
            : report.At(ClaimRules.FigureDifferent, ClaimSeverity.Error, paragraph, number.Start, number.Length, $"台账中“{known.Name}”为{known.Printed}。", "按台账改正，或核对是否另有所指。");
    }

    static ClaimFinding? OfPeople(CheckedReport report, StructuredParagraph paragraph, StatedNumber number)
    {
        if (paragraph.Text.AsSpan(number.End) is ['次' or '员' or '民' or '大' or '均', ..]) return null;
        var before = paragraph.Text[..number.Start];
        var attended = report.Words.Lists.Attendance.FirstOrDefault(word => before.EndsWith(word, StringComparison.Ordinal)
            || before.EndsWith(word + "群众", StringComparison.Ordinal) || before.EndsWith(word + "达", StringComparison.Ordinal) || before.EndsWith(word + "近", StringComparison.Ordinal));
        return attended is null ? null
            : report.At(ClaimRules.People, ClaimSeverity.Warning, paragraph, number.Start, number.Length, $"“{attended}”按场次累计，是人次。", "改为“人次”；确为不重复人数的说明口径。");
    }
}

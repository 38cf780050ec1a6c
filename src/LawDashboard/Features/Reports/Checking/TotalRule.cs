using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>
/// Totals that do not close: in “受理186件，其中婚姻家庭61件、邻里48件、其他77件” the parts joined by 、 may not exceed the
/// total, and reach it where they claim to be all of it. Parts that overlap by definition are left alone.
/// </summary>
static partial class TotalRule
{
    public static IEnumerable<ClaimFinding> Check(CheckedReport report)
    {
        var scan = new NumberScan(report.Words.Lists);
        foreach (var (paragraph, _, range, _) in report.Sentences)
        {
            var numbers = scan.Of(paragraph.Text).Where(number => number.Start >= range.Start && number.End <= range.End && number.Unit is not ("%" or "个百分点")).ToList();
            // A breakdown may stand behind a ； of its own: 受理145件；按纠纷类型分，…
            var before = scan.Of(paragraph.Text).Where(number => number.End <= range.Start).ToList();
            for (var i = 0; i < numbers.Count; i++)
            {
                var parts = Parts(paragraph.Text, numbers, i);
                if (parts.Count < 2) continue;
                var lead = paragraph.Text[(i > 0 ? numbers[i - 1].End : range.Start)..numbers[i].Start];
                if (Total([.. before.Concat(numbers.Take(i))], parts, lead, range.Start) is { } total && Judge(report, paragraph, total, parts, lead) is { } finding)
                    yield return finding;
                i += parts.Count - 1;
            }
        }
    }

    /// <summary>The run of “名称 数 单位” joined by 、 that begins with the number.</summary>
    static List<StatedNumber> Parts(string text, List<StatedNumber> numbers, int from)
    {
        List<StatedNumber> parts = [numbers[from]];
        for (var i = from + 1; i < numbers.Count && numbers[i].Unit == parts[0].Unit; i++)
        {
            var between = text[parts[^1].End..numbers[i].Start];
            if (!between.StartsWith('、') || between.IndexOfAny(['，', '；', '：'], 1) >= 0 || between.Length < 2) break;
            parts.Add(numbers[i]);
        }
        return parts;
    }

    /// <summary>
    /// 其中 speaks of the number right before it in its sentence; 按…分 of a total further up, so that one which closes is taken.
    /// </summary>
    static StatedNumber? Total(IReadOnlyList<StatedNumber> before, List<StatedNumber> parts, string lead, int sentence)
    {
        var alike = before.Where(number => number.Unit == parts[0].Unit && number.Precision == Precision.Exact);
        if (ByKind().IsMatch(lead)) return alike.LastOrDefault(number => number.Amount == parts.Sum(part => part.Amount)) ?? alike.MaxBy(number => number.Amount);
        return Introduces().IsMatch(lead) ? alike.LastOrDefault(number => number.Start >= sentence) : null;
    }

    static ClaimFinding? Judge(CheckedReport report, Documents.StructuredParagraph paragraph, StatedNumber total, List<StatedNumber> parts, string lead)
    {
        if (parts.Any(part => part.Precision != Precision.Exact)) return null;
        if (report.Facts is { } facts && paragraph.Source.Figures.Any(figure => parts.Any(part => part.Start == figure.Start) && facts.Kind(figure.Id).Overlaps)) return null;
        var sum = parts.Sum(part => part.Amount);
        var last = paragraph.Text[parts[^2].End..parts[^1].Start];
        var whole = last.TrimStart('、') is "其他" or "其它" or "其余" || ByKind().IsMatch(lead) || lead.EndsWith("分别为", StringComparison.Ordinal);
        if (sum <= total.Amount && (!whole || sum == total.Amount)) return null;
        var length = parts[^1].End - total.Start;
        return report.At(ClaimRules.Total, ClaimSeverity.Error, paragraph, total.Start, length,
            $"分项合计为{Numerals.Plain(sum)}{total.Unit}，与总数{Numerals.Plain(total.Amount)}{total.Unit}不符。", "核对各分项；有重复计算的分项单列说明。");
    }

    /// <summary>Words that lead from a total to its parts.</summary>
    [GeneratedRegex("其中|包括|分别为|涉及|：")]
    private static partial Regex Introduces();

    [GeneratedRegex("按[^，；。]{1,12}分，?[^，；]*$")]
    private static partial Regex ByKind();
}

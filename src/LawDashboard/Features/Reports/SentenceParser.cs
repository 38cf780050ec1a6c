using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports;

/// <summary>Reads one line of a template into words, figures and optional clauses.</summary>
/// <param name="report">Is told what is wrong with the line.</param>
sealed partial class SentenceParser(Action<string> report)
{
    static readonly Dictionary<string, OccasionWord> Words = new(StringComparer.Ordinal)
    {
        ["unit"] = OccasionWord.Unit,
        ["above"] = OccasionWord.Above,
        ["year"] = OccasionWord.Year,
        ["nextYear"] = OccasionWord.NextYear,
        ["term"] = OccasionWord.Term,
        ["termName"] = OccasionWord.TermName,
        ["date"] = OccasionWord.Date,
        ["closing"] = OccasionWord.Closing,
        ["period"] = OccasionWord.Period,
    };
    static readonly Dictionary<string, FigureFormat> Formats = new(StringComparer.Ordinal)
    {
        ["余"] = FigureFormat.Roundly,
        ["万元"] = FigureFormat.TenThousands,
        ["yoy"] = FigureFormat.YearOnYear,
        ["target"] = FigureFormat.Target,
        ["attainment"] = FigureFormat.Attainment,
        ["lastYear"] = FigureFormat.LastYear,
        ["gap"] = FigureFormat.Gap,
    };

    public IReadOnlyList<TemplatePart> Read(string source, bool figures)
    {
        List<TemplatePart> parts = [];
        List<TemplatePart>? clause = null;
        var text = new StringBuilder();
        for (var i = 0; i < source.Length;)
        {
            var rest = source.AsSpan(i);
            if (rest.StartsWith("[["))
            {
                EndText();
                if (clause is not null) report("可选分句“[[”不能套用");
                clause ??= [];
                i += 2;
            }
            else if (rest.StartsWith("]]"))
            {
                EndText();
                if (clause is null) report("“]]”没有对应的“[[”");
                else if (!clause.Any(part => part is FigureMark or PolicyPart or JudgedPart)) report("可选分句中没有数据项");
                else parts.Add(new OptionalClause(clause));
                clause = null;
                i += 2;
            }
            else if (rest[0] == '{')
            {
                var before = text.ToString();
                EndText();
                var end = rest[1..].IndexOfAny('{', '}') + 1;
                if (end == 0 || rest[end] == '{') return Unclosed("花括号“{”没有闭合");
                var part = ReadPlaceholder(rest[1..end].Trim().ToString(), figures);
                if (part is not null) (clause ?? parts).Add(part);
                i += end + 1;
                if (part is NumberMark { Format: FigureFormat.YearOnYear } && (before.EndsWith("上年", StringComparison.Ordinal) || before.EndsWith("同比", StringComparison.Ordinal)))
                    report("“|yoy”自带“较上年…”，前面不要再写");
                // The unit belongs to the format; a template may write it or leave it.
                if (part is NumberMark { Format: FigureFormat.TenThousands } && !source.AsSpan(i).StartsWith("万元")) text.Append("万元");
            }
            else if (rest[0] == '}') return Unclosed("花括号“}”没有对应的“{”");
            else if (figures && WholeYear().IsMatch(source, i))
            {
                // Untrue while the year runs; it is then written with the closing date.
                EndText();
                (clause ?? parts).Add(new WordPart(OccasionWord.Period));
                i += 2;
            }
            else
            {
                text.Append(rest[0]);
                i++;
            }
        }
        EndText();
        return clause is null ? parts : Unclosed("可选分句“[[”没有闭合");

        void EndText()
        {
            if (text.Length > 0) (clause ?? parts).Add(new TextPart(text.ToString()));
            text.Clear();
        }

        IReadOnlyList<TemplatePart> Unclosed(string reason)
        {
            report(reason);
            return [];
        }
    }

    TemplatePart? ReadPlaceholder(string body, bool figures)
    {
        if (Words.TryGetValue(body, out var word)) return new WordPart(word);
        if (Policy(body) is { } policy) return policy;
        if (figures && body.Length > 3 && body.StartsWith("待补", StringComparison.Ordinal) && body[2] is '：' or ':') return new GapPart(body[3..].Trim());
        if (figures && Judged().Match(body) is { Success: true } judged) return new JudgedPart(judged.Groups["key"].Value, judged.Groups["grade"].Success);
        if (!figures) return Refused($"此处只能用 {string.Join("、", Words.Keys.Select(key => $"{{{key}}}"))}，不能用“{{{body}}}”");

        if (Breakdown().Match(body) is { Success: true } breakdown) return ReadBreakdown(breakdown, body);
        if (Number().Match(body) is not { Success: true } number) return Refused($"无法识别的占位符“{{{body}}}”");
        var format = FigureFormat.Plain;
        if (number.Groups["format"] is { Success: true, Value: var name } && !Formats.TryGetValue(name, out format))
            return Refused($"不认识的格式“{name}”，只能是 {string.Join("、", Formats.Keys)}");
        if (!number.Groups["slice"].Success) return new NumberMark(number.Groups["key"].Value, format, null, null);
        return format is FigureFormat.Plain or FigureFormat.Roundly or FigureFormat.TenThousands
            ? new NumberMark(number.Groups["key"].Value, format, number.Groups["slice"].Value, number.Groups["code"].Value)
            : Refused($"分项“{{{body}}}”没有目标值和上年值，只能用 余 或 万元");
    }

    TemplatePart? ReadBreakdown(Match match, string body)
    {
        var (key, slice) = (match.Groups["key"].Value, match.Groups["slice"].Value);
        if (match.Groups["rank"] is { Success: true, Value: var rank })
            return slice == ReportTemplate.UnitAxis ? new RankMark(key, rank == "best") : Refused($"“{{{body}}}”中 best、worst 只用于 by unit");
        if (!match.Groups["top"].Success) return new BreakdownMark(key, slice, null);
        return int.TryParse(match.Groups["top"].Value, CultureInfo.InvariantCulture, out var top) && top > 0 ? new BreakdownMark(key, slice, top) : Refused($"“{{{body}}}”中 top 后应为正整数");
    }

    static PolicyPart? Policy(string body) => body switch
    {
        "planName" => new(PolicyWord.PlanName),
        "outline" => new(PolicyWord.Outline),
        ['s', 'l', 'o', 'g', 'a', 'n', >= '1' and <= '9' and var number] => new(PolicyWord.Slogan, number - '0'),
        _ => null,
    };

    TemplatePart? Refused(string reason)
    {
        report(reason);
        return null;
    }

    /// <summary>The year under report as a stretch of time: not its plan, and not a named other year.</summary>
    [GeneratedRegex(@"\G(?<![年度])全年(?!目标|任务|计划|工作|度)")]
    private static partial Regex WholeYear();

    [GeneratedRegex(@"^评议[：:]\s*(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)(?<grade>\s*\|\s*等次)?$")]
    private static partial Regex Judged();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)\s+by\s+(?<slice>[A-Za-z0-9]+)(\s+top\s+(?<top>\S+)|\s+(?<rank>best|worst))?$")]
    private static partial Regex Breakdown();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)(@(?<slice>[A-Za-z0-9]+)=(?<code>[A-Za-z0-9]+))?(\s*\|\s*(?<format>.+))?$")]
    private static partial Regex Number();
}

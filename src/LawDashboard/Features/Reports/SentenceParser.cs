using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports;

/// <summary>Reads one line of a template into words, figures and optional clauses.</summary>
/// <param name="report">Is told what is wrong with the line.</param>
sealed partial class SentenceParser(Action<string> report)
{
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
                    report("“|同比”自带“较上年…”，前面不要再写");
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
        if (TemplateWords.Occasion.TryGetValue(body, out var word)) return new WordPart(word);
        if (Policy(body) is { } policy) return policy;
        if (figures && body.Length > 3 && body.StartsWith("待补", StringComparison.Ordinal) && body[2] is '：' or ':') return new GapPart(body[3..].Trim());
        if (figures && Judged().Match(body) is { Success: true } judged) return new JudgedPart(judged.Groups["key"].Value, judged.Groups["grade"].Success);
        if (!figures) return Refused($"此处只能用 {string.Join("、", TemplateWords.Occasion.DistinctBy(known => known.Value).Select(known => $"{{{known.Key}}}"))}，不能用“{{{body}}}”");

        if (Breakdown().Match(body) is { Success: true } breakdown) return ReadBreakdown(breakdown, body);
        if (Number().Match(body) is not { Success: true } number) return Refused($"无法识别的占位符“{{{body}}}”");
        var format = FigureFormat.Plain;
        if (number.Groups["format"] is { Success: true, Value: var name } && !TemplateWords.Formats.TryGetValue(name, out format))
            return Refused($"不认识的格式“{name}”，只能是 {TemplateWords.List(TemplateWords.Formats)}");
        if (!number.Groups["slice"].Success) return new NumberMark(number.Groups["key"].Value, format, null, null);
        return format is FigureFormat.Plain or FigureFormat.Roundly or FigureFormat.TenThousands
            ? new NumberMark(number.Groups["key"].Value, format, number.Groups["slice"].Value, number.Groups["code"].Value)
            : Refused($"分项“{{{body}}}”没有目标值和上年值，只能用 余 或 万元");
    }

    TemplatePart? ReadBreakdown(Match match, string body)
    {
        var (key, slice) = (match.Groups["key"].Value, TemplateWords.Axis(match.Groups["slice"].Value));
        if (match.Groups["rank"] is { Success: true, Value: var rank })
            return slice == ReportTemplate.UnitAxis ? new RankMark(key, rank is "best" or "最好") : Refused($"“{{{body}}}”中“最好”“最差”只用于“按 单位”");
        if (!match.Groups["top"].Success) return new BreakdownMark(key, slice, null);
        return int.TryParse(match.Groups["top"].Value, CultureInfo.InvariantCulture, out var top) && top > 0 ? new BreakdownMark(key, slice, top) : Refused($"“{{{body}}}”中“前”后应为正整数");
    }

    static PolicyPart? Policy(string body) => body switch
    {
        "规划" or "planName" => new(PolicyWord.PlanName),
        "纲要" or "outline" => new(PolicyWord.Outline),
        ['提', '法', >= '1' and <= '9' and var number] => new(PolicyWord.Slogan, number - '0'),
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

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)\s+(by|按)\s*(?<slice>[A-Za-z0-9]+|单位|月份?)(\s+(top\s+|前)(?<top>\S+)|\s+(?<rank>best|worst|最好|最差))?$")]
    private static partial Regex Breakdown();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)(@(?<slice>[A-Za-z0-9]+)=(?<code>[A-Za-z0-9]+))?(\s*\|\s*(?<format>.+))?$")]
    private static partial Regex Number();
}

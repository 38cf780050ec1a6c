using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LawDashboard.Data;

namespace LawDashboard.Features.Reports;

/// <summary>Reads a template line by line and collects every finding. One parser reads one file.</summary>
sealed partial class TemplateParser(string file)
{
    static readonly string[] HeadKeys = ["title", "to", "signature", "date"];
    static readonly Dictionary<string, Directive> Directives = new(StringComparer.Ordinal)
    {
        ["highlights"] = Directive.Highlights,
        ["problems"] = Directive.Problems,
        ["plan"] = Directive.Plan,
    };
    static readonly Dictionary<string, OccasionWord> Words = new(StringComparer.Ordinal)
    {
        ["unit"] = OccasionWord.Unit,
        ["year"] = OccasionWord.Year,
        ["nextYear"] = OccasionWord.NextYear,
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

    readonly List<DefinitionFinding> findings = [];
    readonly List<(string Key, IReadOnlyList<TemplatePart> Value)> head = [];
    readonly List<TemplateBlock> blocks = [];
    readonly List<TemplateSentence> sentences = [];
    int line;

    public TemplateParse Parse(string text)
    {
        foreach (var source in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            line++;
            Read(source.Trim());
        }
        EndParagraph();
        if (head.Count > 0)
            foreach (var key in HeadKeys.Where(key => head.All(entry => entry.Key != key)))
                findings.Add(new(file, "第1行", $"缺少“{key}:”行"));
        return findings.Count > 0 ? new(null, findings) : new(new ReportTemplate(file)
        {
            Title = [.. head.Where(entry => entry.Key == "title").Select(entry => entry.Value)],
            To = Head("to"),
            Signature = Head("signature"),
            Date = Head("date"),
            Blocks = blocks,
        }, []);
    }

    IReadOnlyList<TemplatePart> Head(string key) => head.FirstOrDefault(entry => entry.Key == key).Value ?? [];

    void Read(string source)
    {
        if (source.Length == 0) EndParagraph();
        else if (source[0] == '@') ReadDirective(source[1..].Trim());
        else if (source[0] == '#') ReadHeading(source);
        else if (blocks.Count == 0 && sentences.Count == 0 && HeadLine().Match(source) is { Success: true } match) ReadHead(match);
        else ReadSentence(source);
    }

    void ReadHead(Match match)
    {
        var key = match.Groups["key"].Value;
        var value = match.Groups["value"].Value;
        if (!HeadKeys.Contains(key)) Report($"不认识的文首项“{key}”，只能是 {string.Join("、", HeadKeys)}");
        else if (value.Length == 0) Report($"“{key}:”后没有内容");
        else if (key != "title" && head.Any(entry => entry.Key == key)) Report($"“{key}:”重复");
        else head.Add((key, ReadParts(value, figures: false)));
    }

    void ReadDirective(string name)
    {
        EndParagraph();
        if (Directives.TryGetValue(name, out var directive)) blocks.Add(new DirectiveNode(directive));
        else Report($"不认识的指令“@{name}”，只能是 {string.Join("、", Directives.Keys.Select(key => "@" + key))}");
    }

    void ReadHeading(string source)
    {
        EndParagraph();
        var level = source.TakeWhile(c => c == '#').Count() - 1;
        var text = source[(level + 1)..];
        if (level is not (1 or 2) || !text.StartsWith(' ')) Report("标题应写作“## ”或“### ”加标题文字");
        else if (string.IsNullOrWhiteSpace(text)) Report("标题没有文字");
        else blocks.Add(new HeadingNode(level, ReadParts(text.Trim(), figures: false)));
    }

    void ReadSentence(string source)
    {
        var parts = ReadParts(source, figures: true);
        if (!"。；：！？”）".Contains(source[^1], StringComparison.Ordinal)) Report("句子没有以句号、分号或冒号结束");
        sentences.Add(new(parts, line));
    }

    void EndParagraph()
    {
        if (sentences.Count == 0) return;
        blocks.Add(new ParagraphNode([.. sentences]));
        sentences.Clear();
    }

    IReadOnlyList<TemplatePart> ReadParts(string source, bool figures)
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
                if (clause is not null) Report("可选分句“[[”不能套用");
                clause ??= [];
                i += 2;
            }
            else if (rest.StartsWith("]]"))
            {
                EndText();
                if (clause is null) Report("“]]”没有对应的“[[”");
                else if (!clause.OfType<FigureMark>().Any()) Report("可选分句中没有数据项");
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
                    Report("“|yoy”自带“较上年…”，前面不要再写");
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
            Report(reason);
            return [];
        }
    }

    TemplatePart? ReadPlaceholder(string body, bool figures)
    {
        if (Words.TryGetValue(body, out var word)) return new WordPart(word);
        if (!figures) return Refused($"此处只能用 {string.Join("、", Words.Keys.Select(key => $"{{{key}}}"))}，不能用“{{{body}}}”");

        if (Breakdown().Match(body) is { Success: true } breakdown)
        {
            if (!breakdown.Groups["top"].Success) return new BreakdownMark(breakdown.Groups["key"].Value, breakdown.Groups["slice"].Value, null);
            return int.TryParse(breakdown.Groups["top"].Value, CultureInfo.InvariantCulture, out var top) && top > 0
                ? new BreakdownMark(breakdown.Groups["key"].Value, breakdown.Groups["slice"].Value, top)
                : Refused($"“{{{body}}}”中 top 后应为正整数");
        }

        if (Number().Match(body) is not { Success: true } number) return Refused($"无法识别的占位符“{{{body}}}”");
        var format = FigureFormat.Plain;
        if (number.Groups["format"] is { Success: true, Value: var name } && !Formats.TryGetValue(name, out format))
            return Refused($"不认识的格式“{name}”，只能是 {string.Join("、", Formats.Keys)}");
        if (!number.Groups["slice"].Success) return new NumberMark(number.Groups["key"].Value, format, null, null);
        return format is FigureFormat.Plain or FigureFormat.Roundly or FigureFormat.TenThousands
            ? new NumberMark(number.Groups["key"].Value, format, number.Groups["slice"].Value, number.Groups["code"].Value)
            : Refused($"分项“{{{body}}}”没有目标值和上年值，只能用 余 或 万元");
    }

    TemplatePart? Refused(string reason)
    {
        Report(reason);
        return null;
    }

    void Report(string reason) => findings.Add(new(file, $"第{line}行", reason));

    [GeneratedRegex(@"^(?<key>[A-Za-z]+)\s*[:：]\s*(?<value>.*)$")]
    private static partial Regex HeadLine();

    /// <summary>The year under report as a stretch of time: not its plan, and not a named other year.</summary>
    [GeneratedRegex(@"\G(?<![年度])全年(?!目标|任务|计划|工作|度)")]
    private static partial Regex WholeYear();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)\s+by\s+(?<slice>[A-Za-z0-9]+)(\s+top\s+(?<top>\S+))?$")]
    private static partial Regex Breakdown();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)(@(?<slice>[A-Za-z0-9]+)=(?<code>[A-Za-z0-9]+))?(\s*\|\s*(?<format>.+))?$")]
    private static partial Regex Number();
}

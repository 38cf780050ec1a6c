using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>Reads a template line by line and collects every finding. One parser reads one file.</summary>
sealed partial class TemplateParser
{
    /// <summary>Head lines that print words; the others set something.</summary>
    static readonly string[] Printed = [TemplateWords.Title, TemplateWords.To, TemplateWords.Signature, TemplateWords.Date];
    static readonly string[] AllDirectives = [.. TemplateWords.Directives.DistinctBy(word => word.Value).Select(word => "@" + word.Key), "@表格", "@图", "@如果", "@否则", "@结束"];

    const string SentenceEnds = "。；：！？”）";

    readonly string file;
    readonly SentenceParser sentence;
    readonly List<DefinitionFinding> findings = [];
    readonly List<(string Key, IReadOnlyList<TemplatePart> Value)> head = [];
    readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    readonly List<TemplateBlock> blocks = [];
    readonly List<TemplateSentence> sentences = [];
    readonly Stack<OpenCondition> open = new();
    int line;

    sealed class OpenCondition(TemplateCondition condition, int line)
    {
        public TemplateCondition Condition => condition;
        public int Line => line;
        public List<TemplateBlock> Then { get; } = [];
        public List<TemplateBlock>? Else { get; set; }
    }

    public TemplateParser(string file)
    {
        this.file = file;
        sentence = new(Report);
    }

    public TemplateParse Parse(string text)
    {
        foreach (var source in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            line++;
            Read(source.Trim());
        }
        EndParagraph();
        while (open.TryPop(out var left))
        {
            line = left.Line;
            Report("“@如果”没有对应的“@结束”");
        }
        if (head.Count + settings.Count > 0) CheckHead();
        return findings.Count > 0 ? new(null, [.. findings.OrderBy(TemplateParse.LineOf)]) : new(new ReportTemplate(file)
        {
            Name = settings.GetValueOrDefault(TemplateWords.Name) ?? string.Concat(head.Where(entry => entry.Key == TemplateWords.Title).SelectMany(entry => entry.Value).OfType<TextPart>().Select(part => part.Text)),
            For = settings.TryGetValue(TemplateWords.For, out var units) ? [.. Words(units).Select(word => TemplateWords.Units[word])] : [UnitKind.Town, UnitKind.County],
            Kind = Setting(TemplateWords.Kind, TemplateWords.Kinds),
            Term = Setting(TemplateWords.Term, TemplateWords.Terms),
            Title = [.. head.Where(entry => entry.Key == TemplateWords.Title).Select(entry => entry.Value)],
            To = Head(TemplateWords.To),
            Signature = Head(TemplateWords.Signature),
            Date = Head(TemplateWords.Date),
            Blocks = blocks,
        }, []);
    }

    T Setting<T>(string key, IReadOnlyDictionary<string, T> words) => settings.TryGetValue(key, out var value) ? words[value] : default!;

    /// <summary>A statement of one's duty and a report to the public go to nobody in particular.</summary>
    void CheckHead()
    {
        var addressed = Setting(TemplateWords.Kind, TemplateWords.Kinds) is not (ReportKind.Duty or ReportKind.Disclosure);
        foreach (var key in Printed.Where(key => (addressed || key != TemplateWords.To) && head.All(entry => entry.Key != key)))
            findings.Add(new(file, TemplateParse.Line(1), $"缺少“{key}：”行"));
    }

    IReadOnlyList<TemplatePart> Head(string key) => head.FirstOrDefault(entry => entry.Key == key).Value ?? [];

    void Read(string source)
    {
        if (source.Length == 0) EndParagraph();
        else if (source[0] == '@') ReadDirective(source[1..].Trim());
        else if (source[0] == '#') ReadHeading(source);
        else if (blocks.Count == 0 && sentences.Count == 0 && open.Count == 0 && HeadLine().Match(source) is { Success: true } match && IsHead(match)) ReadHead(TemplateWords.Of(match.Groups["key"].Value), match.Groups["value"].Value);
        else ReadSentence(source);
    }

    /// <summary>Any English word before a colon, as ever; a Chinese one when it is known, or where head lines stand and no sentence does.</summary>
    bool IsHead(Match match) => char.IsAsciiLetter(match.Value[0]) || TemplateWords.Heads.Contains(TemplateWords.Of(match.Groups["key"].Value))
        || head.Count + settings.Count > 0 && match.Groups["value"].Value is [.., var end] && !SentenceEnds.Contains(end, StringComparison.Ordinal);

    void ReadHead(string key, string value)
    {
        if (!TemplateWords.Heads.Contains(key)) Report($"不认识的文首项“{key}”，只能是 {string.Join("、", TemplateWords.Heads)}");
        else if (value.Length == 0) Report($"“{key}：”后没有内容");
        else if (key != TemplateWords.Title && (settings.ContainsKey(key) || head.Any(entry => entry.Key == key))) Report($"“{key}：”重复");
        else if (Printed.Contains(key)) head.Add((key, sentence.Read(value, figures: false)));
        else if (Wrong(key, value) is { } reason) Report(reason);
        else settings.Add(key, key is TemplateWords.Kind or TemplateWords.Term ? value.ToLowerInvariant() : value);
    }

    static string? Wrong(string key, string value) => key switch
    {
        TemplateWords.For when !Words(value).All(TemplateWords.Units.ContainsKey) => $"“{key}：”只能写 {TemplateWords.List(TemplateWords.Units)}，可以都写",
        TemplateWords.Kind when !TemplateWords.Kinds.ContainsKey(value.ToLowerInvariant()) => $"“{key}：”只能是 {TemplateWords.List(TemplateWords.Kinds)}",
        TemplateWords.Term when !TemplateWords.Terms.ContainsKey(value.ToLowerInvariant()) => $"“{key}：”只能是 {TemplateWords.List(TemplateWords.Terms)}",
        _ => null,
    };

    static string[] Words(string value) => value.Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries);

    void ReadDirective(string text)
    {
        EndParagraph();
        var (word, rest) = text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (text[..space], text[(space + 1)..].Trim()) : (text, "");
        switch (TemplateWords.Of(word))
        {
            case "结束" when rest.Length == 0: EndCondition(); break;
            case "否则" when rest.Length == 0: ReadElse(); break;
            case "如果": ReadCondition(rest); break;
            case "表格" when rest.Length > 0: ReadExhibit(table: true, rest); break;
            case "图" when rest.Length > 0: ReadExhibit(table: false, rest); break;
            case var name when rest.Length == 0 && TemplateWords.Directives.TryGetValue(name, out var directive): Add(new DirectiveNode(directive)); break;
            default: Report($"不认识的指令“@{text}”，只能是 {string.Join("、", AllDirectives)}"); break;
        }
    }

    void ReadCondition(string text)
    {
        var condition = new TemplateCondition(null, null, null, ComparedWith.Number);
        if (TemplateWords.Of(text) != "统计期未完")
        {
            if (Condition().Match(text) is not { Success: true } match) Report("条件应写作“@如果 指标”“@如果 指标 > 数”或“@如果 指标 < 目标值”，也可以写“@如果 统计期未完”");
            else condition = new(match.Groups["key"].Value, match.Groups["op"] is { Success: true, Value: var op } ? op : null, Number(match.Groups["value"].Value), TemplateWords.Of(match.Groups["value"].Value) switch
            {
                "目标值" => ComparedWith.Target, "上年" => ComparedWith.LastYear, _ => ComparedWith.Number,
            });
        }
        open.Push(new(condition, line));
    }

    static decimal? Number(string value) =>
        decimal.TryParse(value.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? value.EndsWith('%') ? number / 100 : number : null;

    void ReadElse()
    {
        if (!open.TryPeek(out var condition)) Report("“@否则”没有对应的“@如果”");
        else if (condition.Else is not null) Report("一个“@如果”只能有一个“@否则”");
        else condition.Else = [];
    }

    void EndCondition()
    {
        if (!open.TryPop(out var condition)) Report("“@结束”没有对应的“@如果”");
        else Add(new ConditionNode(condition.Condition, condition.Then, condition.Else ?? [], condition.Line));
    }

    void ReadExhibit(bool table, string text)
    {
        if (Exhibit().Match(text) is not { Success: true } match)
        {
            Report("图表应写作“@表格 指标, 指标 按 单位：标题”或“@图 指标 按 月份 柱形：标题”");
            return;
        }
        string[] keys = match.Groups["keys"].Value.Split(',', '，', '、').Select(key => key.Trim()).ToArray();
        if (keys.Length > Exhibits.MostColumns) Report($"一张图表最多放{Exhibits.MostColumns}个数据项");
        if (table && match.Groups["style"].Success) Report($"表格不写图的样式（{TemplateWords.List(TemplateWords.Styles)}）");
        var style = table ? ExhibitStyle.Table : TemplateWords.Styles.GetValueOrDefault(match.Groups["style"].Value, ExhibitStyle.Columns);
        int? top = match.Groups["top"].Success ? int.Parse(match.Groups["top"].Value, CultureInfo.InvariantCulture) : null;
        Add(new ExhibitNode(style, keys, TemplateWords.Axis(match.Groups["axis"].Value), top, sentence.Read(match.Groups["title"].Value, figures: false), line));
    }

    void ReadHeading(string source)
    {
        EndParagraph();
        var level = source.TakeWhile(c => c == '#').Count() - 1;
        var text = source[(level + 1)..];
        if (level is not (1 or 2) || !text.StartsWith(' ')) Report("标题应写作“## ”或“### ”加标题文字");
        else if (string.IsNullOrWhiteSpace(text)) Report("标题没有文字");
        else Add(new HeadingNode(level, sentence.Read(text.Trim(), figures: false)));
    }

    void ReadSentence(string source)
    {
        var parts = sentence.Read(source, figures: true);
        // A whole sentence may be optional; its mark then stands within the brackets.
        if (source.TrimEnd(']') is not [.., var end] || !SentenceEnds.Contains(end, StringComparison.Ordinal)) Report("句子没有以句号、分号或冒号结束");
        sentences.Add(new(parts, line));
    }

    void EndParagraph()
    {
        if (sentences.Count == 0) return;
        Add(new ParagraphNode([.. sentences]));
        sentences.Clear();
    }

    void Add(TemplateBlock block) => (open.TryPeek(out var condition) ? condition.Else ?? condition.Then : blocks).Add(block);

    void Report(string reason) => findings.Add(new(file, TemplateParse.Line(line), reason));

    [GeneratedRegex(@"^(?<key>[A-Za-z]+|\p{IsCJKUnifiedIdeographs}{2,4})\s*[:：]\s*(?<value>.*)$")]
    private static partial Regex HeadLine();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)(\s*(?<op>>=|<=|!=|=|>|<)\s*(?<value>target|lastYear|目标值|上年|\d+(\.\d+)?%?))?$")]
    private static partial Regex Condition();

    [GeneratedRegex(@"^(?<keys>[A-Za-z0-9.]+(\s*[,，、]\s*[A-Za-z0-9.]+)*)\s+(by|按)\s*(?<axis>[A-Za-z0-9]+|单位|月份?)(\s+(top\s+|前)(?<top>[1-9][0-9]?))?(\s+(as\s+)?(?<style>columns|bars|line|柱形|条形|折线))?\s*[:：]\s*(?<title>.+)$")]
    private static partial Regex Exhibit();
}

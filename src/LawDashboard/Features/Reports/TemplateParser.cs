using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>Reads a template line by line and collects every finding. One parser reads one file.</summary>
sealed partial class TemplateParser
{
    static readonly string[] HeadKeys = ["title", "to", "signature", "date", "name", "for", "kind", "term"];
    static readonly Dictionary<string, Directive> Directives = new(StringComparer.Ordinal)
    {
        ["highlights"] = Directive.Highlights,
        ["problems"] = Directive.Problems,
        ["plan"] = Directive.Plan,
        ["progress"] = Directive.Progress,
    };
    static readonly string[] AllDirectives = [.. Directives.Keys.Select(key => "@" + key), "@table", "@chart", "@if", "@else", "@end"];

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
            Report("“@if”没有对应的“@end”");
        }
        if (head.Count + settings.Count > 0) CheckHead();
        return findings.Count > 0 ? new(null, [.. findings.OrderBy(TemplateParse.LineOf)]) : new(new ReportTemplate(file)
        {
            Name = settings.GetValueOrDefault("name") ?? string.Concat(head.Where(entry => entry.Key == "title").SelectMany(entry => entry.Value).OfType<TextPart>().Select(part => part.Text)),
            For = settings.TryGetValue("for", out var units) ? [.. Words(units).Select(Kind).OfType<UnitKind>()] : [UnitKind.Town, UnitKind.County],
            Kind = Enum.TryParse<ReportKind>(settings.GetValueOrDefault("kind"), ignoreCase: true, out var kind) ? kind : ReportKind.Annual,
            Term = Enum.TryParse<TermKind>(settings.GetValueOrDefault("term"), ignoreCase: true, out var term) ? term : TermKind.Year,
            Title = [.. head.Where(entry => entry.Key == "title").Select(entry => entry.Value)],
            To = Head("to"),
            Signature = Head("signature"),
            Date = Head("date"),
            Blocks = blocks,
        }, []);
    }

    /// <summary>A statement of one's duty and a report to the public go to nobody in particular.</summary>
    void CheckHead()
    {
        var addressed = settings.GetValueOrDefault("kind") is not ("duty" or "disclosure");
        foreach (var key in HeadKeys.Take(4).Where(key => (addressed || key != "to") && head.All(entry => entry.Key != key)))
            findings.Add(new(file, TemplateParse.Line(1), $"缺少“{key}:”行"));
    }

    IReadOnlyList<TemplatePart> Head(string key) => head.FirstOrDefault(entry => entry.Key == key).Value ?? [];

    void Read(string source)
    {
        if (source.Length == 0) EndParagraph();
        else if (source[0] == '@') ReadDirective(source[1..].Trim());
        else if (source[0] == '#') ReadHeading(source);
        else if (blocks.Count == 0 && sentences.Count == 0 && open.Count == 0 && HeadLine().Match(source) is { Success: true } match) ReadHead(match.Groups["key"].Value, match.Groups["value"].Value);
        else ReadSentence(source);
    }

    void ReadHead(string key, string value)
    {
        if (!HeadKeys.Contains(key)) Report($"不认识的文首项“{key}”，只能是 {string.Join("、", HeadKeys)}");
        else if (value.Length == 0) Report($"“{key}:”后没有内容");
        else if (key != "title" && (settings.ContainsKey(key) || head.Any(entry => entry.Key == key))) Report($"“{key}:”重复");
        else if (HeadKeys.AsSpan(0, 4).Contains(key)) head.Add((key, sentence.Read(value, figures: false)));
        else if (Wrong(key, value) is { } reason) Report(reason);
        else settings.Add(key, value);
    }

    static string? Wrong(string key, string value) => key switch
    {
        "for" when Words(value).Any(word => Kind(word) is null) => "“for:”只能写 town（乡镇）、county（区县）",
        "kind" when !Enum.TryParse<ReportKind>(value, ignoreCase: true, out _) => "“kind:”只能是 annual、duty、brief、disclosure",
        "term" when !Enum.TryParse<TermKind>(value, ignoreCase: true, out _) => "“term:”只能是 year、half、quarter",
        _ => null,
    };

    static string[] Words(string value) => value.Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries);
    static UnitKind? Kind(string word) => word switch { "town" => UnitKind.Town, "county" => UnitKind.County, _ => null };

    void ReadDirective(string name)
    {
        EndParagraph();
        if (Directives.TryGetValue(name, out var directive)) Add(new DirectiveNode(directive));
        else if (name == "end") EndCondition();
        else if (name == "else") ReadElse();
        else if (name == "if" || name.StartsWith("if ", StringComparison.Ordinal)) ReadCondition(name[2..].Trim());
        else if (name.StartsWith("table ", StringComparison.Ordinal) || name.StartsWith("chart ", StringComparison.Ordinal)) ReadExhibit(name);
        else Report($"不认识的指令“@{name}”，只能是 {string.Join("、", AllDirectives)}");
    }

    void ReadCondition(string text)
    {
        var condition = new TemplateCondition(null, null, null, ComparedWith.Number);
        if (text != "running")
        {
            if (Condition().Match(text) is not { Success: true } match) Report("条件应写作“@if 指标”“@if 指标 > 数”或“@if 指标 < target”，也可以写“@if running”");
            else condition = new(match.Groups["key"].Value, match.Groups["op"] is { Success: true, Value: var op } ? op : null, Number(match.Groups["value"].Value), match.Groups["value"].Value switch
            {
                "target" => ComparedWith.Target, "lastYear" => ComparedWith.LastYear, _ => ComparedWith.Number,
            });
        }
        open.Push(new(condition, line));
    }

    static decimal? Number(string value) =>
        decimal.TryParse(value.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? value.EndsWith('%') ? number / 100 : number : null;

    void ReadElse()
    {
        if (!open.TryPeek(out var condition)) Report("“@else”没有对应的“@if”");
        else if (condition.Else is not null) Report("一个“@if”只能有一个“@else”");
        else condition.Else = [];
    }

    void EndCondition()
    {
        if (!open.TryPop(out var condition)) Report("“@end”没有对应的“@if”");
        else Add(new ConditionNode(condition.Condition, condition.Then, condition.Else ?? [], condition.Line));
    }

    void ReadExhibit(string text)
    {
        if (Exhibit().Match(text) is not { Success: true } match)
        {
            Report("图表应写作“@table 指标, 指标 by unit：标题”或“@chart 指标 by month as columns：标题”");
            return;
        }
        var table = match.Groups["what"].Value == "table";
        string[] keys = match.Groups["keys"].Value.Split(',', '，', '、').Select(key => key.Trim()).ToArray();
        if (keys.Length > Exhibits.MostColumns) Report($"一张图表最多放{Exhibits.MostColumns}个数据项");
        if (table && match.Groups["style"].Success) Report("表格不写“as”");
        var style = table ? ExhibitStyle.Table : match.Groups["style"].Value switch { "bars" => ExhibitStyle.Bars, "line" => ExhibitStyle.Line, _ => ExhibitStyle.Columns };
        int? top = match.Groups["top"].Success ? int.Parse(match.Groups["top"].Value, CultureInfo.InvariantCulture) : null;
        Add(new ExhibitNode(style, keys, match.Groups["axis"].Value, top, sentence.Read(match.Groups["title"].Value, figures: false), line));
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
        if (source.TrimEnd(']') is not [.., var end] || !"。；：！？”）".Contains(end, StringComparison.Ordinal)) Report("句子没有以句号、分号或冒号结束");
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

    [GeneratedRegex(@"^(?<key>[A-Za-z]+)\s*[:：]\s*(?<value>.*)$")]
    private static partial Regex HeadLine();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)(\s*(?<op>>=|<=|!=|=|>|<)\s*(?<value>target|lastYear|\d+(\.\d+)?%?))?$")]
    private static partial Regex Condition();

    [GeneratedRegex(@"^(?<what>table|chart)\s+(?<keys>[A-Za-z0-9.]+(\s*[,，、]\s*[A-Za-z0-9.]+)*)\s+by\s+(?<axis>[A-Za-z0-9]+)(\s+top\s+(?<top>[1-9][0-9]?))?(\s+as\s+(?<style>columns|bars|line))?\s*[:：]\s*(?<title>.+)$")]
    private static partial Regex Exhibit();
}

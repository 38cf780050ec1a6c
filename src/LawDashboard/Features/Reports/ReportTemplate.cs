using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>
/// A report template (报告模板): official wording with places for live figures.
/// <code>
/// 标题：{单位}人民政府              head lines: 标题 (several lines), 主送, 署名, 日期; 名称, 适用, 种类, 统计期
/// ## 一、年度重点工作               headings of the first and second level; one that ends with 。 runs into its paragraph
/// 受理调解{mediation.accepted}件。  one sentence a line; a blank line starts a new paragraph
/// @问题                           what the data themselves say: @亮点, @问题, @计划, @目标进度
/// @如果 cases.filed > 0 … @否则 … @结束          conditions
/// @表格 KEY, KEY 按 单位：标题                    tables and charts by unit, month or a dictionary field
/// @图 KEY 按 disputeType 前6 条形：标题
/// {key} {key|余} {key|万元} {key|同比} {key|目标值} {key|完成率} {key|上年} {key|差距}
/// {key@slice=code} {key 按 slice 前4} {key 按 单位 最好} {单位} {年份} {下年份} {成文日期} {截止日期} {期间} {统计期}
/// {评议：KEY} {评议：KEY|等次}     what was judged of an indicator that cannot be counted, and its grade
/// {规划} {纲要} {提法1}  words of the year's policy; {待补：说明原因} what no ledger holds
/// [[，较上年{key|同比}]]           a clause that falls away when its figure has no value
/// </code>
/// The English words of older templates (<c>title:</c>, <c>@if</c>, <c>|yoy</c>, <c>by unit top 3</c>) mean the same: <see cref="TemplateWords"/>.
/// 全年 in a sentence is read as {期间}: while the year runs it becomes 截至 and the closing date.
/// A line that starts with @, and whatever stands in braces, is refused unless known, so that no template valid today
/// changes its meaning.
/// </summary>
public sealed class ReportTemplate
{
    /// <summary>Axes that every figure has: the units below, and the months.</summary>
    public const string UnitAxis = "unit", MonthAxis = "month";

    /// <summary>No axis of templates: of a ledger's entries those past a statutory limit.</summary>
    public const string ClockAxis = "clock";

    internal ReportTemplate(string file) => File = file;

    public string File { get; }
    /// <summary>Name in lists; the title's words where none is given.</summary>
    public string Name { get; internal init; } = "";
    /// <summary>Which kinds of units report by it.</summary>
    public IReadOnlyList<UnitKind> For { get; internal init; } = [UnitKind.Town, UnitKind.County];
    public ReportKind Kind { get; internal init; }
    public TermKind Term { get; internal init; }
    /// <summary>Lines of the title, as they shall be broken.</summary>
    public IReadOnlyList<IReadOnlyList<TemplatePart>> Title { get; internal init; } = [];
    /// <summary>主送机关.</summary>
    public IReadOnlyList<TemplatePart> To { get; internal init; } = [];
    /// <summary>署名.</summary>
    public IReadOnlyList<TemplatePart> Signature { get; internal init; } = [];
    /// <summary>成文日期.</summary>
    public IReadOnlyList<TemplatePart> Date { get; internal init; } = [];
    public IReadOnlyList<TemplateBlock> Blocks { get; internal init; } = [];

    /// <summary>Every figure that the template asks for, with its line; the loader holds them against the definitions.</summary>
    public IReadOnlyList<FigureUse> Uses => [.. UsesIn(Blocks)];

    /// <summary>Every judged indicator that it tells of, with its line.</summary>
    public IReadOnlyList<(string Key, int Line)> Judged => [.. JudgedIn(Blocks)];

    static IEnumerable<(string Key, int Line)> JudgedIn(IEnumerable<TemplateBlock> blocks) => blocks.SelectMany(block => block switch
    {
        ParagraphNode paragraph => paragraph.Sentences.SelectMany(sentence => JudgedIn(sentence.Parts).Select(part => (part.Key, sentence.Line))),
        ConditionNode condition => JudgedIn(condition.Then).Concat(JudgedIn(condition.Else)),
        _ => [],
    });

    /// <summary>Those of a sentence, in its clauses too.</summary>
    internal static IEnumerable<JudgedPart> JudgedIn(IEnumerable<TemplatePart> parts) => parts.SelectMany(part => part switch
    {
        JudgedPart judged => [judged],
        OptionalClause clause => JudgedIn(clause.Parts),
        _ => [],
    });

    /// <summary>Whether a directive stands in it anywhere.</summary>
    public bool Asks(Directive directive) => Asks(Blocks, directive);

    static bool Asks(IEnumerable<TemplateBlock> blocks, Directive directive) => blocks.Any(block => block switch
    {
        DirectiveNode node => node.Directive == directive,
        ConditionNode condition => Asks(condition.Then, directive) || Asks(condition.Else, directive),
        _ => false,
    });

    static IEnumerable<FigureUse> UsesIn(IEnumerable<TemplateBlock> blocks) => blocks.SelectMany(block => block switch
    {
        ParagraphNode paragraph => paragraph.Sentences.SelectMany(sentence => Marks(sentence.Parts).Select(mark => mark.Use(sentence.Line))),
        ExhibitNode exhibit => exhibit.Keys.Select(key => new FigureUse(key, exhibit.Axis, null, FigureFormat.Exhibit, exhibit.Line)),
        ConditionNode condition => (condition.If.Key is { } key ? [new FigureUse(key, null, null, FigureFormat.Plain, condition.Line)] : Enumerable.Empty<FigureUse>())
            .Concat(UsesIn(condition.Then)).Concat(UsesIn(condition.Else)),
        _ => [],
    });

    /// <summary>A finding at the line of a figure, for example that its key is unknown.</summary>
    public DefinitionFinding Finding(FigureUse use, string reason) => new(File, TemplateParse.Line(use.Line), reason);

    /// <summary>Reads a template. A file without any head line is a fragment; one with a head needs all four of its lines.</summary>
    public static TemplateParse Parse(string file, string text) => new TemplateParser(file).Parse(text);

    internal static IEnumerable<FigureMark> Marks(IEnumerable<TemplatePart> parts) => parts.SelectMany(part => part switch
    {
        FigureMark mark => [mark],
        OptionalClause clause => Marks(clause.Parts),
        _ => [],
    });
}

/// <summary>What a report is for; the claim check asks of each what the law asks.</summary>
public enum ReportKind
{
    /// <summary>法治政府建设年度报告.</summary>
    Annual,
    /// <summary>述法报告 of the principal.</summary>
    Duty,
    /// <summary>半年、季度简报.</summary>
    Brief,
    /// <summary>政府信息公开工作年度报告.</summary>
    Disclosure,
}

/// <summary>The template, or null and all that is wrong with it.</summary>
public sealed record TemplateParse(ReportTemplate? Template, IReadOnlyList<DefinitionFinding> Findings)
{
    internal static string Line(int line) => $"第{line}行";

    /// <summary>The line that a finding is about; 1 for what concerns the whole.</summary>
    public static int LineOf(DefinitionFinding finding) =>
        int.TryParse(finding.Key.Trim('第', '行'), System.Globalization.CultureInfo.InvariantCulture, out var line) ? line : 1;
}

/// <summary>One use of a figure in a template.</summary>
/// <param name="Slice">The dictionary field it is broken down by.</param>
/// <param name="Code">The one part asked for; null for a whole breakdown.</param>
public sealed record FigureUse(string Key, string? Slice, string? Code, FigureFormat Format, int Line);

/// <summary>A piece of the template's body.</summary>
public abstract record TemplateBlock;

/// <summary>A heading; level 1 is 一、, level 2 is （一）.</summary>
public sealed record HeadingNode(int Level, IReadOnlyList<TemplatePart> Parts) : TemplateBlock;

/// <summary>Sentences that stand together.</summary>
public sealed record ParagraphNode(IReadOnlyList<TemplateSentence> Sentences) : TemplateBlock;

/// <summary>A place that the drafter fills from the standings.</summary>
public sealed record DirectiveNode(Directive Directive) : TemplateBlock;

/// <summary>What a directive line asks for.</summary>
public enum Directive
{
    Highlights, Problems, Plan,
    /// <summary>How far the year's targets have come by the end of the term.</summary>
    Progress,
}

/// <summary>A table or chart of figures along an axis: <c>unit</c>, <c>month</c> or a dictionary field.</summary>
public sealed record ExhibitNode(ExhibitStyle Style, IReadOnlyList<string> Keys, string Axis, int? Top, IReadOnlyList<TemplatePart> Title, int Line) : TemplateBlock;

/// <summary>Blocks that stand only when something holds, and those that stand otherwise.</summary>
public sealed record ConditionNode(TemplateCondition If, IReadOnlyList<TemplateBlock> Then, IReadOnlyList<TemplateBlock> Else, int Line) : TemplateBlock;

/// <summary>What a condition asks.</summary>
/// <param name="Key">The figure; null asks whether the term still runs.</param>
/// <param name="Operator">&gt; &gt;= &lt; &lt;= = !=; null asks whether the figure counts anything.</param>
/// <param name="Number">What it is compared with; of a ratio its share of 1. Null with <paramref name="Against"/>.</param>
public sealed record TemplateCondition(string? Key, string? Operator, decimal? Number, ComparedWith Against);

/// <summary>With what a condition compares a figure.</summary>
public enum ComparedWith { Number, Target, LastYear }

/// <summary>One sentence and the source line it stands on.</summary>
public sealed record TemplateSentence(IReadOnlyList<TemplatePart> Parts, int Line);

/// <summary>A piece of a sentence.</summary>
public abstract record TemplatePart;

/// <summary>Words as they stand.</summary>
public sealed record TextPart(string Text) : TemplatePart;

/// <summary>A word that the occasion gives.</summary>
public sealed record WordPart(OccasionWord Word) : TemplatePart;

/// <summary>What no ledger holds and whoever finishes the report must write (待补).</summary>
public sealed record GapPart(string What) : TemplatePart;

/// <summary>A word of the year's policy (年度政策词库); null where none is in force.</summary>
/// <param name="Slogan">Which slogan, from 1; null for <paramref name="Name"/> itself.</param>
public sealed record PolicyPart(PolicyWord Name, int? Slogan = null) : TemplatePart;

/// <summary>What was judged of an indicator that cannot be counted (评议指标): its text, or only the grade.</summary>
public sealed record JudgedPart(string Key, bool Grade) : TemplatePart;

/// <summary>What the policy of a year names.</summary>
public enum PolicyWord { PlanName, Outline, Slogan }

/// <summary>The words that depend on unit and date.</summary>
public enum OccasionWord
{
    Unit,
    /// <summary>Name of the government above.</summary>
    Above,
    Year, NextYear,
    /// <summary>2026年, 2026年第三季度.</summary>
    Term,
    /// <summary>年度, 上半年, 第三季度.</summary>
    TermName,
    /// <summary>成文日期.</summary>
    Date,
    /// <summary>截止日期 of the data.</summary>
    Closing,
    /// <summary>全年, or 截至11月30日 while the year runs.</summary>
    Period,
}

/// <summary>A live figure.</summary>
public abstract record FigureMark(string Key) : TemplatePart
{
    internal abstract FigureUse Use(int line);
}

/// <summary>One number, whole or of one part.</summary>
public sealed record NumberMark(string Key, FigureFormat Format, string? Slice, string? Code) : FigureMark(Key)
{
    internal override FigureUse Use(int line) => new(Key, Slice, Code, Format, line);
}

/// <summary>The best or the weakest of the units below.</summary>
public sealed record RankMark(string Key, bool Best) : FigureMark(Key)
{
    internal override FigureUse Use(int line) => new(Key, ReportTemplate.UnitAxis, null, FigureFormat.Plain, line);
}

/// <summary>The parts of a number in words; the largest <paramref name="Top"/> and the rest as 其他.</summary>
public sealed record BreakdownMark(string Key, string Slice, int? Top) : FigureMark(Key)
{
    internal override FigureUse Use(int line) => new(Key, Slice, null, FigureFormat.Plain, line);
}

/// <summary>A clause that falls away when its figures have no value.</summary>
public sealed record OptionalClause(IReadOnlyList<TemplatePart> Parts) : TemplatePart;

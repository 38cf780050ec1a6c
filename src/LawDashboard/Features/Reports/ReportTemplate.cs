using LawDashboard.Data;

namespace LawDashboard.Features.Reports;

/// <summary>
/// A report template (报告模板): official wording with places for live figures.
/// <code>
/// title: {unit}人民政府            head lines: title (several lines), to, signature, date
/// ## 一、年度重点工作               headings of the first and second level; one that ends with 。 runs into its paragraph
/// 受理调解{mediation.accepted}件。  one sentence a line; a blank line starts a new paragraph
/// @problems                       what the data themselves say: @highlights, @problems, @plan
/// {key} {key|余} {key|万元} {key|yoy} {key|target} {key|attainment} {key|lastYear} {key|gap}
/// {key@slice=code} {key by slice top 4} {unit} {year} {nextYear} {date} {closing} {period}
/// [[，较上年{key|yoy}]]             a clause that falls away when its figure has no value
/// </code>
/// 全年 in a sentence is read as {period}: while the year runs it becomes 截至 and the closing date.
/// A line that starts with @, and whatever stands in braces, is refused unless known. So later versions can add
/// conditions and lists as new directives and placeholders, and no template valid today changes its meaning.
/// </summary>
public sealed class ReportTemplate
{
    internal ReportTemplate(string file) => File = file;

    public string File { get; }
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
    public IReadOnlyList<FigureUse> Uses => [.. Blocks.OfType<ParagraphNode>()
        .SelectMany(paragraph => paragraph.Sentences)
        .SelectMany(sentence => Marks(sentence.Parts).Select(mark => mark.Use(sentence.Line)))];

    /// <summary>A finding at the line of a figure, for example that its key is unknown.</summary>
    public DefinitionFinding Finding(FigureUse use, string reason) => new(File, $"第{use.Line}行", reason);

    /// <summary>Reads a template. A file without any head line is a fragment; one with a head needs all four of its lines.</summary>
    public static TemplateParse Parse(string file, string text) => new TemplateParser(file).Parse(text);

    internal static IEnumerable<FigureMark> Marks(IEnumerable<TemplatePart> parts) => parts.SelectMany(part => part switch
    {
        FigureMark mark => [mark],
        OptionalClause clause => Marks(clause.Parts),
        _ => [],
    });
}

/// <summary>The template, or null and all that is wrong with it.</summary>
public sealed record TemplateParse(ReportTemplate? Template, IReadOnlyList<DefinitionFinding> Findings);

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
public enum Directive { Highlights, Problems, Plan }

/// <summary>One sentence and the source line it stands on.</summary>
public sealed record TemplateSentence(IReadOnlyList<TemplatePart> Parts, int Line);

/// <summary>A piece of a sentence.</summary>
public abstract record TemplatePart;

/// <summary>Words as they stand.</summary>
public sealed record TextPart(string Text) : TemplatePart;

/// <summary>A word that the occasion gives.</summary>
public sealed record WordPart(OccasionWord Word) : TemplatePart;

/// <summary>The words that depend on unit and date.</summary>
public enum OccasionWord
{
    Unit, Year, NextYear,
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

/// <summary>The parts of a number in words; the largest <paramref name="Top"/> and the rest as 其他.</summary>
public sealed record BreakdownMark(string Key, string Slice, int? Top) : FigureMark(Key)
{
    internal override FigureUse Use(int line) => new(Key, Slice, null, FigureFormat.Plain, line);
}

/// <summary>A clause that falls away when its figures have no value.</summary>
public sealed record OptionalClause(IReadOnlyList<TemplatePart> Parts) : TemplatePart;

using System.Text;
using System.Text.Json.Serialization;

namespace LawDashboard.Features.Reports;

/// <summary>A drafted report: words and live figures, and what the entries could not supply.</summary>
public sealed record ReportDraft
{
    public required string UnitName { get; init; }
    public required int Year { get; init; }
    /// <summary>Last day that the figures cover.</summary>
    public required DateOnly Closing { get; init; }
    /// <summary>Lines of the title, as they shall be broken.</summary>
    public required IReadOnlyList<string> Title { get; init; }
    /// <summary>主送机关 with its colon; empty for a fragment.</summary>
    public required string Addressee { get; init; }
    public required IReadOnlyList<ReportBlock> Blocks { get; init; }
    public required string Signature { get; init; }
    public required string Date { get; init; }
    public required IReadOnlyList<MissingSentence> Missing { get; init; }

    /// <summary>Tables and charts; each stands where the caption with its id stands.</summary>
    public IReadOnlyList<Exhibit> Exhibits { get; init; } = [];

    /// <summary>Every live figure in the order of the text.</summary>
    [JsonIgnore]
    public IEnumerable<Figure> Figures => Marks.Where(figure => figure.Format != FigureFormat.Exhibit);

    /// <summary>The same with the numbers of tables and charts.</summary>
    [JsonIgnore]
    public IEnumerable<Figure> Marks => Blocks.OfType<ParagraphBlock>()
        .SelectMany(paragraph => paragraph.Sentences).SelectMany(sentence => sentence.Runs)
        .Select(run => run.Figure).OfType<Figure>();

    /// <summary>The table or chart whose caption the block is; null for every other block.</summary>
    public Exhibit? ExhibitAt(ReportBlock block) =>
        block is ParagraphBlock { Sentences: [{ Runs: [{ Figure: { Format: FigureFormat.Exhibit } mark }, ..] }, ..] } ? Exhibits.FirstOrDefault(exhibit => exhibit.Id == mark.Id) : null;

    /// <summary>The whole report as plain text, a line a paragraph, run-in headings joined to theirs; the lines of tables have tabs.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var line in (string[])[.. Title, Addressee])
            if (line.Length > 0) text.Append(line).Append('\n');
        foreach (var block in Blocks)
        {
            text.Append(block).Append(block is HeadingBlock { RunsIn: true } ? "" : "\n");
            if (ExhibitAt(block) is not { } exhibit) continue;
            text.AppendJoin('\t', exhibit.Columns.Select(column => column.Heading).Prepend(exhibit.AxisName)).Append('\n');
            foreach (var row in exhibit.Rows) text.AppendJoin('\t', row.Cells.Select(cell => cell.Text).Prepend(row.Label)).Append('\n');
        }
        foreach (var line in (string[])[Signature, Date])
            if (line.Length > 0) text.Append(line).Append('\n');
        return text.ToString();
    }
}

/// <summary>A heading or a paragraph.</summary>
[JsonDerivedType(typeof(HeadingBlock), "heading")]
[JsonDerivedType(typeof(ParagraphBlock), "paragraph")]
public abstract record ReportBlock;

/// <summary>A heading; level 1 is 一、, level 2 is （一）.</summary>
public sealed record HeadingBlock(int Level, string Text) : ReportBlock
{
    /// <summary>The text that follows runs on in the heading's own paragraph.</summary>
    [JsonIgnore]
    public bool RunsIn => Text.EndsWith('。');

    public override string ToString() => Text;
}

/// <summary>Sentences that stand together.</summary>
public sealed record ParagraphBlock(IReadOnlyList<ReportSentence> Sentences) : ReportBlock
{
    public override string ToString() => string.Concat(Sentences);
}

/// <summary>A sentence as runs of words and figures.</summary>
public sealed record ReportSentence(IReadOnlyList<ReportRun> Runs)
{
    public override string ToString() => string.Concat(Runs.Select(run => run.Text));
}

/// <summary>Words; with a figure, its print; as a gap, the mark 〔待补：…〕 of what the entries don't supply.</summary>
public sealed record ReportRun(string Text, Figure? Figure = null, bool Gap = false);

/// <summary>What the entries could not supply (待补).</summary>
/// <param name="Section">Heading it stands under.</param>
/// <param name="Sentence">The sentence in words, ＿＿ for each figure.</param>
/// <param name="Figures">Names of the figures that count nothing.</param>
/// <param name="LeftOut">The sentence is not in the draft; otherwise it stands there with a mark.</param>
public sealed record MissingSentence(string Section, string Sentence, IReadOnlyList<string> Figures, bool LeftOut)
{
    public override string ToString() =>
        Figures.Count == 0 ? $"〔待补：{Sentence}〕" : $"〔待补：{Sentence}（无数据：{string.Join("、", Figures)}）〕";
}

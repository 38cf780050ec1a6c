namespace LawDashboard.Features.Reports.Documents;

/// <summary>A live figure inside a paragraph: where it stands and which it is.</summary>
public sealed record FigureSpan(int Start, int Length, string Id)
{
    public int End => Start + Length;
}

/// <summary>A paragraph as plain text, with the places of the figures that carry an id.</summary>
public sealed record TextParagraph(string Text, IReadOnlyList<FigureSpan> Figures)
{
    public static TextParagraph Of(string text) => new(text, []);

    /// <summary>Without white space at its ends.</summary>
    public TextParagraph Trimmed()
    {
        var start = Text.Length - Text.TrimStart().Length;
        var text = Text.Trim();
        return new(text, [.. Figures.Select(figure => figure with { Start = figure.Start - start }).Where(figure => figure.Start >= 0 && figure.End <= text.Length)]);
    }
}

/// <summary>A document as paragraphs of text, whatever it was written with.</summary>
public sealed record DocumentText(IReadOnlyList<TextParagraph> Paragraphs)
{
    /// <summary>Which stored version it was taken from, as <see cref="DocumentOrigin"/> wrote it; null when it is not ours.</summary>
    public DocumentOrigin? Origin { get; init; }

    /// <summary>What the document holds that is no paragraph of text, in words; it is shown, not taken over.</summary>
    public IReadOnlyList<string> NotTaken { get; init; } = [];

    public static DocumentText Of(ReportDraft draft)
    {
        List<TextParagraph> paragraphs = [.. draft.Title.Append(draft.Addressee).Where(line => line.Length > 0).Select(TextParagraph.Of)];
        HeadingBlock? leading = null;
        foreach (var block in draft.Blocks)
        {
            switch (block)
            {
                case HeadingBlock { RunsIn: true } heading:
                    if (leading is not null) paragraphs.Add(TextParagraph.Of(leading.Text));
                    leading = heading;
                    break;
                case HeadingBlock heading:
                    if (leading is not null) paragraphs.Add(TextParagraph.Of(leading.Text));
                    leading = null;
                    paragraphs.Add(TextParagraph.Of(heading.Text));
                    break;
                case ParagraphBlock paragraph:
                    paragraphs.Add(Of(leading?.Text ?? "", paragraph));
                    leading = null;
                    break;
            }
        }
        if (leading is not null) paragraphs.Add(TextParagraph.Of(leading.Text));
        paragraphs.AddRange(new[] { draft.Signature, draft.Date }.Where(line => line.Length > 0).Select(TextParagraph.Of));
        return new(paragraphs);
    }

    static TextParagraph Of(string heading, ParagraphBlock paragraph)
    {
        var (text, figures) = (new System.Text.StringBuilder(heading), new List<FigureSpan>());
        foreach (var run in paragraph.Sentences.SelectMany(sentence => sentence.Runs))
        {
            if (run.Figure is { } figure) figures.Add(new(text.Length, run.Text.Length, figure.Id));
            text.Append(run.Text);
        }
        return new(text.ToString(), figures);
    }
}

/// <summary>Which stored version of which report a document was downloaded from.</summary>
/// <param name="Version">0 for a draft that nobody has worked on.</param>
/// <param name="Report">Which of the unit's reports; null for the usual one.</param>
public sealed record DocumentOrigin(string Unit, int Year, int Version, string? Report = null)
{
    /// <summary>Name of the document property that carries it through Word, WPS and LibreOffice.</summary>
    public const string Property = "LawDashboardReport";

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Unit}/{Year}/{Version}") + (Report is null ? "" : "/" + Report);

    public static DocumentOrigin? Parse(string? text) => text?.Split('/') is [{ Length: > 0 } unit, var year, var version, .. var rest] && rest.Length <= 1
        && int.TryParse(year, System.Globalization.CultureInfo.InvariantCulture, out var y) && int.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var v)
        ? new(unit, y, v, rest.FirstOrDefault()) : null;
}

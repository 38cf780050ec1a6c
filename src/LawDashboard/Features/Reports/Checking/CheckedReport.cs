using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>For whom and when a document is checked, and against what.</summary>
/// <param name="Year">The year that it reports on.</param>
/// <param name="OwnNames">Names of the unit, of those above and of those below it: they are not foreign.</param>
/// <param name="Facts">What the ledgers say; null when there is nothing to hold the document against.</param>
/// <param name="LastYear">Last year's report; null when there is none.</param>
public sealed record ClaimOccasion(int Year, DateOnly Today, IReadOnlyCollection<string> OwnNames, LedgerFacts? Facts, DocumentText? LastYear = null);

/// <summary>A document under the claim check, with what every rule needs: its structure, the occasion, the lists.</summary>
sealed class CheckedReport(DocumentText document, ClaimOccasion occasion, CheckWords words)
{
    public DocumentStructure Structure { get; } = DocumentStructure.Of(document);
    public ClaimOccasion Occasion => occasion;
    public CheckWords Words => words;
    public LedgerFacts? Facts => occasion.Facts;

    /// <summary>Every sentence of the text, headings apart, without the marks of what is still to be supplied.</summary>
    public IEnumerable<(StructuredParagraph Paragraph, int Number, SentenceRange Range, string Text)> Sentences =>
        from paragraph in Structure.Text
        from sentence in paragraph.Sentences.Index()
        let text = paragraph.Text.Substring(sentence.Item.Start, sentence.Item.Length)
        where !text.StartsWith("〔待补", StringComparison.Ordinal)
        select (paragraph, sentence.Index + 1, sentence.Item, text);

    /// <summary>A finding about some characters of a paragraph.</summary>
    public ClaimFinding At(string rule, ClaimSeverity severity, StructuredParagraph paragraph, int start, int length, string reason, string suggestion)
    {
        var sentence = paragraph.Sentences.Index().FirstOrDefault(range => start < range.Item.End).Index + 1;
        return new(rule, severity, new(paragraph.Index + 1, sentence, start + 1, SectionOf(paragraph), paragraph.Text.Substring(start, length)), reason, suggestion);
    }

    /// <summary>A finding about the document as a whole, or about a section as one.</summary>
    public static ClaimFinding Whole(string rule, ClaimSeverity severity, string reason, string suggestion) => new(rule, severity, ClaimPlace.Whole, reason, suggestion);

    /// <summary>Every place in the text where the word stands; headings included.</summary>
    public IEnumerable<(StructuredParagraph Paragraph, int Start)> Find(string word)
    {
        foreach (var paragraph in Structure.Paragraphs)
            for (var at = paragraph.Text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = paragraph.Text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
                yield return (paragraph, at);
    }

    string SectionOf(StructuredParagraph paragraph) =>
        Structure.Paragraphs.Take(paragraph.Index + 1).LastOrDefault(before => before.Level > 0)?.Heading.TrimEnd('。') ?? "";
}

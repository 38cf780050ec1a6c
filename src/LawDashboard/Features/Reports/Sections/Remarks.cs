using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Sections;

/// <summary>Finds the passages that remarks are about again in the text as it stands.</summary>
public static class Remarks
{
    /// <summary>Where the remark's words stand; null when they were changed meanwhile.</summary>
    public static ClaimPlace? PlaceOf(ReportComment remark, DocumentText text)
    {
        // A remark on a section as a whole leads to its heading.
        var words = remark.Quote.Length > 0 ? remark.Quote : remark.Section;
        if (words.Length == 0) return null;
        foreach (var (i, paragraph) in text.Paragraphs.Index())
            if (paragraph.Text.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at) return new(i + 1, 1, at + 1, remark.Section, words);
        return null;
    }

    /// <summary>The heading over a paragraph, without its full stop; empty above the first.</summary>
    public static string SectionOf(DocumentText text, int paragraph) =>
        DocumentStructure.Of(text).Paragraphs.Take(paragraph).LastOrDefault(before => before.Level > 0)?.Heading.TrimEnd('。') ?? "";
}

using System.Text.Json;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>The text of the editor on the page as the browser sends it: paragraphs with the places of their figures.</summary>
static class EditedText
{
    const int MostParagraphs = 2000;

    /// <returns>Null when it is no such text.</returns>
    public static DocumentText? Read(string json)
    {
        try
        {
            var paragraphs = ReportText.Read<List<TextParagraph>>(json);
            return paragraphs is { Count: > 0 and <= MostParagraphs } && paragraphs.All(Fits) ? new(paragraphs) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool Fits(TextParagraph? paragraph) => paragraph is { Text: not null, Figures: not null }
        && paragraph.Figures.All(figure => figure is { Start: >= 0, Length: > 0, Id: not null } && figure.End <= paragraph.Text.Length);
}

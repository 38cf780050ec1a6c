using System.Text.RegularExpressions;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>
/// Finds the figures of a text that carries no marks of them: the web version of our own report, or a document that was saved
/// by a program which drops content controls. A sentence that says what a drafted one says, its numbers apart, has that one's
/// figures; in other sentences a number is a figure where the words on both sides of it are. Pure.
/// </summary>
public static partial class FigureFinder
{
    /// <summary>So many characters before and behind a number must be those of the drafted sentence.</summary>
    const int Before = 4, After = 2;

    /// <summary>The document with the figures of the draft in every sentence that has no marked figure.</summary>
    public static DocumentText Find(DocumentText document, ReportDraft draft)
    {
        var known = new Drafted(DocumentText.Of(draft));
        return document with { Paragraphs = [.. document.Paragraphs.Select(paragraph => new TextParagraph(paragraph.Text, [.. Sentences.Of(paragraph.Text).SelectMany(range => In(paragraph, range, known))]))] };
    }

    static IEnumerable<FigureSpan> In(TextParagraph paragraph, SentenceRange range, Drafted known)
    {
        List<FigureSpan> marked = [.. paragraph.Figures.Where(figure => figure.Start >= range.Start && figure.End <= range.End)];
        if (marked.Count > 0) return marked;
        var text = paragraph.Text.Substring(range.Start, range.Length);
        return (known.Same(text) ?? known.Beside(text)).Select(figure => figure with { Start = figure.Start + range.Start });
    }

    /// <summary>A sentence with its numbers taken out.</summary>
    static string Words(string text) => Number().Replace(text, "\u0001").Trim();

    /// <summary>A number as reports print it, with what belongs to it.</summary>
    [GeneratedRegex("\\d+(?:\\.\\d+)?%?余?")]
    private static partial Regex Number();

    /// <summary>The sentences of the draft that have figures, by their words and by the words beside each number.</summary>
    sealed class Drafted
    {
        readonly Dictionary<string, (string Text, IReadOnlyList<FigureSpan> Figures)> sentences = new(StringComparer.Ordinal);
        readonly Dictionary<(string Before, string Number, string After), FigureSpan> numbers = [];

        public Drafted(DocumentText draft)
        {
            foreach (var paragraph in draft.Paragraphs.Where(paragraph => paragraph.Figures.Count > 0))
                foreach (var range in Sentences.Of(paragraph.Text))
                {
                    List<FigureSpan> figures = [.. paragraph.Figures.Where(figure => figure.Start >= range.Start && figure.End <= range.End).Select(figure => figure with { Start = figure.Start - range.Start })];
                    if (figures.Count == 0) continue;
                    var text = paragraph.Text.Substring(range.Start, range.Length);
                    sentences.TryAdd(Words(text), (text, figures));
                    foreach (var figure in figures) numbers.TryAdd(Place(text, figure.Start, figure.Length), figure);
                }
        }

        /// <summary>The figures of the sentence that says the same, each at the number that stands in its place; null where none does.</summary>
        public IReadOnlyList<FigureSpan>? Same(string text)
        {
            if (!sentences.TryGetValue(Words(text), out var drafted)) return null;
            var (theirs, own) = (Number().Matches(drafted.Text), Number().Matches(text));
            List<FigureSpan> found = [];
            foreach (var figure in drafted.Figures)
            {
                // A figure may be a phrase (较上年增长13%): its numbers tell how much longer or shorter it stands here.
                var (first, last) = (theirs.TakeWhile(number => number.Index + number.Length <= figure.Start).Count(), theirs.TakeWhile(number => number.Index < figure.End).Count());
                var start = figure.Start + Shift(first);
                found.Add(figure with { Start = start, Length = figure.End + Shift(last) - start });
            }
            return found;

            int Shift(int numbers) => own.Take(numbers).Sum(number => number.Length) - theirs.Take(numbers).Sum(number => number.Length);
        }

        /// <summary>The figures whose number and neighbours stand in the text.</summary>
        public IReadOnlyList<FigureSpan> Beside(string text) =>
            [.. Number().Matches(text).Select(number => numbers.TryGetValue(Place(text, number.Index, number.Length), out var figure) ? figure with { Start = number.Index, Length = number.Length } : null).OfType<FigureSpan>()];

        static (string, string, string) Place(string text, int start, int length) =>
            (text[Math.Max(0, start - Before)..start], text.Substring(start, length), text[(start + length)..Math.Min(text.Length, start + length + After)]);
    }
}

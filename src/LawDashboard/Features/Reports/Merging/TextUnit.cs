using System.Text;
using System.Text.RegularExpressions;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Merging;

/// <summary>The smallest piece that is merged: a line of the title, the addressee, a heading, a sentence, signature or date.</summary>
/// <param name="Level">Of a heading.</param>
/// <param name="Starts">It begins a paragraph.</param>
/// <param name="Typed">The same with the numbers that a person wrote over live figures; null where none was.</param>
public sealed record TextUnit(PartKind Kind, int Level, bool Starts, IReadOnlyList<ReportRun> Runs, IReadOnlyList<ReportRun>? Typed = null)
{
    public string Text => string.Concat(Runs.Select(run => run.Text));
    public IEnumerable<Figure> Figures => Runs.Select(run => run.Figure).OfType<Figure>();

    /// <summary>What it says apart from its numbers and from the day up to which they count: equal where nobody changed the words.</summary>
    public string Pattern => pattern ??= PeriodWords.Neutral(string.Concat(Runs.Select(run => run.Figure is { } figure ? $"\u0001{FigureIds.Base(figure.Id)}\u0001" : run.Text)));
    string? pattern;

    public override string ToString() => Text;
}

/// <summary>全年 and 截至11月30日: the words that tell up to which day a sentence counts; they move with the draft as its figures do.</summary>
public static partial class PeriodWords
{
    public static string Neutral(string text) => Period().Replace(text, "\u0002");

    /// <summary>The text with the words of one closing day replaced by those of another.</summary>
    public static string Moved(string text, DateOnly from, DateOnly to)
    {
        if (from == to) return text;
        return IsYearEnd(from) ? text : text.Replace(Day(from) + "，", IsYearEnd(to) ? "全年" : Day(to) + "，", StringComparison.Ordinal).Replace(Day(from), IsYearEnd(to) ? "全年" : Day(to), StringComparison.Ordinal);
    }

    static bool IsYearEnd(DateOnly day) => day is { Month: 12, Day: 31 };
    static string Day(DateOnly day) => $"截至{day.Month}月{day.Day}日";

    [GeneratedRegex("截至\\d{1,2}月\\d{1,2}日，?|全年")]
    private static partial Regex Period();
}

/// <summary>Takes a report apart into units and puts it together again; whatever it was written with, the same text gives the same units.</summary>
public static partial class TextUnits
{
    public static IReadOnlyList<TextUnit> Of(ReportDraft draft)
    {
        var figures = draft.Marks.ToLookup(figure => figure.Id, StringComparer.Ordinal);
        return Of(DocumentText.Of(draft), id => figures[id].FirstOrDefault());
    }

    /// <param name="find">The figure with an id, as it was printed in the document that was given out; null when unknown.</param>
    public static IReadOnlyList<TextUnit> Of(DocumentText document, Func<string, Figure?> find)
    {
        List<TextUnit> units = [];
        foreach (var paragraph in DocumentStructure.Of(document).Paragraphs)
        {
            if (paragraph.Kind == PartKind.Letterhead) continue;
            if (!paragraph.IsText)
            {
                units.Add(Unit(paragraph, paragraph.Kind, 0, true, new(0, paragraph.Text.Length), find));
                continue;
            }
            if (paragraph.HeadingLength > 0) units.Add(Unit(paragraph, PartKind.Heading, paragraph.Level, true, new(0, paragraph.HeadingLength), find));
            // What follows a heading that ends with 。 runs on in its paragraph.
            var runsOn = units is [.., { Kind: PartKind.Heading } head] && head.Text.EndsWith('。');
            foreach (var range in paragraph.Sentences) units.Add(Unit(paragraph, PartKind.Body, 0, range.Start == 0 && !runsOn, range, find));
        }
        return units;
    }

    /// <summary>The report with these units in place of its text; everything else as in the draft that it is based on.</summary>
    public static ReportDraft ToDraft(IReadOnlyList<TextUnit> units, ReportDraft draft)
    {
        List<ReportBlock> blocks = [];
        List<ReportSentence> sentences = [];
        foreach (var unit in units)
        {
            if (unit.Kind is not (PartKind.Heading or PartKind.Body)) continue;
            if (unit.Kind == PartKind.Heading || unit.Starts) End();
            if (unit.Kind == PartKind.Heading) blocks.Add(new HeadingBlock(unit.Level, unit.Text));
            else sentences.Add(new(unit.Runs));
        }
        End();
        string Line(PartKind kind) => string.Concat(units.Where(unit => unit.Kind == kind).Select(unit => unit.Text));
        return draft with
        {
            Title = [.. units.Where(unit => unit.Kind == PartKind.Title).Select(unit => unit.Text)],
            Addressee = Line(PartKind.Addressee), Blocks = Numbered(blocks), Signature = Line(PartKind.Signature), Date = Line(PartKind.Date),
        };

        void End()
        {
            if (sentences.Count > 0) blocks.Add(new ParagraphBlock([.. sentences]));
            sentences.Clear();
        }
    }

    /// <summary>A figure that a person copied stands twice under one id; the later one gets a number of its own.</summary>
    static IReadOnlyList<ReportBlock> Numbered(List<ReportBlock> blocks)
    {
        var (taken, all) = (new HashSet<string>(StringComparer.Ordinal), Ids(blocks).ToHashSet(StringComparer.Ordinal));
        return [.. blocks.Select(block => block is not ParagraphBlock paragraph ? block : new ParagraphBlock([.. paragraph.Sentences.Select(sentence => new ReportSentence(
            [.. sentence.Runs.Select(run => run.Figure is not { } figure || taken.Add(figure.Id) ? run : run with { Figure = figure with { Id = Free(figure.Id) } })]))]))];

        string Free(string id)
        {
            for (var number = 2; ; number++)
            {
                var free = $"{FigureIds.Base(id)}#{number}";
                if (all.Add(free) && taken.Add(free)) return free;
            }
        }
    }

    static IEnumerable<string> Ids(IEnumerable<ReportBlock> blocks) => blocks.OfType<ParagraphBlock>()
        .SelectMany(paragraph => paragraph.Sentences).SelectMany(sentence => sentence.Runs).Select(run => run.Figure?.Id).OfType<string>();

    static TextUnit Unit(StructuredParagraph paragraph, PartKind kind, int level, bool starts, SentenceRange range, Func<string, Figure?> find)
    {
        List<ReportRun> runs = [], typed = [];
        var (at, overwritten) = (range.Start, false);
        foreach (var span in paragraph.Source.Figures.Where(span => span.Start >= range.Start && span.End <= range.End).OrderBy(span => span.Start))
        {
            if (span.Start < at || find(span.Id) is not { } figure) continue;
            Words(paragraph.Text[at..span.Start]);
            var text = paragraph.Text.Substring(span.Start, span.Length);
            runs.Add(new(figure.Text, figure));
            // Somebody wrote another number into the control: his word is kept beside the ledger's, to be chosen.
            overwritten |= text != figure.Text;
            typed.Add(text == figure.Text ? runs[^1] : new(text));
            at = span.End;
        }
        Words(paragraph.Text[at..range.End]);
        return new(kind, level, starts, runs, overwritten ? typed : null);

        void Words(string text)
        {
            foreach (var run in Gaps(text))
            {
                runs.Add(run);
                typed.Add(run);
            }
        }
    }

    static IEnumerable<ReportRun> Gaps(string text)
    {
        var at = 0;
        foreach (Match gap in Gap().Matches(text))
        {
            if (gap.Index > at) yield return new(text[at..gap.Index]);
            yield return new(gap.Value, Gap: true);
            at = gap.Index + gap.Length;
        }
        if (at < text.Length) yield return new(text[at..]);
    }

    [GeneratedRegex("〔待补：[^〕]*〕")]
    private static partial Regex Gap();
}

using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports.Documents;

/// <summary>What a paragraph of an official document is.</summary>
public enum PartKind
{
    Title, Addressee, Heading, Body, Signature, Date,
    /// <summary>版头: name of the body and number; it belongs to the sending, not to the text.</summary>
    Letterhead,
}

/// <summary>A paragraph with its place in the document's structure.</summary>
/// <param name="Index">Its number in the document, from 0.</param>
/// <param name="Level">Level of the heading that it is or begins with: 1 for 一、, 2 for （一）; 0 for none.</param>
/// <param name="HeadingLength">How many of its characters are that heading.</param>
public sealed record StructuredParagraph(int Index, TextParagraph Source, PartKind Kind, int Level, int HeadingLength)
{
    public string Text => Source.Text;
    public string Heading => Text[..HeadingLength];
    /// <summary>The sentences behind the heading.</summary>
    public IReadOnlyList<SentenceRange> Sentences { get; } = Documents.Sentences.Of(Source.Text, HeadingLength);
    public bool IsText => Kind is PartKind.Body or PartKind.Heading;
}

/// <summary>A section: its heading and the paragraphs under it, those of lower headings included.</summary>
public sealed record DocumentSection(StructuredParagraph Head, IReadOnlyList<StructuredParagraph> Paragraphs)
{
    public string Heading => Head.Heading.TrimEnd('。');
    public string Text => string.Join('\n', Paragraphs.Select(paragraph => paragraph.Text[paragraph.HeadingLength..]).Where(text => text.Length > 0));
}

/// <summary>
/// Finds title, addressee, headings, signature and date by how an official document is written (GB/T 9704-2012), so that it
/// serves documents of any origin.
/// </summary>
public sealed partial class DocumentStructure
{
    const int LongestTitleLine = 60;
    const int LongestHeading = 60;
    const int LongestSignature = 40;

    DocumentStructure(IReadOnlyList<StructuredParagraph> paragraphs) => Paragraphs = paragraphs;

    public IReadOnlyList<StructuredParagraph> Paragraphs { get; }
    public IEnumerable<StructuredParagraph> Text => Paragraphs.Where(paragraph => paragraph.IsText);
    public string Title => string.Concat(Paragraphs.Where(paragraph => paragraph.Kind == PartKind.Title).Select(paragraph => paragraph.Text));
    public StructuredParagraph? Signature => Paragraphs.FirstOrDefault(paragraph => paragraph.Kind == PartKind.Signature);
    public StructuredParagraph? Date => Paragraphs.FirstOrDefault(paragraph => paragraph.Kind == PartKind.Date);

    public IEnumerable<DocumentSection> Sections => Paragraphs.Where(paragraph => paragraph.Level > 0).Select(head => new DocumentSection(head,
        [head, .. Paragraphs.Skip(head.Index + 1).TakeWhile(paragraph => paragraph.IsText && (paragraph.Level == 0 || paragraph.Level > head.Level))]));

    public static DocumentStructure Of(DocumentText document)
    {
        List<TextParagraph> texts = [.. document.Paragraphs.Select(paragraph => paragraph.Trimmed()).Where(paragraph => paragraph.Text.Length > 0)];
        var kinds = new PartKind[texts.Count];
        Array.Fill(kinds, PartKind.Body);
        var head = MarkHead(texts, kinds);
        MarkClosing(texts, kinds, head);
        return new([.. texts.Select((text, i) =>
        {
            var (level, length) = kinds[i] == PartKind.Body ? HeadingOf(text.Text) : (0, 0);
            return new StructuredParagraph(i, text, length == text.Text.Length && level > 0 ? PartKind.Heading : kinds[i], level, length);
        })]);
    }

    /// <summary>Lines before the text: the title, and the addressee with its colon.</summary>
    static int MarkHead(List<TextParagraph> texts, PartKind[] kinds)
    {
        var number = texts.FindIndex(0, Math.Min(4, texts.Count), text => DocumentNumber().IsMatch(text.Text));
        for (var i = 0; i <= number; i++) kinds[i] = PartKind.Letterhead;
        for (var i = number + 1; i < texts.Count; i++)
        {
            var text = texts[i].Text;
            if (text.Length > LongestTitleLine || text.Contains('。', StringComparison.Ordinal) || HeadingOf(text).Level > 0 || DateLine().IsMatch(text)) return i;
            if (text[^1] is '：' or ':')
            {
                kinds[i] = PartKind.Addressee;
                return i + 1;
            }
            kinds[i] = PartKind.Title;
        }
        return texts.Count;
    }

    static void MarkClosing(List<TextParagraph> texts, PartKind[] kinds, int head)
    {
        var last = texts.FindLastIndex(text => DateLine().IsMatch(text.Text));
        if (last >= head) kinds[last] = PartKind.Date;
        else last = texts.Count;
        var name = last - 1;
        if (name >= head && texts[name].Text is { Length: <= LongestSignature } text && HeadingOf(text).Level == 0 && Body().IsMatch(text)) kinds[name] = PartKind.Signature;
    }

    /// <summary>Level and length of the heading that a paragraph is or begins with.</summary>
    public static (int Level, int Length) HeadingOf(string text)
    {
        var level = FirstLevel().IsMatch(text) ? 1 : SecondLevel().IsMatch(text) ? 2 : 0;
        if (level == 0) return (0, 0);
        var stop = text.IndexOfAny(['。', '；', '？', '！']);
        if (stop < 0) return text.Length <= LongestHeading ? (level, text.Length) : (0, 0);
        return stop + 1 <= LongestHeading && text[stop] == '。' ? (level, stop + 1) : (0, 0);
    }

    [GeneratedRegex("^[一二三四五六七八九十]{1,3}、")]
    private static partial Regex FirstLevel();

    [GeneratedRegex("^[（(][一二三四五六七八九十]{1,3}[）)]")]
    private static partial Regex SecondLevel();

    /// <summary>成文日期 on a line of its own, in digits or in Chinese.</summary>
    [GeneratedRegex("^(\\d{4}|[二〇○零一三四五六七八九]{4})\\s*年\\s*[\\d一二三四五六七八九十]{1,3}\\s*月\\s*[\\d一二三四五六七八九十]{1,3}\\s*日$")]
    private static partial Regex DateLine();

    [GeneratedRegex("^\\p{L}+〔\\d{4}〕\\d+号")]
    private static partial Regex DocumentNumber();

    /// <summary>How the name of a public body ends, or of the office that a 述法报告 is signed by.</summary>
    [GeneratedRegex("^[^。；，：！？]*(政府|委员会|党委|党工委|办事处|办公室|管委会|局|院|所|站|中心|办|负责人)(（章）|（印章）|（盖章）)?$")]
    private static partial Regex Body();
}

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.CustomProperties;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.VariantTypes;
using DocumentFormat.OpenXml.Wordprocessing;
using LawDashboard.Data;
using LawDashboard.Features.Documents;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports;

/// <summary>What may differ between official documents.</summary>
/// <param name="ListMissing">Adds a page 待补事项 with what the entries could not supply; for the drafter, not for sending.</param>
/// <param name="Sealed">The document will bear a seal: 成文日期 four characters from the edge, 署名 centred on it.</param>
/// <param name="Origin">Which stored version it is, so that it is known again when it comes back.</param>
/// <param name="Addressee">主送机关 in place of the draft's; null keeps it.</param>
/// <param name="Attachments">Names for the 附件说明 behind the text.</param>
/// <param name="Head">版头 with the name of the body, number and signer; null for none, as on the web.</param>
/// <param name="Imprint">版记 at the foot of the last page; null for none.</param>
/// <param name="Sources">Rows of the appendix 数据来源表; null for none.</param>
/// <param name="DigitFont">Font of digits and Latin letters; places differ between 仿宋 and Times New Roman.</param>
public sealed record OfficialDocumentOptions(bool ListMissing = false, bool Sealed = true, string DigitFont = OfficialStyles.BodyFont, DocumentOrigin? Origin = null,
    string? Addressee = null, IReadOnlyList<string>? Attachments = null, OfficialHead? Head = null, OfficialImprint? Imprint = null, IReadOnlyList<SourceRow>? Sources = null);

/// <summary>
/// Writes a draft as a Word document in the form of GB/T 9704-2012 (党政机关公文格式). Each figure is a content control
/// whose tag is the figure's id and whose title is its name, so that a program finds it again in the edited document.
/// </summary>
public static class OfficialDocument
{
    /// <summary>Writes the document; the stream need not seek, and stays open.</summary>
    public static void Write(Stream output, ReportDraft draft, OfficialDocumentOptions? options = null)
    {
        using var package = Package(draft, options);
        package.CopyTo(output);
    }

    /// <summary>The same for streams that only write asynchronously, as a response does.</summary>
    public static async Task WriteAsync(Stream output, ReportDraft draft, OfficialDocumentOptions? options = null, CancellationToken ct = default)
    {
        using var package = Package(draft, options);
        await package.CopyToAsync(output, ct);
    }

    /// <summary>A package is written by seeking; a report is some tens of kilobytes.</summary>
    static MemoryStream Package(ReportDraft draft, OfficialDocumentOptions? options)
    {
        options ??= new();
        var buffer = new MemoryStream();
        using (var document = WordprocessingDocument.Create(buffer, WordprocessingDocumentType.Document, autoSave: true))
        {
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>("styles").Styles = OfficialStyles.Styles(options.DigitFont);
            main.AddNewPart<DocumentSettingsPart>("settings").Settings = OfficialStyles.Settings();
            main.AddNewPart<FontTablePart>("fonts").Fonts = OfficialStyles.FontTable();
            main.AddNewPart<FooterPart>("odd").Footer = new Footer(OfficialStyles.PageNumber(odd: true));
            main.AddNewPart<FooterPart>("even").Footer = new Footer(OfficialStyles.PageNumber(odd: false));
            main.Document = new Document(new Body([
                .. new OfficialText(options, main).Paragraphs(draft), OfficialStyles.Page("odd", "even")]));
            if (options.Origin is { } origin) Mark(document, origin);
            document.PackageProperties.Title = OfficialText.Legal(string.Concat(draft.Title));
            document.PackageProperties.Creator = OfficialText.Legal(draft.UnitName);
        }
        buffer.Position = 0;
        return buffer;
    }

    static void Mark(WordprocessingDocument document, DocumentOrigin origin) =>
        document.AddCustomFilePropertiesPart().Properties = new(new CustomDocumentProperty(new VTLPWSTR(origin.ToString()))
        {
            FormatId = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", PropertyId = 2, Name = DocumentOrigin.Property,
        });
}

/// <summary>The paragraphs of one official document.</summary>
/// <param name="main">Takes the charts.</param>
sealed class OfficialText(OfficialDocumentOptions options, MainDocumentPart main)
{
    /// <summary>Word's limit for the title and the tag of a content control.</summary>
    const int LongestLabel = 64;

    int controls, charts;

    public IEnumerable<OpenXmlElement> Paragraphs(ReportDraft draft) =>
        [
        .. options.Head is { } head ? OfficialParts.Head(head, options.DigitFont) : [], .. Head(draft), .. Body(draft),
        .. OfficialParts.Attachments(options.Attachments ?? [], options.DigitFont), .. Closing(draft),
        .. options.Sources is { Count: > 0 } sources ? OfficialParts.Sources(sources, options.DigitFont) : [],
        // What is attached stands before the imprint, which ends the document; what is missing is a note for its drafter.
        .. options.Imprint is { } imprint ? OfficialParts.Imprint(imprint, options.DigitFont) : [], .. options.ListMissing && draft.Missing.Count > 0 ? Missing(draft) : [],
    ];

    /// <summary>Without what XML cannot hold: control characters and halves of surrogate pairs.</summary>
    public static string Legal(string text) => XmlText.Legal(text);

    IEnumerable<Paragraph> Head(ReportDraft draft)
    {
        if (draft.Title.Count > 0)
        {
            yield return Blank();
            yield return Blank();
            var title = Of(OfficialStyles.Title);
            for (var i = 0; i < draft.Title.Count; i++)
            {
                if (i > 0) title.Append(new Run(Type(OfficialStyles.TitleFont), new Break()));
                title.Append(Words(draft.Title[i], OfficialStyles.TitleFont));
            }
            yield return title;
            yield return Blank();
        }
        var addressee = options.Addressee is { } other ? other.TrimEnd('：', ':') + "：" : draft.Addressee;
        if (addressee.Length > 0) yield return Of(OfficialStyles.Addressee, Words(addressee, OfficialStyles.BodyFont));
    }

    IEnumerable<OpenXmlElement> Body(ReportDraft draft)
    {
        var blocks = draft.Blocks;
        for (var i = 0; i < blocks.Count; i++)
        {
            switch (blocks[i])
            {
                case HeadingBlock { RunsIn: true } heading:
                    // The heading leads its paragraph: same paragraph, its own font.
                    var paragraph = Of(OfficialStyles.Body, Words(heading.Text, Font(heading)));
                    if (blocks.ElementAtOrDefault(i + 1) is ParagraphBlock following)
                    {
                        paragraph.Append(Runs(following));
                        i++;
                    }
                    yield return paragraph;
                    break;
                case HeadingBlock heading:
                    yield return Of(heading.Level == 1 ? OfficialStyles.Heading1 : OfficialStyles.Heading2, Words(heading.Text, Font(heading)));
                    break;
                case ParagraphBlock caption when draft.ExhibitAt(caption) is { } exhibit:
                    foreach (var part in Exhibit(exhibit, caption)) yield return part;
                    break;
                case ParagraphBlock block:
                    yield return Of(OfficialStyles.Body, [.. Runs(block)]);
                    break;
            }
        }
    }

    /// <summary>A table has its caption above, a chart below.</summary>
    IEnumerable<OpenXmlElement> Exhibit(Exhibit exhibit, ParagraphBlock caption)
    {
        var line = Of(OfficialStyles.Addressee, [.. Runs(caption)]);
        line.ParagraphProperties!.Justification = new() { Val = JustificationValues.Center };
        if (exhibit.IsTable)
        {
            line.ParagraphProperties.KeepNext = new();
            yield return line;
            yield return WordExhibits.Table(exhibit, options.DigitFont);
        }
        else
        {
            yield return KeptWithNext(WordExhibits.Chart(main, exhibit, ++charts, options.DigitFont));
            yield return line;
        }
    }

    static string Font(HeadingBlock heading) => heading.Level == 1 ? OfficialStyles.FirstLevelFont : OfficialStyles.SecondLevelFont;

    /// <summary>
    /// 署名 and 成文日期. Sealed: the date four characters from the right, the name centred on it. Unsealed: the name two
    /// characters from the right, the date beginning two characters after the name does.
    /// </summary>
    IEnumerable<Paragraph> Closing(ReportDraft draft)
    {
        if (draft.Signature.Length == 0 && draft.Date.Length == 0) yield break;
        var (name, date) = (Width(draft.Signature), Width(draft.Date));
        var dateIndent = options.Sealed ? Math.Max(4, (name - date) / 2) : Math.Max(2, name - date);
        var nameIndent = options.Sealed ? dateIndent + (date - name) / 2 : dateIndent + date - name + 2;
        // A seal wants room above the name, but not so much that text and seal come apart.
        for (var blank = options.Sealed ? 2 : 1; blank > 0; blank--) yield return KeptWithNext(Blank());
        if (draft.Signature.Length > 0) yield return KeptWithNext(FromRight(draft.Signature, nameIndent));
        if (draft.Date.Length > 0) yield return FromRight(draft.Date, dateIndent);
    }

    Paragraph FromRight(string text, decimal characters)
    {
        var paragraph = Of(OfficialStyles.Closing, Words(text, OfficialStyles.BodyFont));
        paragraph.ParagraphProperties!.Indentation = new()
        {
            FirstLineChars = 0, FirstLine = "0", Right = OfficialStyles.Twips((int)(Math.Max(0, characters) * OfficialStyles.Character)),
        };
        return paragraph;
    }

    /// <summary>Width in characters: digits and Latin letters take half of one.</summary>
    static decimal Width(string text) => text.Sum(c => c < 0x80 ? 0.5m : 1m);

    IEnumerable<Paragraph> Missing(ReportDraft draft)
    {
        var title = Of(OfficialStyles.Title, Words(WordText.MissingPage, OfficialStyles.TitleFont));
        title.ParagraphProperties!.PageBreakBefore = new();
        yield return title;
        yield return Blank();
        var number = 0;
        foreach (var section in draft.Missing.GroupBy(sentence => sentence.Section))
        {
            if (section.Key.Length > 0) yield return Of(OfficialStyles.Heading2, Words(section.Key, OfficialStyles.SecondLevelFont));
            foreach (var sentence in section)
                yield return Of(OfficialStyles.Body, Words($"{++number}. {sentence}", OfficialStyles.BodyFont));
        }
    }

    IEnumerable<OpenXmlElement> Runs(ParagraphBlock block) => block.Sentences.SelectMany(sentence => sentence.Runs).Select<ReportRun, OpenXmlElement>(run => run switch
    {
        { Figure: { } figure } => Control(figure),
        { Gap: true } => Marked(run.Text),
        _ => Words(run.Text, OfficialStyles.BodyFont),
    });

    SdtRun Control(Figure figure) => new(
        new SdtProperties(
            Type(OfficialStyles.BodyFont),
            new SdtAlias { Val = Label(figure.Name) },
            new Tag { Val = Label(figure.Id) },
            new SdtId { Val = ++controls }),
        new SdtContentRun(Words(figure.Text, OfficialStyles.BodyFont)));

    Run Words(string text, string font) => new(Type(font), new Text(Legal(text)) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>Yellow, so that no gap is sent out unseen.</summary>
    Run Marked(string text)
    {
        var run = Words(text, OfficialStyles.BodyFont);
        run.RunProperties!.Highlight = new() { Val = HighlightColorValues.Yellow };
        return run;
    }

    RunProperties Type(string font) => new(OfficialStyles.Fonts(font, options.DigitFont));

    static string Label(string text) => Legal(text).Beginning(LongestLabel);

    static Paragraph Of(string style, params OpenXmlElement[] content) =>
        new([new ParagraphProperties { ParagraphStyleId = new() { Val = style } }, .. content]);

    static Paragraph Blank() => Of(OfficialStyles.Addressee);

    static Paragraph KeptWithNext(Paragraph paragraph)
    {
        paragraph.ParagraphProperties!.KeepNext = new();
        return paragraph;
    }
}

using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using LawDashboard.Features.Documents;
using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports;

/// <summary>版头: name of the body in red, number and signer, the red line below (GB/T 9704-2012 7.2).</summary>
/// <param name="Body">发文机关标志: 法镇人民政府文件.</param>
/// <param name="Number">发文字号: 法政发〔2027〕3号.</param>
/// <param name="Signer">签发人; a report goes upwards and so names him. Null leaves him out.</param>
public sealed partial record OfficialHead(string Body, string Number, string? Signer = null)
{
    /// <summary>Why the number is not written as the standard wants it; null when it is.</summary>
    public static string? NumberProblem(string number) => NumberForm().IsMatch(number) ? null
        : $"发文字号“{number}”应由机关代字、六角括号〔年份〕和序号组成，不加“第”、不编虚位，例如“法政发〔2027〕3号”。";

    [GeneratedRegex("^\\p{L}+〔\\d{4}〕[1-9]\\d*号$")]
    private static partial Regex NumberForm();
}

/// <summary>版记: who gets a copy, who printed it and when (GB/T 9704-2012 7.4).</summary>
public sealed record OfficialImprint(IReadOnlyList<string> Copies, string Printer, DateOnly PrintedOn);

/// <summary>The parts of an official document that not every document has.</summary>
static class OfficialParts
{
    /// <summary>156 mm in twips.</summary>
    const int TextWidth = 8844;
    /// <summary>14 pt: one character of 4号.</summary>
    const int SmallCharacter = 280;
    const string Red = "FF0000";
    /// <summary>六号 (7.5 pt): the smallest type that a document of this standard sets, for its tables of sources.</summary>
    const string SourceType = "15";
    /// <summary>0.35 mm and 0.25 mm in eighths of a point.</summary>
    const uint Thick = 8, Thin = 6;

    public static IEnumerable<OpenXmlElement> Head(OfficialHead head, string digits)
    {
        // The name stands 35 mm below the upper edge of the text; 4 mm below the number comes the red line.
        var body = Of(OfficialStyles.Title, Words(head.Body, OfficialStyles.TitleFont, digits, Red, "62"));
        body.ParagraphProperties!.SpacingBetweenLines = new() { Before = "1984", After = "0", Line = "1000", LineRule = LineSpacingRuleValues.AtLeast };
        yield return body;
        yield return Of(OfficialStyles.Addressee);
        yield return Of(OfficialStyles.Addressee);
        var number = Of(OfficialStyles.Addressee, Words(head.Number, OfficialStyles.BodyFont, digits));
        if (head.Signer is { } signer)
            number.Append(new Run(new TabChar()), Words("签发人：", OfficialStyles.BodyFont, digits), Words(signer, OfficialStyles.SecondLevelFont, digits));
        number.ParagraphProperties!.ParagraphBorders = new(new BottomBorder { Val = BorderValues.Single, Color = Red, Size = 12, Space = 11 });
        number.ParagraphProperties.Tabs = new(new TabStop { Val = TabStopValues.Right, Position = TextWidth - OfficialStyles.Character });
        // Indented by its first line alone: the red line is as wide as the text.
        number.ParagraphProperties.Indentation = head.Signer is null ? Left(0) : new() { FirstLineChars = 100, FirstLine = OfficialStyles.Twips(OfficialStyles.Character) };
        if (head.Signer is null) number.ParagraphProperties.Justification = new() { Val = JustificationValues.Center };
        yield return number;
    }

    /// <summary>附件说明: a line below the text, two characters in, numbered when there are several, no mark at the end.</summary>
    public static IEnumerable<OpenXmlElement> Attachments(IReadOnlyList<string> names, string digits)
    {
        if (names.Count > 0) yield return Of(OfficialStyles.Addressee);
        for (var i = 0; i < names.Count; i++)
        {
            var number = names.Count > 1 ? $"{i + 1}." : "";
            var paragraph = Of(OfficialStyles.Addressee, Words((i == 0 ? "附件：" : "") + number + names[i].TrimEnd('。', '；'), OfficialStyles.BodyFont, digits));
            // Lines that run over stand under the first character of the name.
            var hanging = (int)(OfficialStyles.Character * ((i == 0 ? 3 : 0) + number.Length / 2m));
            paragraph.ParagraphProperties!.Indentation = new() { Left = OfficialStyles.Twips(5 * OfficialStyles.Character + (int)(OfficialStyles.Character * (number.Length / 2m))), Hanging = OfficialStyles.Twips(hanging), FirstLineChars = 0 };
            yield return paragraph;
        }
    }

    /// <summary>A table at the foot of the last page: thick lines above and below, a thin one between.</summary>
    public static IEnumerable<OpenXmlElement> Imprint(OfficialImprint imprint, string digits)
    {
        List<TableRow> rows = [];
        if (imprint.Copies.Count > 0)
        {
            var copies = Small(Words($"抄送：{string.Join("，", imprint.Copies)}。", OfficialStyles.BodyFont, digits, size: "28"));
            copies.ParagraphProperties!.Indentation = new() { Left = OfficialStyles.Twips(4 * SmallCharacter), Hanging = OfficialStyles.Twips(3 * SmallCharacter), Right = OfficialStyles.Twips(SmallCharacter), FirstLineChars = 0 };
            rows.Add(Row(copies));
        }
        var printed = Small(Words(imprint.Printer, OfficialStyles.BodyFont, digits, size: "28"), new Run(new TabChar()), Words(Numerals.Date(imprint.PrintedOn) + "印发", OfficialStyles.BodyFont, digits, size: "28"));
        printed.ParagraphProperties!.Tabs = new(new TabStop { Val = TabStopValues.Right, Position = TextWidth - SmallCharacter });
        printed.ParagraphProperties.Indentation = Left(SmallCharacter);
        rows.Add(Row(printed));
        yield return new Table([new TableProperties(
            new TablePositionProperties { VerticalAnchor = VerticalAnchorValues.Margin, HorizontalAnchor = HorizontalAnchorValues.Margin, TablePositionXAlignment = HorizontalAlignmentValues.Left, TablePositionYAlignment = VerticalAlignmentValues.Bottom },
            new TableWidth { Width = OfficialStyles.Twips(TextWidth), Type = TableWidthUnitValues.Dxa },
            new TableBorders(new TopBorder { Val = BorderValues.Single, Size = Thick }, new BottomBorder { Val = BorderValues.Single, Size = Thick }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = Thin }),
            new TableLayout { Type = TableLayoutValues.Fixed }, Margins(0)), new TableGrid(new GridColumn { Width = OfficialStyles.Twips(TextWidth) }), .. rows]);
        // A table is no end of a document; the line behind takes no room.
        yield return new Paragraph(new ParagraphProperties(new SnapToGrid { Val = false }, new SpacingBetweenLines { Before = "0", After = "0", Line = "20", LineRule = LineSpacingRuleValues.Exact }));

        static Paragraph Small(params OpenXmlElement[] content)
        {
            var paragraph = Of(OfficialStyles.Addressee, content);
            paragraph.ParagraphProperties!.SnapToGrid = new() { Val = false };
            paragraph.ParagraphProperties.SpacingBetweenLines = new() { Before = "40", After = "40", Line = "400", LineRule = LineSpacingRuleValues.Exact };
            return paragraph;
        }

        static TableRow Row(Paragraph paragraph) => new(new TableCell(new TableCellProperties(new TableCellWidth { Width = OfficialStyles.Twips(TextWidth), Type = TableWidthUnitValues.Dxa }), paragraph));
    }

    /// <summary>
    /// Every figure with its counting rule and how many rows it counts, on pages of their own, in small type since some reports
    /// have hundreds. The period that most of them share is said once above the table; a row says its own where it differs.
    /// </summary>
    public static IEnumerable<OpenXmlElement> Sources(IReadOnlyList<SourceRow> sources, string digits)
    {
        var common = sources.CountBy(source => source.Period).MaxBy(period => period.Value).Key;
        var title = OfficialParts.Of(OfficialStyles.Title, Words(WordText.SourcesPage, OfficialStyles.TitleFont, digits));
        title.ParagraphProperties!.PageBreakBefore = new();
        yield return title;
        yield return Tight(Small($"统计期间：{common}，另有注明的除外。各项按台账归在一起，依次为：名称（编号）、口径、文中写作［记录数］；比率的记录数为分子/分母，同比为本年/上年。文中同一口径的其他数据项，编号为括号中的编号加“·”后的部分。"));
        yield return new Table([new TableProperties(
            new TableWidth { Width = OfficialStyles.Twips(TextWidth), Type = TableWidthUnitValues.Dxa },
            new TableBorders(new TopBorder { Val = BorderValues.Single, Size = Thick }, new BottomBorder { Val = BorderValues.Single, Size = Thick }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 2 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 2 }),
            new TableLayout { Type = TableLayoutValues.Fixed }, Margins(40)), new TableGrid(new GridColumn { Width = OfficialStyles.Twips(TextWidth / 2) }, new GridColumn { Width = OfficialStyles.Twips(TextWidth / 2) }),
            .. sources.GroupBy(source => source.Heading).SelectMany(ledger => ledger.Chunk(2).Select(pair => Row(pair)).Prepend(Head(ledger.Key)))]);
        yield return OfficialParts.Of(OfficialStyles.Addressee);

        Run Small(string text, string font = OfficialStyles.BodyFont) => Words(text, font, digits, size: SourceType);

        TableRow Head(string text)
        {
            var cell = Cell(TextWidth, Small(text, OfficialStyles.FirstLevelFont));
            cell.TableCellProperties!.GridSpan = new() { Val = 2 };
            // No heading stays behind at the foot of a page.
            cell.GetFirstChild<Paragraph>()!.ParagraphProperties!.KeepNext = new();
            return new(new TableRowProperties(new CantSplit()), cell);
        }

        TableRow Row(SourceRow[] pair) => new([new TableRowProperties(new CantSplit()), .. pair.Select(source => Cell(TextWidth / 2, Of(source))), .. pair.Length == 1 ? [Cell(TextWidth / 2)] : Array.Empty<TableCell>()]);

        Run[] Of(SourceRow source) =>
        [
            Small(source.Name, OfficialStyles.FirstLevelFont), Small($"（{source.Key}）{source.Rule}{(source.Period == common || source.Period.Length == 0 ? "" : $"，统计期间{source.Period}")}。"),
            Small(string.Join("；", source.Figures.Select(Item)) + "。", OfficialStyles.SecondLevelFont),
        ];

        static string Item(SourceItem item) => item.Words + (item.Tail.Length > 0 || item.Rows is not null ? $"［{string.Join("，", new[] { item.Rows, item.Tail.Length > 0 ? "·" + item.Tail : null }.OfType<string>())}］" : "");

        static TableCell Cell(int width, params Run[] content) => new(new TableCellProperties(new TableCellWidth { Width = OfficialStyles.Twips(width), Type = TableWidthUnitValues.Dxa }), Tight(content));

        static Paragraph Tight(params Run[] content)
        {
            var paragraph = OfficialParts.Of(OfficialStyles.Addressee, content);
            paragraph.ParagraphProperties!.SnapToGrid = new() { Val = false };
            paragraph.ParagraphProperties.SpacingBetweenLines = new() { Before = "10", After = "10", Line = "180", LineRule = LineSpacingRuleValues.Exact };
            paragraph.ParagraphProperties.Justification = new() { Val = JustificationValues.Left };
            return paragraph;
        }
    }

    static TableCellMarginDefault Margins(short sides) => new(
        new TopMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = sides, Type = TableWidthValues.Dxa },
        new BottomMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = sides, Type = TableWidthValues.Dxa });

    static Indentation Left(int twips) => new() { Left = OfficialStyles.Twips(twips), FirstLineChars = 0, FirstLine = "0" };

    static Run Words(string text, string font, string digits, string? colour = null, string? size = null)
    {
        var type = new RunProperties(OfficialStyles.Fonts(font, digits));
        if (colour is not null) type.Append(new Color { Val = colour });
        if (size is not null) type.Append(new FontSize { Val = size }, new FontSizeComplexScript { Val = size });
        return new(type, new Text(OfficialText.Legal(text)) { Space = SpaceProcessingModeValues.Preserve });
    }

    static Paragraph Of(string style, params OpenXmlElement[] content) => new([new ParagraphProperties { ParagraphStyleId = new() { Val = style } }, .. content]);
}

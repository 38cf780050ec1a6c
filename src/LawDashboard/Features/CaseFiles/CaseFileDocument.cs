using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using LawDashboard.Features.Documents;

namespace LawDashboard.Features.CaseFiles;

/// <summary>Writes one case file (一案一卷) as a Word document: cover, index, and the forms, each on a page of its own.</summary>
public static class CaseFileDocument
{
    /// <summary>Width of the text in twentieths of a point: 156 mm.</summary>
    const int Width = 8844;
    const int Line = 400;
    /// <summary>Forms are no official letter: closer lines and 25 mm above and below keep each of them, with its signatures, on one page.</summary>
    const int FormLine = 480;
    const int FormMargin = 1418;

    /// <summary>The document in memory: some tens of kilobytes.</summary>
    public static MemoryStream Package(CaseFilePaper paper)
    {
        var buffer = new MemoryStream();
        using (var document = WordprocessingDocument.Create(buffer, WordprocessingDocumentType.Document, autoSave: true))
        {
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>("styles").Styles = OfficialStyles.Styles(OfficialStyles.BodyFont);
            main.AddNewPart<DocumentSettingsPart>("settings").Settings = OfficialStyles.Settings();
            main.AddNewPart<FontTablePart>("fonts").Fonts = OfficialStyles.FontTable();
            main.AddNewPart<FooterPart>("odd").Footer = new Footer(OfficialStyles.PageNumber(odd: true));
            main.AddNewPart<FooterPart>("even").Footer = new Footer(OfficialStyles.PageNumber(odd: false));
            main.Document = new Document(new Body([.. Cover(paper), .. Index(paper), .. paper.Pages.SelectMany(Page), FormPage()]));
            document.PackageProperties.Title = XmlText.Legal(paper.Title);
            document.PackageProperties.Creator = XmlText.Legal(paper.Unit);
        }
        buffer.Position = 0;
        return buffer;
    }

    static SectionProperties FormPage()
    {
        var section = OfficialStyles.Page("odd", "even");
        var margin = section.GetFirstChild<PageMargin>()!;
        (margin.Top, margin.Bottom, margin.Footer) = (FormMargin, FormMargin, 851);
        // The letter's grid of 22 lines would push the closer lines apart again.
        section.GetFirstChild<DocGrid>()?.Remove();
        return section;
    }

    static IEnumerable<OpenXmlElement> Cover(CaseFilePaper paper)
    {
        for (var blank = 0; blank < 3; blank++) yield return Plain("");
        yield return Of(OfficialStyles.Title, paper.Unit, OfficialStyles.TitleFont);
        yield return Plain("");
        yield return Of(OfficialStyles.Title, paper.Title, OfficialStyles.TitleFont);
        for (var blank = 0; blank < 2; blank++) yield return Plain("");
        yield return Table([.. paper.Cover.Select(line => Row([line.Label, line.Text], 1.3, borders: false))], borders: false);
        if (paper.Masked) yield return Plain("（本卷个人信息已隐藏部分内容，不作归档正本）", JustificationValues.Center, "28");
    }

    static IEnumerable<OpenXmlElement> Index(CaseFilePaper paper)
    {
        yield return NewPage(Of(OfficialStyles.Title, paper.IndexTitle, OfficialStyles.TitleFont));
        yield return Plain("");
        TableRow[] lines = [IndexRow(["序号", "材料名称", "页次", "备注"], head: true),
            .. paper.Index.Select(line => IndexRow([$"{line.Number}", line.Name, "", line.Note]))];
        yield return Table(lines, widths: IndexWidths);
        yield return Plain("");
    }

    static IEnumerable<OpenXmlElement> Page(CaseFilePage page)
    {
        yield return NewPage(Of(OfficialStyles.Title, page.Title, OfficialStyles.TitleFont));
        yield return Plain("");
        var rows = new List<TableRow>();
        Paragraph? last = null;
        foreach (var piece in page.Pieces)
        {
            if (piece.Block.Row is not null)
            {
                rows.Add(Row(piece.Cells, piece.Block.Lines));
                continue;
            }
            // Rows that follow each other are one table; what stands between ends it.
            if (rows.Count > 0)
            {
                yield return Table(rows);
                (rows, last) = ([], null);
            }
            // What is signed and who signs it stand on one page.
            if (piece.Block.Sign is not null && last is not null) KeptWithNext(last);
            foreach (var element in Words(piece)) yield return last = Close(element);
        }
        if (rows.Count > 0)
        {
            yield return Table(rows);
            // A page may not end with a table.
            yield return Plain("");
        }
    }

    static IEnumerable<Paragraph> Words(CaseFilePiece piece)
    {
        if (piece.Block.Sign is not null)
        {
            yield return KeptWithNext(Plain(""));
            // Who signs, the seal and the date stand on one page.
            foreach (var place in piece.Cells) yield return KeptWithNext(Plain(place + "：＿＿＿＿＿＿＿＿＿＿"));
        }
        else if (piece.Block.Right is not null) yield return Plain(piece.Text, JustificationValues.Right);
        else if (piece.Block.Head is not null) yield return Of(OfficialStyles.Heading1, piece.Text, OfficialStyles.FirstLevelFont);
        else
            foreach (var line in piece.Text.ReplaceLineEndings("\n").Split('\n')) yield return Of(OfficialStyles.Body, line, OfficialStyles.BodyFont);
    }

    static readonly int[] IndexWidths = [900, 4844, 1200, 1900], PairWidths = [1700, Width - 1700], FourWidths = [1700, 2722, 1700, 2722];

    static Table Table(IReadOnlyList<TableRow> rows, bool borders = true, int[]? widths = null)
    {
        var properties = new TableProperties(new TableWidth { Width = Twips(Width), Type = TableWidthUnitValues.Dxa });
        if (borders)
            properties.Append(new TableBorders(Edge<TopBorder>(), Edge<LeftBorder>(), Edge<BottomBorder>(), Edge<RightBorder>(), Edge<InsideHorizontalBorder>(), Edge<InsideVerticalBorder>()));
        properties.Append(new TableLayout { Type = TableLayoutValues.Fixed });
        return new Table([properties, new TableGrid((widths ?? FourWidths).Select(width => new GridColumn { Width = Twips(width) })), .. rows]);
    }

    /// <summary>Label and text, once or twice; a single pair spans the four columns of its table.</summary>
    static TableRow Row(IReadOnlyList<string> cells, double lines, bool borders = true)
    {
        var widths = cells.Count == 2 ? PairWidths : FourWidths;
        return new TableRow([Height(lines), .. cells.Select((cell, at) =>
            Cell(cell, widths[at], label: at % 2 == 0, span: cells.Count == 2 && at == 1 ? 3 : 1, borders))]);
    }

    static TableRow IndexRow(IReadOnlyList<string> cells, bool head = false)
    {
        var row = new TableRow([Height(1), .. cells.Select((cell, at) => Cell(cell, IndexWidths[at], label: head || at == 0, span: 1, borders: true))]);
        if (head) row.TableRowProperties!.Append(new TableHeader());
        return row;
    }

    static TableRowProperties Height(double lines) => new(
        new CantSplit(), new TableRowHeight { Val = (uint)(lines * Line) + 80, HeightType = HeightRuleValues.AtLeast });

    static TableCell Cell(string text, int width, bool label, int span, bool borders)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = Twips(width), Type = TableWidthUnitValues.Dxa });
        if (span > 1) properties.Append(new GridSpan { Val = span });
        // The lines of a cover are filled in on a rule, not in a box.
        if (!borders && !label) properties.Append(new TableCellBorders(Edge<BottomBorder>()));
        properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return new TableCell([properties, .. lines.Select(line => Plain(line, label ? JustificationValues.Center : JustificationValues.Left, "28"))]);
    }

    static T Edge<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 6, Space = 0, Color = "000000" };

    static Paragraph Of(string style, string text, string font) =>
        new(new ParagraphProperties { ParagraphStyleId = new() { Val = style } }, Run(text, font, null));

    /// <summary>A line without indent.</summary>
    static Paragraph Plain(string text, JustificationValues? justification = null, string? size = null)
    {
        var properties = new ParagraphProperties { ParagraphStyleId = new() { Val = OfficialStyles.Addressee } };
        // Cells are lower than the lines of a letter.
        if (size is not null) properties.SpacingBetweenLines = new() { Before = "0", After = "0", Line = "400", LineRule = LineSpacingRuleValues.AtLeast };
        properties.Justification = new() { Val = justification ?? JustificationValues.Left };
        return new Paragraph(properties, Run(text, OfficialStyles.BodyFont, size));
    }

    static Run Run(string text, string font, string? size)
    {
        var type = new RunProperties(OfficialStyles.Fonts(font, OfficialStyles.BodyFont));
        if (size is not null) type.Append(new FontSize { Val = size }, new FontSizeComplexScript { Val = size });
        return new Run(type, new Text(XmlText.Legal(text)) { Space = SpaceProcessingModeValues.Preserve });
    }

    static Paragraph Close(Paragraph paragraph)
    {
        paragraph.ParagraphProperties!.SpacingBetweenLines = new() { Before = "0", After = "0", Line = OfficialStyles.Twips(FormLine), LineRule = LineSpacingRuleValues.Exact };
        return paragraph;
    }

    static Paragraph KeptWithNext(Paragraph paragraph)
    {
        paragraph.ParagraphProperties!.KeepNext = new();
        return paragraph;
    }

    static Paragraph NewPage(Paragraph paragraph)
    {
        paragraph.ParagraphProperties!.PageBreakBefore = new();
        return paragraph;
    }

    static string Twips(int value) => OfficialStyles.Twips(value);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using LawDashboard.Features.Documents;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing;
using DW = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace LawDashboard.Features.Reports;

/// <summary>Tables and charts as Word's own: the table can be edited, the chart carries its workbook and can be edited as well.</summary>
static class WordExhibits
{
    /// <summary>156 mm of text in twips and in English Metric Units; a chart is 80 mm high.</summary>
    const int TextWidth = 8844;
    const long ChartWidth = 5_616_000, ChartHeight = 2_880_000;
    /// <summary>五号 in half points: tables are set smaller than the text.</summary>
    const string TypeSize = "21";
    static readonly string[] Colours = ["1F4E8C", "2A938C", "C98A1B", "7A5EA8", "B4553A", "6B7C8F"];

    /// <summary>Begins the description of our own tables; behind it what their cells say.</summary>
    public const string TableMark = "LawDashboard:";

    /// <summary>The same for the same cells, so that a changed table is known when the document comes back.</summary>
    public static string Fingerprint(IEnumerable<string> cells) =>
        TableMark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\t', cells))))[..16];

    public static Table Table(Exhibit exhibit, string digits)
    {
        var first = exhibit.Columns.Count > 4 ? 1300 : 1800;
        var width = (TextWidth - first) / exhibit.Columns.Count;
        int[] widths = [first, .. Enumerable.Repeat(width, exhibit.Columns.Count)];
        string[] head = [exhibit.AxisName, .. exhibit.Columns.Select(column => column.Heading)];
        List<string[]> rows = [.. exhibit.Rows.Select(row => (string[])[row.Label, .. row.Cells.Select(cell => cell.Text)])];
        return new([new TableProperties(
                new TableWidth { Width = OfficialStyles.Twips(TextWidth), Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                new TableBorders(Line<TopBorder>(8), Line<LeftBorder>(6), Line<BottomBorder>(8), Line<RightBorder>(6), Line<InsideHorizontalBorder>(6), Line<InsideVerticalBorder>(6)),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(new TopMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 40, Type = TableWidthValues.Dxa },
                    new BottomMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 40, Type = TableWidthValues.Dxa }),
                new TableCaption { Val = OfficialText.Legal(exhibit.Title) }, new TableDescription { Val = Fingerprint(rows.Prepend(head).SelectMany(row => row)) }),
            new TableGrid(widths.Select(wide => new GridColumn { Width = OfficialStyles.Twips(wide) })),
            Row(head, head: true), .. rows.Select(row => Row(row, head: false))]);

        TableRow Row(string[] cells, bool head)
        {
            var row = new TableRow(new TableRowProperties(new CantSplit()));
            if (head) row.TableRowProperties!.Append(new TableHeader());
            row.Append(cells.Select((cell, i) => new TableCell(
                new TableCellProperties(new TableCellWidth { Width = OfficialStyles.Twips(widths[i]), Type = TableWidthUnitValues.Dxa }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
                Cell(cell, head))));
            return row;
        }

        Paragraph Cell(string text, bool heading) => new(
            new ParagraphProperties(new ParagraphStyleId { Val = OfficialStyles.Addressee }, new SnapToGrid { Val = false },
                new SpacingBetweenLines { Before = "20", After = "20", Line = "300", LineRule = LineSpacingRuleValues.Exact }, new Justification { Val = JustificationValues.Center }),
            new Run(new RunProperties(OfficialStyles.Fonts(heading ? OfficialStyles.FirstLevelFont : OfficialStyles.BodyFont, digits), new FontSize { Val = TypeSize }, new FontSizeComplexScript { Val = TypeSize }),
                new Text(OfficialText.Legal(text)) { Space = SpaceProcessingModeValues.Preserve }));
    }

    static T Line<T>(uint size) where T : BorderType, new() => new() { Val = BorderValues.Single, Size = size };

    /// <summary>A paragraph with the chart; its part and workbook are put into the document.</summary>
    public static Paragraph Chart(MainDocumentPart main, Exhibit exhibit, int number, string digits)
    {
        var id = $"chart{number.ToString(CultureInfo.InvariantCulture)}";
        var part = main.AddNewPart<ChartPart>(id);
        var book = part.AddNewPart<EmbeddedPackagePart>("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "workbook");
        using (var content = ExhibitWorkbook.Of(exhibit)) book.FeedData(content);
        part.ChartSpace = Space(exhibit, digits);
        var inline = new DW.Inline(
            new DW.Extent { Cx = ChartWidth, Cy = ChartHeight }, new DW.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            // Below the numbers of what else stands in the document.
            new DW.DocProperties { Id = (uint)(5000 + number), Name = $"图{number}", Description = OfficialText.Legal(exhibit.Title) },
            new DW.NonVisualGraphicFrameDrawingProperties(),
            new D.Graphic(new D.GraphicData(new C.ChartReference { Id = id }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }))
        {
            DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0,
        };
        // Lines of a fixed height would cut a picture off.
        return new(new ParagraphProperties(new ParagraphStyleId { Val = OfficialStyles.Addressee }, new SnapToGrid { Val = false },
            new SpacingBetweenLines { Line = "240", LineRule = LineSpacingRuleValues.Auto }, new Justification { Val = JustificationValues.Center }), new Run(new Drawing(inline)));
    }

    static C.ChartSpace Space(Exhibit exhibit, string digits)
    {
        var plot = new C.PlotArea(new C.Layout());
        OpenXmlCompositeElement chart = exhibit.Style == ExhibitStyle.Line
            ? new C.LineChart(new C.Grouping { Val = C.GroupingValues.Standard }, new C.VaryColors { Val = false })
            : new C.BarChart(new C.BarDirection { Val = exhibit.Style == ExhibitStyle.Bars ? C.BarDirectionValues.Bar : C.BarDirectionValues.Column },
                new C.BarGrouping { Val = C.BarGroupingValues.Clustered }, new C.VaryColors { Val = false });
        for (var i = 0; i < exhibit.Columns.Count; i++) chart.Append(Series(exhibit, i));
        chart.Append(Labels());
        if (chart is C.BarChart) chart.Append(new C.GapWidth { Val = 60 });
        else chart.Append(new C.ShowMarker { Val = true });
        chart.Append(new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 });
        var bars = exhibit.Style == ExhibitStyle.Bars;
        plot.Append(chart, Categories(bars), Values(bars));
        var whole = new C.Chart(new C.AutoTitleDeleted { Val = true }, plot);
        if (exhibit.Columns.Count > 1) whole.Append(new C.Legend(new C.LegendPosition { Val = C.LegendPositionValues.Top }, new C.Overlay { Val = false }));
        whole.Append(new C.PlotVisibleOnly { Val = true }, new C.DisplayBlanksAs { Val = C.DisplayBlanksAsValues.Gap });
        return new(new C.EditingLanguage { Val = "zh-CN" }, new C.RoundedCorners { Val = false }, whole,
            new C.TextProperties(new D.BodyProperties(), new D.ListStyle(), new D.Paragraph(new D.ParagraphProperties(new D.DefaultRunProperties(
                new D.LatinFont { Typeface = digits }, new D.EastAsianFont { Typeface = OfficialStyles.BodyFont }) { FontSize = 1050 }), new D.EndParagraphRunProperties { Language = "zh-CN" })),
            new C.ExternalData(new C.AutoUpdate { Val = false }) { Id = "workbook" });
    }

    static OpenXmlCompositeElement Series(Exhibit exhibit, int column)
    {
        var letter = (char)('B' + column);
        var last = (exhibit.Rows.Count + 1).ToString(CultureInfo.InvariantCulture);
        OpenXmlElement[] parts =
        [
            new C.Index { Val = (uint)column }, new C.Order { Val = (uint)column },
            new C.SeriesText(new C.StringReference(new C.Formula($"数据!${letter}$1"), new C.StringCache(new C.PointCount { Val = 1 }, new C.StringPoint(new C.NumericValue(OfficialText.Legal(exhibit.Columns[column].Heading))) { Index = 0 }))),
        ];
        var fill = new D.SolidFill(new D.RgbColorModelHex { Val = Colours[column % Colours.Length] });
        var categories = new C.CategoryAxisData(new C.StringReference(new C.Formula($"数据!$A$2:$A${last}"), new C.StringCache([
            new C.PointCount { Val = (uint)exhibit.Rows.Count }, .. exhibit.Rows.Select((row, i) => new C.StringPoint(new C.NumericValue(OfficialText.Legal(row.Label))) { Index = (uint)i })])));
        var values = new C.Values(new C.NumberReference(new C.Formula($"数据!${letter}$2:${letter}${last}"), new C.NumberingCache([
            new C.FormatCode(Format(exhibit.Columns[column])), new C.PointCount { Val = (uint)exhibit.Rows.Count },
            .. exhibit.Rows.Index().Where(row => row.Item.Cells[column].Amount is not null)
                .Select(row => new C.NumericPoint(new C.NumericValue(row.Item.Cells[column].Amount!.Value.ToString(CultureInfo.InvariantCulture))) { Index = (uint)row.Index })])));
        return exhibit.Style == ExhibitStyle.Line
            ? new C.LineChartSeries([.. parts, new C.ChartShapeProperties(new D.Outline(fill) { Width = 22225 }), categories, values, new C.Smooth { Val = false }])
            : new C.BarChartSeries([.. parts, new C.ChartShapeProperties(fill), new C.InvertIfNegative { Val = false }, categories, values]);
    }

    static string Format(ExhibitColumn column) => column.Unit.Length == 0 ? "0.0%" : "General";

    static C.DataLabels Labels() => new(new C.ShowLegendKey { Val = false }, new C.ShowValue { Val = true }, new C.ShowCategoryName { Val = false }, new C.ShowSeriesName { Val = false }, new C.ShowPercent { Val = false }, new C.ShowBubbleSize { Val = false });

    static C.CategoryAxis Categories(bool bars) => new(
        new C.AxisId { Val = 1 }, new C.Scaling(new C.Orientation { Val = bars ? C.OrientationValues.MaxMin : C.OrientationValues.MinMax }), new C.Delete { Val = false },
        new C.AxisPosition { Val = bars ? C.AxisPositionValues.Left : C.AxisPositionValues.Bottom }, new C.NumberingFormat { FormatCode = "General", SourceLinked = false },
        new C.MajorTickMark { Val = C.TickMarkValues.None }, new C.MinorTickMark { Val = C.TickMarkValues.None }, new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low },
        new C.CrossingAxis { Val = 2 }, new C.Crosses { Val = C.CrossesValues.AutoZero }, new C.NoMultiLevelLabels { Val = true });

    static C.ValueAxis Values(bool bars) => new(
        new C.AxisId { Val = 2 }, new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }, new C.MinAxisValue { Val = 0 }), new C.Delete { Val = true },
        new C.AxisPosition { Val = bars ? C.AxisPositionValues.Top : C.AxisPositionValues.Left }, new C.NumberingFormat { FormatCode = "General", SourceLinked = false },
        new C.MajorTickMark { Val = C.TickMarkValues.None }, new C.MinorTickMark { Val = C.TickMarkValues.None }, new C.TickLabelPosition { Val = C.TickLabelPositionValues.NextTo },
        new C.CrossingAxis { Val = 1 }, new C.Crosses { Val = C.CrossesValues.AutoZero }, new C.CrossBetween { Val = C.CrossBetweenValues.Between });
}

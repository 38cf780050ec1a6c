using System.Text;
using System.Xml;
using System.Xml.Linq;
using LawDashboard.Data;

namespace LawDashboard.Features.Reports.Documents;

/// <summary>The text of a Word document: paragraphs and the content controls in them, as the reader sees them, without deleted text.</summary>
static class WordText
{
    static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    static readonly XNamespace Markup = "http://schemas.openxmlformats.org/markup-compatibility/2006";
    static readonly XNamespace Properties = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties";

    const int DeepestNesting = 200;

    /// <summary>Heading of the page that lists what the entries could not supply; it is no part of the report.</summary>
    public const string MissingPage = "待补事项";
    /// <summary>Heading of the table of sources; the same.</summary>
    public const string SourcesPage = "数据来源表";

    /// <param name="parts">Names of all parts of the package.</param>
    public static DocumentText Read(byte[] main, byte[]? properties, IReadOnlyList<string> parts)
    {
        var body = Load(main).Root?.Element(W + "body") ?? throw new InvalidDataException("no body");
        List<TextParagraph> paragraphs = [];
        List<string> left = [];
        var before = true;
        foreach (var element in Flow(body))
        {
            if (element.Name == W + "tbl")
            {
                if (before && !IsOurs(element)) left.Add($"表格：{string.Join(' ', element.Descendants(W + "t").Select(text => text.Value)).Shortened(40)}");
                continue;
            }
            foreach (var paragraph in new ParagraphReader(element).Read())
            {
                // Our own appendices follow the report and are no part of it.
                before &= paragraph.Text.Trim() is not (MissingPage or SourcesPage);
                if (before) paragraphs.Add(paragraph);
            }
        }
        if (parts.Any(part => part.StartsWith("word/media/", StringComparison.Ordinal))) left.Add("图片");
        if (parts.Contains("word/comments.xml")) left.Add("批注");
        if (body.Descendants(W + "footnoteReference").Concat(body.Descendants(W + "endnoteReference")).Any()) left.Add("脚注或尾注");
        return new(paragraphs) { Origin = OriginOf(properties), NotTaken = left };
    }

    /// <summary>A table that the program wrote and nobody changed goes with its caption; a changed one is shown.</summary>
    static bool IsOurs(XElement table)
    {
        var mark = (string?)table.Element(W + "tblPr")?.Element(W + "tblDescription")?.Attribute(W + "val");
        return mark is not null && mark == WordExhibits.Fingerprint(table.Descendants(W + "tc").Select(cell => string.Concat(cell.Descendants(W + "t").Select(text => text.Value))));
    }

    /// <summary>Paragraphs and tables in order, through block content controls and tracked insertions.</summary>
    static IEnumerable<XElement> Flow(XElement parent)
    {
        foreach (var element in parent.Elements())
        {
            if (element.Name == W + "p" || element.Name == W + "tbl") yield return element;
            else if (element.Name == W + "sdt" || element.Name == W + "sdtContent" || element.Name == W + "ins" || element.Name == W + "customXml" || element.Name == W + "smartTag")
                foreach (var inner in Flow(element)) yield return inner;
        }
    }

    static DocumentOrigin? OriginOf(byte[]? properties) => properties is null ? null : DocumentOrigin.Parse(Load(properties).Root?
        .Elements(Properties + "property").FirstOrDefault(property => (string?)property.Attribute("name") == DocumentOrigin.Property)?.Value);

    static XDocument Load(byte[] xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        // Elements within elements without end would exhaust the stack of whoever walks them.
        using (var depth = XmlReader.Create(new MemoryStream(xml), settings))
            while (depth.Read())
                if (depth.Depth > DeepestNesting) throw new InvalidDataException("nested too deeply");
        using var reader = XmlReader.Create(new MemoryStream(xml), settings);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>One paragraph.</summary>
    sealed class ParagraphReader(XElement paragraph)
    {
        readonly StringBuilder text = new();
        readonly List<FigureSpan> figures = [];

        /// <summary>A line break within a paragraph begins a new one: nobody who reads it sees the difference.</summary>
        public IEnumerable<TextParagraph> Read()
        {
            Take(paragraph);
            var start = 0;
            foreach (var line in text.ToString().Split('\n'))
            {
                yield return new(line, [.. figures.Where(figure => figure.Start >= start && figure.End <= start + line.Length)
                    .Select(figure => figure with { Start = figure.Start - start })]);
                start += line.Length + 1;
            }
        }

        void Take(XElement parent)
        {
            foreach (var element in parent.Elements())
            {
                if (element.Name == W + "t") text.Append(element.Value.Replace('\n', ' '));
                else if (element.Name == W + "tab" && parent.Name == W + "r") text.Append(' ');
                else if (element.Name == W + "br" && (string?)element.Attribute(W + "type") is null or "textWrapping" || element.Name == W + "cr") text.Append('\n');
                else if (element.Name == W + "noBreakHyphen") text.Append('-');
                else if (element.Name == W + "sdt") TakeControl(element);
                // Deleted and moved text, properties, and the second of two ways to show the same thing, are not what one reads.
                else if (element.Name != W + "del" && element.Name != W + "moveFrom" && element.Name != W + "rPr" && element.Name != W + "pPr"
                    && element.Name != Markup + "Fallback" && element.Name != W + "instrText" && element.Name != W + "delText") Take(element);
            }
        }

        void TakeControl(XElement control)
        {
            var start = text.Length;
            if (control.Element(W + "sdtContent") is { } content) Take(content);
            var tag = (string?)control.Element(W + "sdtPr")?.Element(W + "tag")?.Attribute(W + "val");
            if (!string.IsNullOrEmpty(tag) && text.Length > start) figures.Add(new(start, text.Length - start, tag));
        }
    }
}

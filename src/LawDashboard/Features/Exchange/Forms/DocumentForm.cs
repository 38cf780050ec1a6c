using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>A form that is a Word document: the blanks of its tables, and the lines around them. What is written takes the type of its place.</summary>
static partial class DocumentForm
{
    const string Part = "word/document.xml";
    const int MostCells = 20_000;
    static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    public static FormMapping Read(FormFile file)
    {
        var body = file.Xml(Part).Root!.Element(W + "body") ?? throw new InvalidDataException("A document without a body.");
        var blanks = Lines(body).Index().Where(line => FormWords.HasBlanks(Text(line.Item))).Select(line => new FormBlank($"p{line.Index}", Text(line.Item).Trim(), FormSource.Line)).ToList();
        var lists = new List<FormList>();
        foreach (var (at, table) in Tables(body).Index())
        {
            var found = FormGrid.Read(Cells(table, at));
            blanks.AddRange(found.Blanks);
            lists.AddRange(found.Lists);
        }
        return new(blanks, lists);
    }

    public static void Fill(FormFile file, IReadOnlyDictionary<string, object> values, Func<string, string> line)
    {
        var document = file.Xml(Part);
        var body = document.Root!.Element(W + "body")!;
        var places = Lines(body).Index().ToDictionary(of => $"p{of.Index}", of => of.Item, StringComparer.Ordinal);
        foreach (var (at, table) in Tables(body).Index())
            foreach (var (row, cells) in table.Elements(W + "tr").Index())
                foreach (var (column, cell) in cells.Elements(W + "tc").Index()) places[$"t{at}r{row}c{column}"] = cell;
        foreach (var (key, value) in values)
        {
            if (!places.TryGetValue(key, out var place)) throw new FormException("报表中没有原来的空格；表样可能换过，请重新上传");
            if (value is FormLine) FillLine(place, line);
            else Write(place, value is decimal number ? number.ToString("0.##", CultureInfo.InvariantCulture) : (string)value);
        }
        Save(file, document);
    }

    /// <summary>Puts rows before a list's last one, each like it; what stands below in the table moves down.</summary>
    public static FormGrowth Extend(FormFile file, FormList list, int more)
    {
        var place = Place().Match(list.Rows[^1].First(key => key.Length > 0));
        var (table, last) = (int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(place.Groups[2].Value, CultureInfo.InvariantCulture));
        var document = file.Xml(Part);
        var row = Tables(document.Root!.Element(W + "body")!).ElementAt(table).Elements(W + "tr").ElementAt(last);
        var pattern = new XElement(row);
        pattern.Descendants(W + "r").Remove();
        for (var number = 0; number < more; number++) row.AddBeforeSelf(new XElement(pattern));
        Save(file, document);
        string Down(string key, int by) => Place().Match(key) is { Success: true } at && at.Groups[1].Value == place.Groups[1].Value && int.Parse(at.Groups[2].Value, CultureInfo.InvariantCulture) is var of && of >= last
            ? string.Create(CultureInfo.InvariantCulture, $"t{table}r{of + by}c{key[at.Length..]}") : key;
        return new([.. list.Rows.SkipLast(1), .. Enumerable.Range(0, more + 1).Select(step => (IReadOnlyList<string>)[.. list.Rows[^1].Select(key => Down(key, step))])], key => Down(key, more));
    }

    static void Save(FormFile file, XDocument document)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new() { Encoding = new UTF8Encoding(false) })) document.Save(writer);
        file.Change(Part, buffer.ToArray());
    }

    [GeneratedRegex(@"^t(\d+)r(\d+)c")]
    private static partial Regex Place();

    static IEnumerable<XElement> Lines(XElement body) => body.Elements(W + "p");
    static IEnumerable<XElement> Tables(XElement body) => body.Elements(W + "tbl");

    static List<GridCell> Cells(XElement table, int number)
    {
        var cells = new List<GridCell>();
        // By its first column: the cell that a merge continues.
        var open = new Dictionary<int, int>();
        foreach (var (row, line) in table.Elements(W + "tr").Index())
        {
            var column = (int?)line.Element(W + "trPr")?.Element(W + "gridBefore")?.Attribute(W + "val") ?? 0;
            foreach (var (at, cell) in line.Elements(W + "tc").Index())
            {
                var properties = cell.Element(W + "tcPr");
                var span = Math.Clamp((int?)properties?.Element(W + "gridSpan")?.Attribute(W + "val") ?? 1, 1, 200);
                var merge = properties?.Element(W + "vMerge");
                if (merge is not null && (string?)merge.Attribute(W + "val") is null or "continue" && open.TryGetValue(column, out var begun)) cells[begun] = cells[begun] with { LastRow = row };
                else
                {
                    open[column] = cells.Count;
                    cells.Add(new($"t{number}r{row}c{at}", row, row, column, column + span - 1, Text(cell).Trim(), Framed: true, Takes: cell.Element(W + "tbl") is null));
                }
                column += span;
                if (cells.Count > MostCells) throw new FormException("报表的单元格太多，不像是一张要填的表");
            }
        }
        return cells;
    }

    static string Text(XElement place) => string.Concat(place.Descendants(W + "t").Select(text => text.Value));

    /// <summary>A line keeps its first run's type; the other texts go into it, since a blank may run over several.</summary>
    static void FillLine(XElement place, Func<string, string> line)
    {
        var texts = place.Descendants(W + "t").ToList();
        if (texts.Count == 0) return;
        var filled = line(Text(place));
        SetText(texts[0], filled);
        foreach (var rest in texts.Skip(1)) SetText(rest, "");
    }

    static void Write(XElement cell, string text)
    {
        var paragraph = cell.Elements(W + "p").FirstOrDefault();
        if (paragraph is null) cell.Add(paragraph = new XElement(W + "p"));
        if (paragraph.Descendants(W + "t").FirstOrDefault() is { } there)
        {
            SetText(there, text);
            return;
        }
        // The mark of an empty paragraph says in which type one would have gone on writing.
        var run = new XElement(W + "r");
        if (paragraph.Element(W + "pPr")?.Element(W + "rPr") is { } mark) run.Add(new XElement(W + "rPr", mark.Elements().Where(of => of.Name.LocalName is not ("ins" or "del" or "moveFrom" or "moveTo" or "rPrChange"))));
        var words = new XElement(W + "t");
        SetText(words, text);
        run.Add(words);
        paragraph.Add(run);
    }

    static void SetText(XElement place, string text)
    {
        place.Value = Documents.XmlText.Legal(text);
        place.SetAttributeValue(XNamespace.Xml + "space", "preserve");
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>
/// A form that is a workbook. It is read as XML and written as text: only the cells that are filled change, so that styles,
/// merged cells, widths, formulas and whatever else the level above put into its file stay byte for byte.
/// </summary>
static partial class WorkbookForm
{
    const int MostSheets = 20, MostCells = 20_000;
    static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    sealed record Looks(IReadOnlyList<bool> Framed, IReadOnlyList<bool> Percent)
    {
        public bool IsFramed(int style) => style < Framed.Count && Framed[style];
        public bool IsPercent(int style) => style < Percent.Count && Percent[style];
    }

    public static FormMapping Read(FormFile file)
    {
        var (texts, looks) = (Texts(file), LooksOf(file));
        var mappings = Sheets(file).Where(sheet => !sheet.Hidden).Take(MostSheets).Select(sheet => FormGrid.Read(Cells(file, sheet.Part, texts, looks))).ToList();
        return new([.. mappings.SelectMany(mapping => mapping.Blanks)], [.. mappings.SelectMany(mapping => mapping.Lists)]);
    }

    /// <summary>Writes values at their places; numbers as numbers, all else as text.</summary>
    public static void Fill(FormFile file, IReadOnlyDictionary<string, object> values, Func<string, string> line)
    {
        var texts = Texts(file);
        foreach (var ofPart in values.GroupBy(value => value.Key[..value.Key.LastIndexOf('!')]))
        {
            var xml = file.Text(ofPart.Key);
            var shown = CellsOf(file.Xml(ofPart.Key), texts).ToDictionary(cell => cell.Address, StringComparer.Ordinal);
            foreach (var (key, value) in ofPart)
            {
                var address = key[(key.LastIndexOf('!') + 1)..];
                var content = value is FormLine && shown.TryGetValue(address, out var was) ? line(was.Text) : value;
                xml = Put(xml, address, content);
            }
            file.Change(ofPart.Key, Encoding.UTF8.GetBytes(xml));
        }
        if (values.Count > 0) Reckon(file);
    }

    /// <summary>What a formula came to before is no longer true, on whatever sheet it stands; without a stored result every program reckons it anew.</summary>
    static void Reckon(FormFile file)
    {
        var formulas = false;
        foreach (var sheet in Sheets(file))
            if (file.Text(sheet.Part) is var xml && Formula().IsMatch(xml))
            {
                formulas = true;
                file.Change(sheet.Part, Encoding.UTF8.GetBytes(Stored().Replace(xml, found => found.Groups["formula"].Value)));
            }
        if (formulas) file.Change("xl/workbook.xml", Encoding.UTF8.GetBytes(Recalculated(file.Text("xl/workbook.xml"))));
    }

    /// <summary>Puts rows before a list's last one, each like it, so that sums over the list take them in; what stands below moves down.</summary>
    public static FormGrowth Extend(FormFile file, FormList list, int more)
    {
        var (part, last) = Of(list.Rows[^1].First(key => key.Length > 0));
        if (!GrowingSheet.Insert(file, Sheets(file), part, last, more)) return FormGrowth.None(list);
        string Down(string key, int from, int by) => key.Length > 0 && Of(key) is var (of, row) && of == part && row >= from
            ? key[..^row.ToString(CultureInfo.InvariantCulture).Length] + (row + by).ToString(CultureInfo.InvariantCulture) : key;
        return new([.. list.Rows.SkipLast(1), .. Enumerable.Range(0, more + 1).Select(step => (IReadOnlyList<string>)[.. list.Rows[^1].Select(key => Down(key, last, step))])], key => Down(key, last, more));
    }

    /// <summary>The part and the row, counted from 1, of a place.</summary>
    static (string Part, int Row) Of(string key) => (key[..key.LastIndexOf('!')], At(key[(key.LastIndexOf('!') + 1)..]).Row + 1);

    static string Recalculated(string workbook)
    {
        if (workbook.Contains("fullCalcOnLoad", StringComparison.Ordinal)) return workbook;
        var prefix = Regex.Match(workbook, @"<(\w+:)?workbook\b").Groups[1].Value;
        if (Regex.IsMatch(workbook, @"<(\w+:)?calcPr\b")) return Regex.Replace(workbook, @"<(\w+:)?calcPr\b", found => found.Value + " fullCalcOnLoad=\"1\"");
        // Its place by the schema: behind the names and sheets, before what follows them.
        var before = Regex.Match(workbook, @"<(\w+:)?(oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|webPublishing|fileRecoveryPr|webPublishObjects|extLst)\b|</(\w+:)?workbook>");
        return before.Success ? workbook.Insert(before.Index, $"<{prefix}calcPr fullCalcOnLoad=\"1\"/>") : workbook;
    }

    static string Put(string xml, string address, object value)
    {
        var cell = Regex.Match(xml, $@"<(?<p>\w+:)?c\s[^>]*?\br=""{address}""[^>]*?(?:/>|>.*?</\k<p>c>)|<(?<p>)c\s[^>]*?\br=""{address}""[^>]*?(?:/>|>.*?</c>)", RegexOptions.Singleline);
        if (!cell.Success) throw new FormException($"报表中没有单元格{address}；表样可能换过，请重新上传");
        var prefix = cell.Groups["p"].Value;
        var style = Regex.Match(cell.Value[..(cell.Value.IndexOf('>') + 1)], @"\bs=""\d+""");
        var attributes = $"r=\"{address}\"{(style.Success ? " " + style.Value : "")}";
        var filled = value is decimal number
            ? $"<{prefix}c {attributes}><{prefix}v>{number.ToString(CultureInfo.InvariantCulture)}</{prefix}v></{prefix}c>"
            : $"<{prefix}c {attributes} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(SheetText.Clean((string)value))}</{prefix}t></{prefix}is></{prefix}c>";
        return xml[..cell.Index] + filled + xml[(cell.Index + cell.Length)..];
    }

    static IReadOnlyList<GrowingSheet.Sheet> Sheets(FormFile file)
    {
        var sheets = new List<GrowingSheet.Sheet>();
        var links = file.Xml("xl/_rels/workbook.xml.rels").Root!.Elements().ToDictionary(link => (string)link.Attribute("Id")!, link => (string)link.Attribute("Target")!, StringComparer.Ordinal);
        foreach (var sheet in file.Xml("xl/workbook.xml").Descendants(Main + "sheet"))
            if (links.GetValueOrDefault((string?)sheet.Attribute(Relations + "id") ?? "") is { } target)
            {
                var part = target.StartsWith('/') ? target[1..] : "xl/" + target;
                if (file.Has(part) && part.Contains("worksheet", StringComparison.Ordinal)) sheets.Add(new(part, (string?)sheet.Attribute("name") ?? "", (string?)sheet.Attribute("sheetId") ?? "", (string?)sheet.Attribute("state") is "hidden" or "veryHidden"));
            }
        return sheets;
    }

    static List<GridCell> Cells(FormFile file, string part, IReadOnlyList<string> texts, Looks looks)
    {
        var sheet = file.Xml(part);
        var merges = sheet.Descendants(Main + "mergeCell").Select(merge => Range((string)merge.Attribute("ref")!)).ToList();
        var covered = merges.SelectMany(merge => from row in Enumerable.Range(merge.Row, Math.Min(500, merge.LastRow - merge.Row + 1))
                                                 from column in Enumerable.Range(merge.Column, Math.Min(200, merge.LastColumn - merge.Column + 1))
                                                 where (row, column) != (merge.Row, merge.Column)
                                                 select (row, column)).ToHashSet();
        var cells = new List<GridCell>();
        foreach (var cell in CellsOf(sheet, texts))
        {
            var (row, column, _, _) = Range(cell.Address);
            if (covered.Contains((row, column))) continue;
            var merge = merges.Find(of => (of.Row, of.Column) == (row, column));
            var isMerged = merges.Exists(of => (of.Row, of.Column) == (row, column));
            cells.Add(new($"{part}!{cell.Address}", row, isMerged ? merge.LastRow : row, column, isMerged ? merge.LastColumn : column, FormGrid.Plain(cell.Text).Length == 0 ? "" : cell.Text.Trim(),
                looks.IsFramed(cell.Style), !cell.Formula, looks.IsPercent(cell.Style)));
            if (cells.Count > MostCells) throw new FormException("报表的单元格太多，不像是一张要填的表；请删去空行空列后再上传");
        }
        return cells;
    }

    readonly record struct Held(string Address, string Text, int Style, bool Formula);

    static IEnumerable<Held> CellsOf(XDocument sheet, IReadOnlyList<string> texts) =>
        from cell in sheet.Descendants(Main + "c")
        let address = (string?)cell.Attribute("r")
        where address is not null
        let value = (string?)cell.Element(Main + "v") ?? ""
        let text = (string?)cell.Attribute("t") switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < texts.Count ? texts[at] : "",
            "inlineStr" => string.Concat(cell.Descendants(Main + "t").Select(part => part.Value)),
            _ => value,
        }
        select new Held(address, text, (int?)cell.Attribute("s") ?? 0, cell.Element(Main + "f") is not null);

    static List<string> Texts(FormFile file) => !file.Has("xl/sharedStrings.xml") ? []
        : [.. file.Xml("xl/sharedStrings.xml").Root!.Elements(Main + "si").Select(item => string.Concat(item.Descendants(Main + "t").Where(text => text.Parent!.Name != Main + "rPh").Select(text => text.Value)))];

    static Looks LooksOf(FormFile file)
    {
        if (!file.Has("xl/styles.xml")) return new([], []);
        var root = file.Xml("xl/styles.xml").Root!;
        var borders = (root.Element(Main + "borders")?.Elements(Main + "border") ?? []).Select(border => border.Elements().Count(edge => edge.Name.LocalName is "left" or "right" or "top" or "bottom" && edge.Attribute("style") is { Value: not "none" }) >= 2).ToList();
        var formats = (root.Element(Main + "numFmts")?.Elements() ?? []).Where(format => Literal().Replace((string?)format.Attribute("formatCode") ?? "", "").Contains('%')).Select(format => (int)format.Attribute("numFmtId")!).Append(9).Append(10).ToHashSet();
        var styles = (root.Element(Main + "cellXfs")?.Elements(Main + "xf") ?? []).ToList();
        return new([.. styles.Select(style => (int?)style.Attribute("borderId") is { } id && id < borders.Count && borders[id])],
            [.. styles.Select(style => (int?)style.Attribute("numFmtId") is { } id && formats.Contains(id))]);
    }

    /// <summary>B2 or B2:D5 counted from 0.</summary>
    static (int Row, int Column, int LastRow, int LastColumn) Range(string reference)
    {
        var parts = reference.Replace("$", "", StringComparison.Ordinal).Split(':');
        var (row, column) = At(parts[0]);
        var (lastRow, lastColumn) = At(parts[^1]);
        return (row, column, lastRow, lastColumn);
    }

    static (int Row, int Column) At(string address)
    {
        var letters = address.TakeWhile(char.IsAsciiLetter).Count();
        if (letters is 0 or > 3) throw new InvalidDataException($"{address} is no cell.");
        var column = address[..letters].Aggregate(0, (sum, letter) => sum * 26 + (char.ToUpperInvariant(letter) - 'A' + 1)) - 1;
        return (int.Parse(address[letters..], NumberStyles.None, CultureInfo.InvariantCulture) - 1, column);
    }

    /// <summary>In a format “%” multiplies by a hundred only where it is not quoted.</summary>
    [GeneratedRegex("""\"[^\"]*\"|\\.""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"<(?:\w+:)?f[\s/>]")]
    private static partial Regex Formula();

    [GeneratedRegex(@"(?<formula><(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))<(?:\w+:)?v>[^<]*</(?:\w+:)?v>")]
    private static partial Regex Stored();
}

/// <summary>A line of text whose own blanks are to be filled.</summary>
sealed record FormLine
{
    public static readonly FormLine Value = new();
}

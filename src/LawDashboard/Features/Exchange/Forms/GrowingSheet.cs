using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>
/// Puts rows into a sheet of a workbook, each like the row that they come before, and moves all that stands below: cells,
/// formulas here and on other sheets, merged cells, print areas, validations, pictures and comments. Nothing else changes.
/// </summary>
/// <param name="sheets">Every sheet's part, name and number.</param>
static partial class GrowingSheet
{
    public sealed record Sheet(string Part, string Name, string Id, bool Hidden);

    /// <summary>False, and nothing is changed, where the sheet does not say where its rows are.</summary>
    public static bool Insert(FormFile file, IReadOnlyList<Sheet> sheets, string part, int before, int more)
    {
        var grows = sheets.First(sheet => sheet.Part == part);
        var insertion = new RowInsertion(grows.Name, before, more);
        var xml = Unshared(file.Text(part));
        if (RowOf(xml, before) is not { Success: true } row) return false;
        var added = Copies(row.Value, before, more);
        var merges = string.Concat(from merge in Merge().Matches(xml)
                                   let reference = merge.Groups["ref"].Value
                                   let rows = Digits().Matches(reference).Select(found => found.Value).Distinct().ToList()
                                   where rows is [var one] && one == before.ToString(CultureInfo.InvariantCulture)
                                   from number in Enumerable.Range(before, more)
                                   select merge.Value.Replace(reference, Digits().Replace(reference, number.ToString(CultureInfo.InvariantCulture)), StringComparison.Ordinal));
        // The mark keeps the place while every number below it changes.
        const string Mark = "<!--rows-->";
        xml = Moved(xml.Insert(row.Index, Mark), insertion, own: true).Replace(Mark, added, StringComparison.Ordinal);
        if (merges.Length > 0) xml = Merges().Replace(xml, found => Counted(found.Value, merges));
        file.Change(part, Encoding.UTF8.GetBytes(xml));
        foreach (var other in sheets.Where(sheet => sheet.Part != part)) Change(file, other.Part, text => Formulas(text, insertion, own: false));
        Change(file, "xl/workbook.xml", text => Names().Replace(text, found => found.Groups["head"].Value + insertion.Formula(found.Groups["text"].Value, own: false) + found.Groups["tail"].Value));
        Beside(file, part, insertion);
        Change(file, "xl/calcChain.xml", text => Chain(text, grows.Id, insertion));
        return true;
    }

    static Match RowOf(string xml, int number) => Regex.Match(xml, $@"<(?<p>(?:\w+:)?)row\s[^>]*?\br=""{number}""[^>]*?(?:/>|>.*?</\k<p>row>)", RegexOptions.Singleline);

    /// <summary>The row so many times, with its styles and formulas and without its values.</summary>
    static string Copies(string row, int first, int more)
    {
        var empty = Value().Replace(row, "");
        var copies = new StringBuilder();
        for (var step = 0; step < more; step++)
        {
            // The copies take the place of the row itself, which moves down: what it says relative to its own place stays right.
            var copy = FormulaText().Replace(empty, found => found.Groups["head"].Value + RowInsertion.Translated(found.Groups["text"].Value, step, 0) + found.Groups["tail"].Value);
            copies.Append(Place().Replace(Kind().Replace(copy, "$1"), found => found.Groups["head"].Value + found.Groups["column"].Value + (first + step).ToString(CultureInfo.InvariantCulture) + "\""));
        }
        return copies.ToString();
    }

    static string Moved(string xml, RowInsertion insertion, bool own)
    {
        xml = Place().Replace(xml, found => found.Groups["head"].Value + found.Groups["column"].Value + insertion.Moved(Number(found.Groups["row"].Value)).ToString(CultureInfo.InvariantCulture) + "\"");
        xml = Ranges().Replace(xml, found => found.Groups["head"].Value + insertion.Ranges(found.Groups["ref"].Value) + "\"");
        xml = Breaks().Replace(xml, section => Break().Replace(section.Value, found => found.Groups["head"].Value + insertion.Moved(Number(found.Groups["row"].Value)).ToString(CultureInfo.InvariantCulture) + "\""));
        xml = Listed().Replace(xml, found => found.Groups["head"].Value + insertion.Ranges(found.Groups["text"].Value) + found.Groups["tail"].Value);
        return Formulas(xml, insertion, own);
    }

    static string Formulas(string xml, RowInsertion insertion, bool own) =>
        FormulaText().Replace(xml, found => found.Groups["head"].Value + insertion.Formula(found.Groups["text"].Value, own) + found.Groups["tail"].Value);

    /// <summary>Formulas that several cells share are written out: rows may come in their midst.</summary>
    static string Unshared(string xml)
    {
        var masters = new Dictionary<string, (string Text, int Row, int Column)>(StringComparer.Ordinal);
        foreach (Match cell in Shared().Matches(xml))
            if (cell.Groups["text"].Value is { Length: > 0 } text) masters[cell.Groups["si"].Value] = (text, Number(cell.Groups["row"].Value), Column(cell.Groups["column"].Value));
        return masters.Count == 0 ? xml : Shared().Replace(xml, cell =>
        {
            if (!masters.TryGetValue(cell.Groups["si"].Value, out var master)) return cell.Value;
            var p = cell.Groups["p"].Value;
            var formula = RowInsertion.Translated(master.Text, Number(cell.Groups["row"].Value) - master.Row, Column(cell.Groups["column"].Value) - master.Column);
            return $"{cell.Groups["head"].Value}<{p}f>{formula}</{p}f>";
        });
    }

    /// <summary>Pictures, comments and tables lie in parts of their own, charts name their cells.</summary>
    static void Beside(FormFile file, string part, RowInsertion insertion)
    {
        var links = $"{part[..part.LastIndexOf('/')]}/_rels{part[part.LastIndexOf('/')..]}.rels";
        var beside = file.Has(links) ? file.Xml(links).Root!.Elements().Where(link => (string?)link.Attribute("TargetMode") != "External").Select(link => Resolved(part, (string)link.Attribute("Target")!)).Where(file.Has).ToList() : [];
        foreach (var name in beside)
            Change(file, name, text =>
            {
                text = DrawingRow().Replace(text, found => found.Groups["head"].Value + (insertion.Moved(Number(found.Groups["row"].Value) + 1) - 1).ToString(CultureInfo.InvariantCulture) + found.Groups["tail"].Value);
                text = Anchor().Replace(text, found => found.Groups["head"].Value + string.Join(", ", found.Groups["text"].Value.Split(',').Select((number, at) => at is 2 or 6 && int.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out var row)
                    ? (insertion.Moved(row + 1) - 1).ToString(CultureInfo.InvariantCulture) : number.Trim())) + found.Groups["tail"].Value);
                return Ranges().Replace(text, found => found.Groups["head"].Value + insertion.Ranges(found.Groups["ref"].Value) + "\"");
            });
        foreach (var chart in file.Names.Where(name => name.StartsWith("xl/charts/chart", StringComparison.Ordinal)).ToList()) Change(file, chart, text => Formulas(text, insertion, own: false));
    }

    static string Resolved(string part, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        var folders = part.Split('/')[..^1].ToList();
        foreach (var step in target.Split('/'))
            if (step == "..") folders.RemoveAt(Math.Max(0, folders.Count - 1));
            else folders.Add(step);
        return string.Join('/', folders);
    }

    /// <summary>The order of reckoning names cells by the number of their sheet, which is not said again while it stays the same.</summary>
    static string Chain(string xml, string sheet, RowInsertion insertion)
    {
        var current = "";
        return ChainCell().Replace(xml, found =>
        {
            if (Regex.Match(found.Value, @"\bi=""([0-9]+)""") is { Success: true } said) current = said.Groups[1].Value;
            return current == sheet ? Place().Replace(found.Value, place => place.Groups["head"].Value + place.Groups["column"].Value + insertion.Moved(Number(place.Groups["row"].Value)).ToString(CultureInfo.InvariantCulture) + "\"") : found.Value;
        });
    }

    static string Counted(string merges, string more)
    {
        var whole = merges.Insert(merges.LastIndexOf("</", StringComparison.Ordinal), more);
        return Regex.Replace(whole, @"\bcount=""[0-9]+""", $"count=\"{Merge().Count(whole)}\"");
    }

    static void Change(FormFile file, string part, Func<string, string> change)
    {
        if (!file.Has(part)) return;
        var text = file.Text(part);
        if (change(text) is var changed && changed != text) file.Change(part, Encoding.UTF8.GetBytes(changed));
    }

    static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    static int Column(string letters) => letters.Aggregate(0, (sum, letter) => sum * 26 + (letter - 'A' + 1));

    [GeneratedRegex(@"(?<head><(?:\w+:)?(?:row|c)\s[^>]*?\br="")(?<column>[A-Z]*)(?<row>[0-9]+)""")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<head>\s(?:ref|sqref|activeCell|topLeftCell)="")(?<ref>[A-Z0-9:$ ]+)""")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"(?<head><(?:\w+:)?(?:f|formula|formula1|formula2)(?:\s[^>]*)?(?<!/)>)(?<text>[^<]+)(?<tail></)")]
    private static partial Regex FormulaText();

    [GeneratedRegex(@"(?<head><xm:sqref>)(?<text>[^<]+)(?<tail></)")]
    private static partial Regex Listed();

    [GeneratedRegex(@"<(?:\w+:)?rowBreaks\b.*?</(?:\w+:)?rowBreaks>", RegexOptions.Singleline)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"(?<head>\bid="")(?<row>[0-9]+)""")]
    private static partial Regex Break();

    [GeneratedRegex(@"(?<head><(?<p>(?:\w+:)?)c\s[^>]*?\br=""(?<column>[A-Z]+)(?<row>[0-9]+)""[^>]*?(?<!/)>\s*)<\k<p>f\s(?=[^>]*\bt=""shared"")[^>]*?\bsi=""(?<si>[0-9]+)""[^>]*?(?:/>|>(?<text>[^<]*)</\k<p>f>)")]
    private static partial Regex Shared();

    [GeneratedRegex(@"<(?<p>(?:\w+:)?)(?<e>v|is)>.*?</\k<p>\k<e>>", RegexOptions.Singleline)]
    private static partial Regex Value();

    [GeneratedRegex(@"(<(?:\w+:)?c\s[^>]*?)\s+t=""\w+""")]
    private static partial Regex Kind();

    [GeneratedRegex(@"<(?:\w+:)?mergeCell\s[^>]*?\bref=""(?<ref>[A-Z0-9:]+)""[^>]*?/>")]
    private static partial Regex Merge();

    [GeneratedRegex(@"<(?:\w+:)?mergeCells\b.*?</(?:\w+:)?mergeCells>", RegexOptions.Singleline)]
    private static partial Regex Merges();

    [GeneratedRegex(@"(?<head><(?:\w+:)?definedName\b[^>]*>)(?<text>[^<]+)(?<tail></)")]
    private static partial Regex Names();

    [GeneratedRegex(@"(?<head><(?:xdr:row|x:Row)>)(?<row>[0-9]+)(?<tail></)")]
    private static partial Regex DrawingRow();

    [GeneratedRegex(@"(?<head><x:Anchor>)(?<text>[^<]+)(?<tail></)")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"<(?:\w+:)?c\s[^>]*?/>")]
    private static partial Regex ChainCell();

    [GeneratedRegex(@"[0-9]+")]
    private static partial Regex Digits();
}

/// <summary>A list that grew: its rows as they are now, and where a place of before lies.</summary>
sealed record FormGrowth(IReadOnlyList<IReadOnlyList<string>> Rows, Func<string, string> Moved)
{
    /// <summary>A list for which there was no way to grow.</summary>
    public static FormGrowth None(FormList list) => new(list.Rows, place => place);
}

using System.Text.RegularExpressions;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>A cell of a table on a form, merged cells as one. Rows and columns count from 0, both ends included.</summary>
/// <param name="Framed">It has a border: what has none is text around the table.</param>
/// <param name="Takes">Something may be written into it: it holds no formula.</param>
sealed record GridCell(string Key, int Row, int LastRow, int Column, int LastColumn, string Text, bool Framed, bool Takes, bool Percent = false)
{
    public bool IsBlank => Text.Length == 0;
    public bool IsNumber => decimal.TryParse(Text, out _);
}

/// <summary>
/// Finds the blanks of a table and what they are called. Rows without a blank at its top are headings; where every row below
/// is empty but for a running number the rows are a list, else each blank is called by what stands left of and above it.
/// </summary>
static partial class FormGrid
{
    const int LongestLabel = 80;

    public static FormMapping Read(IReadOnlyList<GridCell> cells)
    {
        var blanks = new List<FormBlank>();
        var lists = new List<FormList>();
        foreach (var cell in cells.Where(cell => !cell.IsBlank && cell.Takes && FormWords.HasBlanks(cell.Text))) blanks.Add(new(cell.Key, Shortened(cell.Text), FormSource.Line));
        foreach (var region in Regions(cells))
        {
            var head = Heading(region);
            if (List(region, head) is var (list, foot))
            {
                lists.Add(list);
                blanks.AddRange(Blanks(region, head).Where(blank => foot.Contains(blank.Key)));
            }
            else blanks.AddRange(Blanks(region, head));
        }
        return new(blanks, lists);
    }

    /// <summary>Framed rows that follow each other.</summary>
    static IEnumerable<List<GridCell>> Regions(IReadOnlyList<GridCell> cells)
    {
        var region = new List<GridCell>();
        var last = -1;
        foreach (var cell in cells.Where(cell => cell.Framed).OrderBy(cell => cell.Row).ThenBy(cell => cell.Column))
        {
            if (region.Count > 0 && cell.Row > last + 1)
            {
                yield return region;
                region = [];
            }
            region.Add(cell);
            last = Math.Max(last, cell.LastRow);
        }
        if (region.Count > 0) yield return region;
    }

    /// <summary>The last row of the headings; one before the first row when there are none.</summary>
    static int Heading(List<GridCell> region)
    {
        var first = region.Min(cell => cell.Row);
        var blankRow = region.Where(cell => cell.IsBlank).Select(cell => cell.Row).DefaultIfEmpty(int.MaxValue).Min();
        if (blankRow == int.MaxValue) return first - 1;
        // A row of pairs (label, blank, label, blank) has no heading above it, and a lone title row is none.
        return region.Any(cell => cell.Row < blankRow && cell.Column != cell.LastColumn && region.Count(other => other.Row == cell.Row) == 1) && region.Where(cell => cell.Row < blankRow).All(cell => region.Count(other => other.Row == cell.Row) == 1)
            ? first - 1 : blankRow - 1;
    }

    /// <summary>The list and the places of what stands under it: totals, who filled it in. Null where the rows are no list.</summary>
    static (FormList List, HashSet<string> Foot)? List(List<GridCell> region, int head)
    {
        if (head < region.Min(cell => cell.Row)) return null;
        var body = region.Where(cell => cell.Row > head).GroupBy(cell => cell.Row).Where(row => row.Any(cell => cell.IsBlank)).ToList();
        // A row of totals or a note ends the list; where rows without words follow again it is a table of figures.
        var entries = body.TakeWhile(row => !HasWords(row)).ToList();
        var foot = body.Skip(entries.Count).ToList();
        if (entries.Count < 2 || !foot.TrueForAll(HasWords)) return null;
        var columns = region.Where(cell => cell.Row <= head && cell.LastRow >= head).OrderBy(cell => cell.Column).ToList();
        if (columns.Count < 3) return null;
        var rows = entries.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row.FirstOrDefault(cell => cell.Column == column.Column && cell.Takes)?.Key ?? "")]).Where(row => row.Any(key => key.Length > 0)).ToList();
        if (rows.Count < 2) return null;
        return (new(Shortened(string.Join('、', columns.Take(3).Select(column => column.Text))), [.. columns.Select(column => new FormColumn(Above(region, column)))], rows),
            foot.SelectMany(row => row).Select(cell => cell.Key).ToHashSet(StringComparer.Ordinal));
    }

    static bool HasWords(IEnumerable<GridCell> row) => row.Any(cell => !cell.IsBlank && !cell.IsNumber && cell.Takes && !Filler().IsMatch(cell.Text));

    static IEnumerable<FormBlank> Blanks(List<GridCell> region, int head)
    {
        foreach (var blank in region.Where(cell => cell.IsBlank && cell.Takes && cell.Row > head))
        {
            var left = region.Where(cell => cell.Row <= blank.Row && cell.LastRow >= blank.Row && cell.LastColumn < blank.Column && !cell.IsBlank && !cell.IsNumber).OrderBy(cell => cell.Column).ToList();
            // In a row of pairs only the label right before the blank is its own.
            var own = left.Count == 0 ? [] : head < region.Min(cell => cell.Row) || left.Any(cell => region.Any(between => between.IsBlank && between.Row == blank.Row && between.Column > cell.Column && between.LastColumn < left[^1].Column))
                ? [left[^1]] : left;
            var above = region.Where(cell => cell.Row <= head && cell.Column <= blank.Column && cell.LastColumn >= blank.LastColumn && !cell.IsBlank).OrderBy(cell => cell.Row).ToList();
            var label = string.Join(" · ", own.Concat(above).Select(cell => Plain(cell.Text)).Where(text => text.Length > 0).Distinct());
            if (label.Length > 0) yield return new(blank.Key, Shortened(label), Percent: blank.Percent);
        }
    }

    /// <summary>A column's heading with the headings over it.</summary>
    static string Above(List<GridCell> region, GridCell column) => Shortened(string.Join(" · ",
        region.Where(cell => cell.Row <= column.Row && cell.Column <= column.Column && cell.LastColumn >= column.LastColumn && !cell.IsBlank).OrderBy(cell => cell.Row).Select(cell => Plain(cell.Text)).Distinct()));

    internal static string Plain(string text) => Spaces().Replace(text, "");
    static string Shortened(string text) => text.Length <= LongestLabel ? text : text[..(LongestLabel - 1)] + "…";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>What is printed into empty rows to show that they go on.</summary>
    [GeneratedRegex(@"^[…\.·—\-/\s]*$")]
    private static partial Regex Filler();
}

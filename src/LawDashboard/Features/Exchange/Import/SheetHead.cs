using System.Globalization;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>A column with its heading.</summary>
/// <param name="Group">The heading over several columns that it stands under; empty when there is none.</param>
sealed record ColumnHead(int Index, string Group, string Text, bool Hidden)
{
    public string Letters => SheetForm.Letters(Index);
    public string Full => Group.Length == 0 ? Text : $"{Group}／{Text}";
}

/// <summary>Where the table of a sheet begins, and what stands above it.</summary>
/// <param name="Title">The lines above, with the name of the sheet.</param>
/// <param name="Year">The year that the title, the sheet or the file speaks of; null when none does.</param>
sealed record SheetHead(int FirstRow, int LastRow, IReadOnlyList<ColumnHead> Columns, string Title, int? Year);

/// <summary>Finds the heading rows under merged titles; headings may stand on up to three levels.</summary>
static partial class HeadFinder
{
    /// <summary>Rows in which a heading is looked for.</summary>
    public const int Depth = 60;
    const int Levels = 3;
    const int LongestHeading = 40;

    /// <param name="isKnown">Whether a heading names something that the ledger has.</param>
    /// <returns>Null when there is no heading to be found.</returns>
    public static SheetHead? Find(IReadOnlyList<SheetRow> rows, IReadOnlyList<Merged> merges, Func<int, bool> isHidden, Func<ColumnHead, bool> isKnown, string names)
    {
        (int Known, int Filled, int Start, int Levels, List<ColumnHead> Heads) best = (0, 0, -1, 0, []);
        for (var start = 0; start < rows.Count; start++)
            for (var levels = 1; levels <= Levels && start + levels <= rows.Count && IsHeading(rows[start + levels - 1]); levels++)
            {
                if (levels > 1 && rows[start + levels - 1].Number != rows[start].Number + levels - 1) break;
                if (Read(rows, start, levels, merges, isHidden) is not { } heads) continue;
                var known = heads.Where(isKnown).Select(head => CellText.Plain(head.Full)).Distinct(StringComparer.Ordinal).Count();
                // The more that is known the better; among equals the flatter and earlier one.
                if (known > best.Known || (known == best.Known && known > 0 && levels < best.Levels && start >= best.Start)) best = (known, heads.Count, start, levels, heads);
            }
        if (best.Known < 2 && Unknown(rows, merges, isHidden) is { } guessed && guessed.Heads.Count > best.Filled) best = (0, guessed.Heads.Count, guessed.Start, 1, guessed.Heads);
        if (best.Start < 0) return null;
        var title = string.Join(' ', rows.Take(best.Start).SelectMany(row => row.Cells).OfType<string>().Select(text => text.Trim()).Append(names));
        return new(rows[best.Start].Number, rows[best.Start + best.Levels - 1].Number, best.Heads, title, YearIn(title));
    }

    public static int? YearIn(string text) =>
        YearPattern().Match(CellText.HalfWidth(text)) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>Headings of a ledger that is not known here: the first row of several short texts with rows like it below.</summary>
    static (int Start, List<ColumnHead> Heads)? Unknown(IReadOnlyList<SheetRow> rows, IReadOnlyList<Merged> merges, Func<int, bool> isHidden)
    {
        for (var start = 0; start + 1 < rows.Count; start++)
            if (IsHeading(rows[start]) && Read(rows, start, 1, merges, isHidden) is { Count: >= 2 } heads
                && heads.Select(head => head.Text).Distinct(StringComparer.Ordinal).Count() == heads.Count
                && rows[start + 1].Cells.Count(cell => cell is not null) * 2 >= heads.Count) return (start, heads);
        return null;
    }

    /// <summary>Only short texts; numbers and dates are data.</summary>
    static bool IsHeading(SheetRow row) =>
        row.Cells.All(cell => cell is null or string) && row.Cells.OfType<string>().Count(text => text.Trim().Length <= LongestHeading) * 4 >= row.Cells.OfType<string>().Count() * 3;

    static List<ColumnHead>? Read(IReadOnlyList<SheetRow> rows, int start, int levels, IReadOnlyList<Merged> merges, Func<int, bool> isHidden)
    {
        var heads = new List<ColumnHead>();
        var last = rows[start + levels - 1];
        var width = rows.Skip(start).Take(levels).Max(row => row.Cells.Length);
        for (var column = 0; column < width; column++)
        {
            var parts = new List<string>();
            for (var level = 0; level < levels; level++)
            {
                var text = Text(rows[start + level], column, level < levels - 1 && CellText.Show(last.Cell(column)).Length > 0);
                if (text.Length > 0 && (parts.Count == 0 || parts[^1] != text)) parts.Add(text);
            }
            if (parts.Count > 0) heads.Add(new(column, string.Concat(parts.Take(parts.Count - 1)), parts[^1], isHidden(column)));
        }
        if (heads.Count == 0) return null;
        // A heading over everything is the table's title, no group of columns.
        return levels > 1 && heads.Count > 1 && heads.All(head => head.Group.Length > 0 && head.Group == heads[0].Group) ? null : heads;

        string Text(SheetRow row, int column, bool carry)
        {
            var own = CellText.Show(row.Cell(column));
            if (own.Length > 0) return Clean(own);
            foreach (var merge in merges)
            {
                if (merge.FirstRow > row.Number) break;
                if (merge.LastRow < row.Number || column < merge.FirstColumn || column > merge.LastColumn) continue;
                var top = rows.FirstOrDefault(r => r.Number == merge.FirstRow);
                return top is null ? "" : Clean(CellText.Show(top.Cell(merge.FirstColumn)));
            }
            // Without merged cells, as in .csv, a group's heading stands over its first column only.
            return carry && merges.Count == 0 && column > 0 ? Text(row, column - 1, carry) : "";
        }
    }

    static string Clean(string heading) => Blank().Replace(heading, "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(20[0-9]{2})\s*(?:年|[-_.度]|$)")]
    private static partial Regex YearPattern();
}

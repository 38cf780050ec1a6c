namespace LawDashboard.Features.Exchange.Import;

/// <summary>Gives the cells under a merged one its value: old files merge the day or the village over several rows.</summary>
static class MergedCells
{
    public static IEnumerable<SheetRow> FillDown(IEnumerable<SheetRow> rows, IReadOnlyList<Merged> merges)
    {
        // One column, several rows: what is merged over columns is a title or a remark, no value of each.
        List<Merged> vertical = [.. merges.Where(merge => merge.LastRow > merge.FirstRow && merge.FirstColumn == merge.LastColumn).OrderBy(merge => merge.FirstRow)];
        var open = new Dictionary<int, (int LastRow, object? Value)>();
        var next = 0;
        foreach (var row in rows)
        {
            for (; next < vertical.Count && vertical[next].FirstRow <= row.Number; next++)
                if (vertical[next].FirstRow == row.Number) open[vertical[next].FirstColumn] = (vertical[next].LastRow, row.Cell(vertical[next].FirstColumn));
            foreach (var (column, (lastRow, value)) in open)
                if (lastRow < row.Number) open.Remove(column);
                else if (column < row.Cells.Length && row.Cells[column] is null) row.Cells[column] = value;
            yield return row;
        }
    }
}

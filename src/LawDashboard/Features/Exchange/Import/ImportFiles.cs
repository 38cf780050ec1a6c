using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>A sheet of a file as a ledger would take it: where its heading is and what its columns are.</summary>
sealed record SheetView(SheetInfo Sheet, SheetHead? Head, IReadOnlyList<ColumnMatch> Columns, string Fingerprint);

/// <summary>Reads files for ledgers: finds heading and columns, and then the rows.</summary>
public sealed class ImportFiles(LedgerCatalog catalog, ImportWords words, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    const int SampleRows = 200;

    /// <summary>The ledger that a file's title, sheets or headings speak of; null when they do not say.</summary>
    internal LedgerDefinition? Guess(Workbook workbook, CancellationToken cancel)
    {
        using var reading = workbook.Read(FirstSheet(workbook));
        var top = reading.Rows(cancel).Take(HeadFinder.Depth).ToList();
        var text = string.Join(' ', top.Take(6).SelectMany(row => row.Cells).OfType<string>().Append(workbook.Name).Concat(workbook.Sheets.Select(sheet => sheet.Name)));
        return catalog.Ledgers.Where(ledger => text.Contains(ledger.Name.Replace("台账", "", StringComparison.Ordinal), StringComparison.Ordinal))
                .OrderByDescending(ledger => ledger.Name.Length).FirstOrDefault()
            ?? catalog.Ledgers.Select(ledger => (ledger, Known(ledger))).Where(pair => pair.Item2 >= 4).OrderByDescending(pair => pair.Item2).Select(pair => pair.ledger).FirstOrDefault();

        int Known(LedgerDefinition ledger)
        {
            var targets = new ImportTargets(ledger, words);
            return HeadFinder.Find(top, reading.Merges, _ => false, targets.IsKnown, "")?.Columns.Select(head => targets.Exact(head)?.Key).OfType<string>().Distinct().Count() ?? 0;
        }
    }

    /// <summary>Looks at one sheet: heading, columns as last time for this layout, or matched anew.</summary>
    internal async Task<SheetView> ViewAsync(Workbook workbook, int sheet, LedgerDefinition ledger, Unit unit, int year, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        var view = workbook.Views.GetOrAdd((sheet, ledger.Key, unit.Id, year), _ => View(workbook, sheet, ledger, unit, tree, year, cancel));
        if (view.Head is null) return view;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var known = await db.ImportLayouts.AsNoTracking().FirstOrDefaultAsync(layout => layout.LedgerKey == ledger.Key && layout.Fingerprint == view.Fingerprint, cancel);
        if (known is null || System.Text.Json.JsonSerializer.Deserialize<Dictionary<int, string>>(known.Columns) is not { } remembered) return view;
        var targets = new ImportTargets(ledger, words);
        return view with
        {
            Columns = [.. view.Columns.Select(column => column with
            {
                Target = targets.Find(remembered.GetValueOrDefault(column.Head.Index))?.Key, By = remembered.ContainsKey(column.Head.Index) ? MatchedBy.Remembered : MatchedBy.Nothing,
            })],
        };
    }

    SheetView View(Workbook workbook, int sheet, LedgerDefinition ledger, Unit unit, UnitTree tree, int year, CancellationToken cancel)
    {
        using var reading = workbook.Read(sheet);
        var targets = new ImportTargets(ledger, words);
        var rows = reading.Rows(cancel).Take(HeadFinder.Depth + SampleRows).ToList();
        var info = workbook.Sheets[sheet];
        var head = HeadFinder.Find([.. rows.Take(HeadFinder.Depth)], reading.Merges, reading.IsHidden, targets.IsKnown, $"{info.Name} {workbook.Name}");
        if (head is null) return new(info, null, [], "");
        var sample = rows.Where(row => row.Number > head.LastRow).Take(SampleRows).ToList();
        var matcher = new ColumnMatcher(targets, ledger, new(catalog, words, tree, unit, head.Year ?? year));
        return new(info, head, matcher.Match(head, sample), ColumnMatcher.Fingerprint(head));
    }

    /// <summary>The first sheet that is shown and holds something.</summary>
    internal static int FirstSheet(Workbook workbook) =>
        (workbook.Sheets.FirstOrDefault(sheet => sheet is { Hidden: false, Rows: > 1, Columns: > 1 }) ?? workbook.Sheets[0]).Index;

    /// <summary>Opens the sheet for reading its rows as entries, as chosen.</summary>
    internal async Task<(RowReader Reader, SheetView View)> ReaderAsync(Workbook workbook, ImportChoices choices, LedgerDefinition ledger, Unit unit, CancellationToken cancel)
    {
        var view = await ViewAsync(workbook, choices.Sheet, ledger, unit, choices.Year, cancel);
        if (view.Head is null) throw new WorkbookException($"工作表“{view.Sheet.Name}”里没有找到表头；请确认表头各列有名称，或换一张工作表");
        var mapping = choices.Columns ?? Mapping(view);
        var (tree, today) = (await units.TreeAsync(cancel), ChinaTime.Today(clock));
        var cells = new CellReader(catalog, words, tree, unit, choices.Year > 0 ? choices.Year : view.Head.Year ?? today.Year);
        return (new(ledger, new(ledger, words), words, cells, new(catalog, today), unit, view.Head, mapping), view);
    }

    internal static Dictionary<int, string> Mapping(SheetView view) =>
        view.Columns.Where(column => column.Target is not null).ToDictionary(column => column.Head.Index, column => column.Target!);

    /// <summary>The rows under the heading, with merged cells filled.</summary>
    internal static IEnumerable<SheetRow> Rows(SheetReading reading, SheetHead head, CancellationToken cancel) =>
        MergedCells.FillDown(reading.Rows(cancel), reading.Merges).Where(row => row.Number > head.LastRow);

    /// <summary>Remembers what the columns of this layout are, for the next file like it.</summary>
    internal async Task RememberAsync(string ledger, string fingerprint, IReadOnlyDictionary<int, string> columns, string person, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var json = System.Text.Json.JsonSerializer.Serialize(columns);
        if (await db.ImportLayouts.FindAsync([ledger, fingerprint], cancel) is { } layout) (layout.Columns, layout.UsedAt, layout.UsedBy) = (json, ChinaTime.Now(clock), person);
        else db.ImportLayouts.Add(new() { LedgerKey = ledger, Fingerprint = fingerprint, Columns = json, UsedAt = ChinaTime.Now(clock), UsedBy = person });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}

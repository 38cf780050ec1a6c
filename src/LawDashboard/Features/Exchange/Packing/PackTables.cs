using System.IO.Compression;
using System.Runtime.CompilerServices;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>Writes the workbooks of a pack: per indicator the rows that it counts, or a ledger as a whole.</summary>
public sealed class PackTables(LedgerExport export, IRowRules rules, LedgerCatalog catalog, IndicatorCatalog indicators)
{
    /// <summary>Longest name of a workbook, its number and ending included.</summary>
    const int LongestName = 60;

    internal async Task WriteAsync(PackArchive archive, PackPlan plan, Action<string> doing, CancellationToken cancel)
    {
        foreach (var section in plan.Indicators.GroupBy(indicator => indicator.Section))
            foreach (var (at, indicator) in section.Index())
            {
                doing($"{plan.Sections[section.Key].Title}：{indicator.Definition.Name}");
                foreach (var (label, key) in Parts(indicator.Definition))
                    if (await RowsAsync(archive, plan, indicator, at + 1, label, key, cancel) is { } table) indicator.Tables.Add(table);
            }
        foreach (var (number, section) in plan.Sections.Index())
            foreach (var (at, ledger) in section.Ledgers.Index())
            {
                doing($"{section.Title}：{ledger.Name}");
                plan.Ledgers.First(of => of.Definition == ledger).Table = await WriteAsync(archive, plan, ledger, Query(plan, ledger), null,
                    $"{plan.Folder(number)}/{PackNames.Part(PackNames.Numbered(at + 1, ledger.Name) + ".xlsx", LongestName)}", "台账", cancel);
            }
    }

    /// <summary>The approved entries of a ledger that belong to the year; of a roster all that were entered by its end.</summary>
    internal static EntryQuery Query(PackPlan plan, LedgerDefinition ledger) => new()
    {
        Person = plan.Person, Ledger = ledger, Unit = plan.Unit, States = [EntryState.Approved],
        From = ledger.Register ? null : plan.Request.From, To = plan.Request.To, Sort = new("date", Descending: false),
    };

    static IEnumerable<(string Label, string Measure)> Parts(IndicatorDefinition indicator) =>
        indicator.IsRatio ? [("分子", indicator.Numerator!), ("分母", indicator.Denominator!)] : [("", indicator.Measure!)];

    async Task<PackTable?> RowsAsync(PackArchive archive, PackPlan plan, PackIndicator indicator, int number, string label, string measure, CancellationToken cancel)
    {
        if (indicators.Measure(measure) is not { } counted || catalog.Ledger(counted.Ledger) is not { } ledger) return null;
        var query = Query(plan, ledger) with { From = plan.Request.From };
        if (rules.Find(query, measure, null) is not { } rule) return null;
        var name = $"{PackNames.Numbered(number, indicator.Definition.Name)}{(label.Length > 0 ? $"（{label}）" : "")}.xlsx";
        var title = label.Length > 0 ? $"{indicator.Definition.Name}·{label}" : indicator.Definition.Name;
        return await WriteAsync(archive, plan, ledger, rule.Query with { Sort = query.Sort }, title, $"{plan.Folder(indicator.Section)}/{PackNames.Part(name, LongestName)}", label, cancel);
    }

    async Task<PackTable> WriteAsync(PackArchive archive, PackPlan plan, LedgerDefinition ledger, EntryQuery query, string? rows, string path, string label, CancellationToken cancel)
    {
        path = archive.Names.Unique(path);
        var file = export.Prepare(plan.Person, ledger, query, plan.Tree, plan.Request.Edition, rows, cancel);
        var count = new Counted();
        // A workbook is packed already: packing it again takes time and gains nothing.
        await archive.AddAsync(path, CompressionLevel.NoCompression, stream => LedgerSheet.WriteAsync(stream, file.Layout, count.Through(file.Rows, cancel), cancel), cancel);
        return new(label, path, count.Rows);
    }

    sealed class Counted
    {
        public int Rows { get; private set; }

        public async IAsyncEnumerable<object?[]> Through(IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var row in rows.WithCancellation(cancel))
            {
                Rows++;
                yield return row;
            }
        }
    }
}

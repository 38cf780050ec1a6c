using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports;

/// <summary>How an entry of a ledger is told of in a report: <c>seed-data/noted-entries.json</c>.</summary>
/// <param name="Sentence">With {date}, {unit} and {fieldKey}; no personal field.</param>
/// <param name="Size">Number field by which one is larger than another; null where size says nothing.</param>
public sealed partial record NotedLedger(string Ledger, string Sentence, string? Size)
{
    const string File = "noted-entries.json";

    /// <summary>The field by which whoever logs an entry marks it as a highlight.</summary>
    public const string Mark = "highlight";

    public static IReadOnlyList<NotedLedger> Load(SeedFolder seed, LedgerCatalog ledgers)
    {
        var all = seed.Has(File) ? seed.Read<List<NotedLedger>>(File) ?? [] : [];
        foreach (var noted in all)
        {
            if (ledgers.Ledger(noted.Ledger) is not { } ledger)
            {
                seed.Report(File, noted.Ledger, "台账不存在");
                continue;
            }
            if (ledger.Field(Mark)?.Type != FieldType.YesNo) seed.Report(File, noted.Ledger, $"台账没有“列为亮点”（{Mark}）一栏");
            if (noted.Size is { } size && ledger.Field(size)?.IsNumber != true) seed.Report(File, noted.Ledger, $"“{size}”不是数字字段");
            foreach (var key in noted.Fields.Where(key => ledger.Field(key) is not { Mask: PersonalData.None })) seed.Report(File, noted.Ledger, $"字段“{key}”不存在或是个人信息");
        }
        return all;
    }

    public IEnumerable<string> Fields => Place().Matches(Sentence).Select(match => match.Groups[1].Value).Where(key => key is not ("date" or "unit"));

    /// <summary>The sentence about one entry; null where a field that it speaks of is empty.</summary>
    internal string? Tell(FieldText texts, LedgerDefinition ledger, Entry entry, string unit)
    {
        var whole = true;
        var text = Place().Replace(Sentence, match => match.Groups[1].Value switch
        {
            "date" => $"{entry.Date.Month}月{entry.Date.Day}日",
            "unit" => unit,
            var key => Written(key),
        });
        return whole ? text : null;

        string Written(string key)
        {
            var text = ledger.Field(key) is { } field ? texts.Show(field, entry.Values).Trim() : "";
            whole &= text.Length > 0;
            return text.Trim('“', '”', '《', '》');
        }
    }

    [GeneratedRegex(@"\{([A-Za-z0-9]+)\}")]
    private static partial Regex Place();
}

/// <summary>
/// Proposes entries for 突出亮点: of each ledger, among those marked as such, the best documented and then the largest; where
/// nothing is marked, the largest and then the best documented. The cost follows how many are marked, not how many there are.
/// </summary>
public sealed class NotedEntries(ReportTemplates templates, LedgerCatalog catalog, UnitDirectory units, IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>Of so many at most one is told; only where a field is empty that the sentence speaks of is it not the first.</summary>
    const int MostRead = 20;
    const int MostTold = 4, MostLargest = 2;

    public async Task<IReadOnlyList<NotedEntry>> ReadAsync(Person person, Unit unit, ReportTerm term, DateOnly closing, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var search = new NotedSearch(db, tree, person, unit, term.From, closing < term.To ? closing : term.To);
        var texts = new FieldText(catalog, tree);
        List<NotedEntry> told = [];
        foreach (var noted in templates.Noted.TakeWhile(_ => told.Count < MostTold))
            if (await FirstAsync(noted, await search.MarkedAsync(noted, MostRead, cancel), NotedFor.Marked) is { } best) told.Add(best);
        // Nobody has marked anything yet: size alone proposes.
        if (told.Count == 0)
            foreach (var noted in templates.Noted.Where(noted => noted.Size is not null).Take(MostLargest))
                if (await LargestAsync(noted) is { } largest) told.Add(largest);
        return told;

        async Task<NotedEntry?> LargestAsync(NotedLedger noted)
        {
            var below = long.MaxValue;
            for (var read = 0; read < MostRead; read++)
            {
                if (await search.LargestAsync(noted, below, MostRead, cancel) is not ({ } size, var ids)) return null;
                if (await FirstAsync(noted, ids, NotedFor.Largest) is { } largest) return largest;
                below = size;
            }
            return null;
        }

        async Task<NotedEntry?> FirstAsync(NotedLedger noted, IReadOnlyList<long> ids, NotedFor why)
        {
            if (ids.Count == 0) return null;
            var ledger = catalog.Ledger(noted.Ledger)!;
            var entries = await EntryReader.Select(db, tree, new() { Person = person, Unit = unit, Ledger = ledger, States = [EntryState.Approved], Ids = ids })
                .ToDictionaryAsync(entry => entry.Id, cancel);
            return ids.Select(id => entries.GetValueOrDefault(id)).OfType<Entry>()
                .Select(entry => noted.Tell(texts, ledger, entry, tree.Find(entry.UnitId)?.Name ?? "") is { } sentence ? new NotedEntry(entry.Id, noted.Ledger, sentence, why) : null)
                .OfType<NotedEntry>().FirstOrDefault();
        }
    }
}

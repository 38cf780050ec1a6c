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
/// Proposes entries for 突出亮点: those marked as such, of each ledger the best documented and then the largest; where nothing
/// is marked, the largest.
/// </summary>
public sealed class NotedEntries(ReportTemplates templates, LedgerCatalog catalog, UnitDirectory units, IDbContextFactory<AppDbContext> contexts)
{
    const int MostRead = 20, MostTold = 4;

    public async Task<IReadOnlyList<NotedEntry>> ReadAsync(Person person, Unit unit, ReportTerm term, DateOnly closing, CancellationToken cancel = default)
    {
        var (tree, ledgers) = (await units.TreeAsync(cancel), templates.Noted);
        var texts = new FieldText(catalog, tree);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        List<NotedEntry> told = [];
        foreach (var noted in ledgers)
        {
            if (told.Count == MostTold) break;
            if (await BestAsync(noted, true) is { } best) told.Add(best);
        }
        // Nobody has marked anything yet: size alone proposes.
        if (told.Count == 0)
            foreach (var noted in ledgers.Where(noted => noted.Size is not null).Take(2))
                if (await BestAsync(noted, false) is { } largest) told.Add(largest);
        return told;

        async Task<NotedEntry?> BestAsync(NotedLedger noted, bool marked)
        {
            var ledger = catalog.Ledger(noted.Ledger)!;
            var query = new EntryQuery
            {
                Person = person, Unit = unit, Ledger = ledger, States = [EntryState.Approved], From = term.From, To = closing < term.To ? closing : term.To,
                Where = marked ? new Condition.Yes(NotedLedger.Mark, true) : null,
                Sort = marked || noted.Size is null ? new() : new(noted.Size, true),
            };
            var entries = await EntryReader.SelectSorted(db, tree, query).Take(marked ? MostRead : 1).ToListAsync(cancel);
            if (entries.Count == 0) return null;
            long[] ids = [.. entries.Select(entry => entry.Id)];
            var files = await db.Evidence.AsNoTracking().Where(file => ids.Contains(file.EntryId) && !file.Removed).GroupBy(file => file.EntryId)
                .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
            return entries.OrderByDescending(entry => files.GetValueOrDefault(entry.Id)).ThenByDescending(entry => noted.Size is { } size ? entry.Values.Number(size) ?? 0 : 0)
                .Select(entry => noted.Tell(texts, ledger, entry, tree.Find(entry.UnitId)?.Name ?? "") is { } sentence ? new NotedEntry(entry.Id, noted.Ledger, sentence, marked ? NotedFor.Marked : NotedFor.Largest) : null)
                .OfType<NotedEntry>().FirstOrDefault();
        }
    }
}

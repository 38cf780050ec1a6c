using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>Finds entries without any file, of ledgers whose definition would like to have one; and the files of entries that somebody has read.</summary>
public sealed class EvidenceWanting(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, LedgerCatalog catalog)
{
    readonly string[] ledgers = [.. catalog.Ledgers.Where(ledger => ledger.Fields.Any(field => field.Type == FieldType.Files && (field.Wanted || field.Required))).Select(ledger => ledger.Key)];

    /// <summary>Whether any ledger would like to have files.</summary>
    public bool Asks => ledgers.Length > 0;

    /// <summary>How many of the entries that the question finds want a file, by unit; units with none are left out.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountsByUnitAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Bare(db, tree, query).GroupBy(entry => entry.UnitId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    /// <summary>The entries themselves, the latest date first.</summary>
    public async Task<IReadOnlyList<Entry>> PageAsync(EntryQuery query, int skip, int take, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Bare(db, tree, query).OrderByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id).Skip(skip).Take(take).ToListAsync(cancel);
    }

    /// <summary>How many of the entries that the question finds want a file, by ledger; ledgers with none are left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Bare(db, tree, query).GroupBy(entry => entry.LedgerKey).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    /// <summary>How many entries that the question finds have files, and how many files, by ledger; ledgers with none are left out.</summary>
    public async Task<IReadOnlyDictionary<string, (int Entries, int Files)>> FilesAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = await (from entry in EntryReader.Select(db, tree, query)
                           join file in db.Evidence on entry.Id equals file.EntryId
                           where !file.Removed
                           group file by entry.LedgerKey into ledger
                           select new { ledger.Key, Entries = ledger.Select(file => file.EntryId).Distinct().Count(), Files = ledger.Count() }).ToListAsync(cancel);
        return found.ToDictionary(ledger => ledger.Key, ledger => (ledger.Entries, ledger.Files));
    }

    /// <summary>The files of entries that were read within somebody's scope, by entry, oldest first.</summary>
    public async Task<ILookup<long, EvidenceFile>> OfReadAsync(IReadOnlyCollection<Entry> read, CancellationToken cancel = default)
    {
        var ids = read.Select(entry => entry.Id).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return (await db.Evidence.AsNoTracking().Where(file => ids.Contains(file.EntryId) && !file.Removed).OrderBy(file => file.Id).ToListAsync(cancel)).ToLookup(file => file.EntryId);
    }

    IQueryable<Entry> Bare(AppDbContext db, UnitTree tree, EntryQuery query)
    {
        var evidence = db.Evidence;
        return EntryReader.Select(db, tree, query).Where(entry => ledgers.Contains(entry.LedgerKey) && !evidence.Any(file => file.EntryId == entry.Id && !file.Removed));
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.CaseFiles;

/// <summary>Keeps what case files lack, in the entry's transaction, and makes it anew when the definitions changed.</summary>
public sealed class CaseFileKeeper(IDbContextFactory<AppDbContext> contexts, CaseFileCatalog catalog) : IEntryListener
{
    const string SettingKey = "casefiles.rules";
    const int Batch = 500;

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var stale = new List<long>();
        var fresh = new List<CaseFileGap>();
        // An entry that changed several times counts as it was first and became last.
        foreach (var entry in changes.GroupBy(change => change.After.Id))
        {
            var (before, after) = (entry.First().Before is { } old ? RowsOf(old) : [], RowsOf(entry.Last().After));
            if (before.Select(Told).SequenceEqual(after.Select(Told))) continue;
            if (before.Count > 0) stale.Add(entry.Key);
            fresh.AddRange(after);
        }
        // What this context wrote before is replaced by statement, so it must not go on following it.
        foreach (var followed in db.ChangeTracker.Entries<CaseFileGap>().Where(row => stale.Contains(row.Entity.EntryId)).ToList()) followed.State = EntityState.Detached;
        foreach (var ids in stale.Chunk(Batch)) await db.CaseFileGaps.Where(gap => ids.Contains(gap.EntryId)).ExecuteDeleteAsync(cancel);
        db.CaseFileGaps.AddRange(fresh);

        static (string, int) Told(CaseFileGap gap) => (gap.ItemKey, gap.UnitId);
    }

    /// <summary>What the entry's file lacks; nothing for drafts and voided entries, whose files nobody asks for.</summary>
    public IReadOnlyList<CaseFileGap> RowsOf(Entry entry) =>
        entry.State is EntryState.Draft or EntryState.Voided || catalog.OfLedger(entry.LedgerKey) is not { } rule ? []
        : [.. rule.Gaps(entry.Values).Select(item => new CaseFileGap
        {
            EntryId = entry.Id, ItemKey = item.Key, UnitId = entry.UnitId, LedgerKey = entry.LedgerKey, FileField = item.Files ?? "",
        })];

    /// <summary>Brings what is stored in line with the loaded definitions; returns the ledgers made anew.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var known = JsonSerializer.Deserialize<Dictionary<string, string>>(await db.SettingAsync(SettingKey, cancel) ?? "{}")!;
        var wanted = new SortedDictionary<string, string>(catalog.All.ToDictionary(rule => rule.Definition.Ledger, Fingerprint), StringComparer.Ordinal);
        var changed = wanted.Where(rule => known.GetValueOrDefault(rule.Key) != rule.Value).Select(rule => rule.Key).ToList();
        foreach (var ledger in known.Keys.Where(ledger => !wanted.ContainsKey(ledger)).Concat(changed))
            await db.CaseFileGaps.Where(gap => gap.LedgerKey == ledger).ExecuteDeleteAsync(cancel);
        foreach (var ledger in changed)
            await foreach (var entries in EntryPages.OfLedgerAsync(db, ledger, cancel))
            {
                db.CaseFileGaps.AddRange(entries.SelectMany(RowsOf));
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
            }
        await db.PutSettingAsync(SettingKey, JsonSerializer.Serialize(wanted), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return changed;
    }

    /// <summary>How many entries' stored gaps differ from what their values say.</summary>
    public async Task<int> DifferencesAsync(AppDbContext db, CancellationToken cancel)
    {
        var (different, matched) = (0, 0);
        foreach (var rule in catalog.All)
            await foreach (var entries in EntryPages.OfLedgerAsync(db, rule.Definition.Ledger, cancel))
            {
                var ids = (First: entries[0].Id, Last: entries[^1].Id);
                var stored = (await db.CaseFileGaps.AsNoTracking().Where(gap => gap.LedgerKey == rule.Definition.Ledger && gap.EntryId >= ids.First && gap.EntryId <= ids.Last).ToListAsync(cancel))
                    .ToLookup(gap => gap.EntryId, gap => (gap.ItemKey, gap.UnitId, gap.FileField));
                matched += stored.Sum(gaps => gaps.Count());
                different += entries.Count(entry => !stored[entry.Id].ToHashSet().SetEquals(RowsOf(entry).Select(gap => (gap.ItemKey, gap.UnitId, gap.FileField))));
            }
        return different + Math.Max(0, await db.CaseFileGaps.CountAsync(cancel) - matched);
    }

    /// <summary>Changes when anything does that decides what is missing; not when a printed form is reworded.</summary>
    static string Fingerprint(CaseFileRule rule) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        rule.Definition.When, rule.Definition.Tick,
        Items = rule.Definition.Items.Select(item => new { item.Key, item.Required, item.RequiredWhen, item.In, item.Files }),
        Types = rule.Definition.Items.SelectMany(item => (item.RequiredWhen?.Fields ?? []).Concat(item.In?.Fields ?? [])).Distinct().Order(StringComparer.Ordinal)
            .Select(key => $"{key}:{rule.Ledger.Field(key)?.Type}:{rule.Ledger.Field(key)?.Steps}"),
    }))));
}

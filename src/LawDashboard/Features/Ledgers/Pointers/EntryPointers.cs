using System.Linq.Expressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Pointers;

/// <summary>Keeps the pointers to entries that rooms ask for by their rules.</summary>
public sealed class EntryPointers(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, IEnumerable<IPointerRule> rules) : EntryRows<EntryPointer>(contexts)
{
    readonly IPointerRule[] rules = [.. rules];

    public static string Key(string ledger, string name) => $"{ledger}/{name}";

    protected override string SettingKey => "pointers.rules";

    /// <summary>What points to the entry.</summary>
    public override IReadOnlyList<EntryPointer> RowsOf(Entry entry)
    {
        if (entry.State == EntryState.Voided) return [];
        List<EntryPointer>? rows = null;
        foreach (var rule in rules)
            foreach (var (name, order) in rule.Of(entry))
                (rows ??= []).Add(new() { EntryId = entry.Id, Key = Key(entry.LedgerKey, name), UnitId = entry.UnitId, Order = order });
        return rows ?? (IReadOnlyList<EntryPointer>)[];
    }

    protected override IEnumerable<KeyValuePair<string, string>> Rules()
    {
        foreach (var ledger in catalog.Ledgers)
            if (string.Join('|', rules.Select(rule => rule.Fingerprint(ledger.Key))) is var print && print.Trim('|').Length > 0) yield return new(ledger.Key, print);
    }

    protected override Expression<Func<EntryPointer, bool>> OfLedger(string ledger)
    {
        var prefix = Key(ledger, "");
        return pointer => pointer.Key.StartsWith(prefix);
    }

    /// <summary>By statement, since an entry may have many and nobody looks at them through the context.</summary>
    protected override async Task AddAsync(AppDbContext db, IEnumerable<EntryPointer> rows, CancellationToken cancel)
    {
        BulkWriter<EntryPointer>? writer = null;
        try
        {
            foreach (var pointer in rows) await (writer ??= new(db)).AddAsync(pointer, cancel);
            if (writer is not null) await writer.FlushAsync(cancel);
        }
        finally
        {
            if (writer is not null) await writer.DisposeAsync();
        }
    }
}

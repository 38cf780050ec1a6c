using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Keeps the tallies: adds the difference between what an entry's old and new version count, in the entry's transaction.
/// Tallies that are being counted anew get it too where the entry's day is counted already; the old ones then stay as they are.
/// </summary>
sealed class TallyKeeper(CountingRules rules) : IEntryListener
{
    static readonly KeyedSums Stored = Table("Tallies"), Recounted = Table("RecountedTallies");

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var now = await rules.ReadAsync(db, cancel);
        var (stored, recounted) = (new TallySum(), new TallySum());
        foreach (var change in changes)
        {
            if (change.Before is { } before) Add(before, -1);
            Add(change.After, 1);
        }
        await AddAsync(db, stored.Spread(tree), cancel);
        await AddRecountedAsync(db, recounted.Spread(tree), cancel);

        void Add(Entry entry, int sign)
        {
            stored.Add(now.Stored(entry.LedgerKey), entry, sign);
            recounted.Add(now.Recounted(entry.LedgerKey).Where(counted => entry.Date <= counted.Through).Select(counted => counted.Counter), entry, sign);
        }
    }

    /// <summary>Adds amounts to the stored tallies; rows that do not exist yet come into being.</summary>
    public static Task AddAsync(AppDbContext db, TallySum sum, CancellationToken cancel) => Stored.AddAsync(db, sum.Amounts.Select(Row), cancel);

    /// <summary>Adds amounts to the tallies that are being counted.</summary>
    public static Task AddRecountedAsync(AppDbContext db, TallySum sum, CancellationToken cancel) => Recounted.AddAsync(db, sum.Amounts.Select(Row), cancel);

    static KeyedSums Table(string name) => new(name,
        [new("UnitId", "integer"), new("Month", "integer"), new("MeasureKey", "text"), new("Slice", "text"), new("State", "text")],
        [new("Count", "bigint"), new("Sum", "bigint")]);

    static object[] Row(KeyValuePair<TallyKey, TallyAmount> sum) =>
        [sum.Key.UnitId, sum.Key.Month, sum.Key.MeasureKey, sum.Key.Slice, sum.Key.State.ToString(), sum.Value.Count, sum.Value.Sum];
}

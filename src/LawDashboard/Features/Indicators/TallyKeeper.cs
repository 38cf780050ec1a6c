using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>Keeps the tallies: adds the difference between what an entry's old and new version count, in the entry's transaction.</summary>
sealed class TallyKeeper(Counters counters) : IEntryListener
{
    static readonly KeyedSums Stored = Table("Tallies");

    public Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var delta = new TallySum();
        foreach (var change in changes)
        {
            if (change.Before is { } before) delta.Add(counters.OfLedger(before.LedgerKey), before, -1);
            delta.Add(counters.OfLedger(change.After.LedgerKey), change.After);
        }
        return AddAsync(db, delta.Spread(tree), cancel);
    }

    /// <summary>Adds amounts to the stored tallies; rows that do not exist yet come into being.</summary>
    public static Task AddAsync(AppDbContext db, TallySum sum, CancellationToken cancel) => Stored.AddAsync(db, sum.Amounts.Select(Row), cancel);

    static KeyedSums Table(string name) => new(name,
        [new("UnitId", "integer"), new("Month", "integer"), new("MeasureKey", "text"), new("Slice", "text"), new("State", "text")],
        [new("Count", "bigint"), new("Sum", "bigint")]);

    static object[] Row(KeyValuePair<TallyKey, TallyAmount> sum) =>
        [sum.Key.UnitId, sum.Key.Month, sum.Key.MeasureKey, sum.Key.Slice, sum.Key.State.ToString(), sum.Value.Count, sum.Value.Sum];
}

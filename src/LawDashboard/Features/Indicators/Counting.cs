using System.Linq.Expressions;
using System.Runtime.InteropServices;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>Which tally one entry adds to, before the unit is spread over its ancestors.</summary>
public readonly record struct TallyKey(int UnitId, int Month, string MeasureKey, string Slice, EntryState State);

/// <summary>What is added to a tally.</summary>
public readonly record struct TallyAmount(long Count, long Sum)
{
    public static TallyAmount operator +(TallyAmount a, TallyAmount b) => new(a.Count + b.Count, a.Sum + b.Sum);
    public static TallyAmount operator -(TallyAmount a) => new(-a.Count, -a.Sum);
    public bool IsNothing => Count == 0 && Sum == 0;
}

/// <summary>
/// One measure, ready to count. The predicate is written once, as an expression tree: compiled it decides what an entry
/// in memory adds, translated by EF it selects the rows behind the figure.
/// </summary>
public sealed class Counter
{
    readonly Decision<Entry>? rule;

    public Counter(MeasureDefinition measure, LedgerDefinition ledger)
    {
        Measure = measure;
        Ledger = ledger;
        // Measures of listed rows are not written by anybody and have no other condition.
        Predicate = measure.Listed ? entry => entry.OriginId != null : measure.Where is { } where ? EntryReader.Predicate(where, ledger) : null;
        rule = Predicate is null ? null : new(Predicate);
        // The entry's own date is a column; reading it from the values as well would only be slower.
        DateField = measure.Date == ledger.Date ? null : measure.Date;
    }

    public MeasureDefinition Measure { get; }
    public LedgerDefinition Ledger { get; }
    public Expression<Func<Entry, bool>>? Predicate { get; }
    /// <summary>Date field that decides the period; null for the entry's own date.</summary>
    public string? DateField { get; }

    /// <summary>The fields that decide what an entry adds.</summary>
    public IEnumerable<string> Fields => Measure.Slices.Concat(Measure.Listed ? [] : Measure.Where?.Fields ?? []).Concat(new[] { DateField, Measure.Left, Measure.Sum }.OfType<string>());

    /// <summary>
    /// What the entry adds to the tallies of its own unit. Nothing for drafts, returned and voided entries; with a stretch
    /// of days given, only what falls on them.
    /// </summary>
    /// <param name="sliced">Also by the values of the fields that the measure is broken down by.</param>
    public IEnumerable<(TallyKey Key, TallyAmount Amount)> Contributions(Entry entry, DateOnly? from = null, DateOnly? to = null, bool sliced = true)
    {
        if (entry.LedgerKey != Ledger.Key || !Counts(entry.State) || rule?.Holds(entry) == false) yield break;
        var amount = new TallyAmount(1, Measure.Sum is { } sum ? entry.Values.Number(sum) ?? 0 : 0);
        foreach (var (date, signed) in Dated(entry, amount))
        {
            if (date < from || date > to) continue;
            var month = Tally.MonthOf(date);
            yield return (new(entry.UnitId, month, Measure.Key, "", entry.State), signed);
            if (!sliced) continue;
            foreach (var slice in Measure.Slices)
                foreach (var code in Codes(entry.Values, slice))
                    yield return (new(entry.UnitId, month, Measure.Key, SliceKey(slice, code), entry.State), signed);
        }
    }

    public static bool Counts(EntryState state) => state is EntryState.Submitted or EntryState.Approved;
    public static string SliceKey(string field, string code) => $"{field}={code}";

    IEnumerable<(DateOnly, TallyAmount)> Dated(Entry entry, TallyAmount amount)
    {
        if ((DateField is { } field ? entry.Values.Date(field) : entry.Date) is { } date) yield return (date, amount);
        else yield break;
        // Nobody leaves before he has joined: dates in the wrong order cancel each other in the month of joining.
        if (Measure.Left is { } left && entry.Values.Date(left) is { } until) yield return (until > date ? until : date, -amount);
    }

    IReadOnlyList<string> Codes(FieldValues values, string slice) =>
        Ledger.Field(slice)?.Type == FieldType.SeveralOf ? values.Items(slice) : values.Text(slice) is { } code ? [code] : [];
}

/// <summary>All measures ready to count, by ledger, as the catalog has them at the moment.</summary>
public sealed class Counters(IndicatorCatalog catalog)
{
    sealed record Set(object Version, Dictionary<string, Counter> ByKey, ILookup<string, Counter> ByLedger);

    volatile Set? made;

    public IEnumerable<Counter> All => Now.ByKey.Values;
    public IEnumerable<Counter> OfLedger(string ledger) => Now.ByLedger[ledger];
    public Counter? Find(string measure) => Now.ByKey.GetValueOrDefault(measure);

    Set Now => made is { } set && ReferenceEquals(set.Version, catalog.Version) ? set : made = Make(made);

    /// <summary>Measures that did not change are kept, and what was compiled for them.</summary>
    Set Make(Set? before)
    {
        var version = catalog.Version;
        var counters = (from measure in catalog.Measures
                        let ledger = catalog.Ledgers.Ledger(measure.Ledger)
                        where ledger is not null
                        select before?.ByKey.GetValueOrDefault(measure.Key) is { } kept && ReferenceEquals(kept.Measure, measure) ? kept : new Counter(measure, ledger)).ToList();
        return new(version, counters.ToDictionary(counter => counter.Measure.Key, StringComparer.Ordinal), counters.ToLookup(counter => counter.Ledger.Key, StringComparer.Ordinal));
    }
}

/// <summary>Adds up contributions; what cancels out falls away.</summary>
public sealed class TallySum
{
    readonly Dictionary<TallyKey, TallyAmount> amounts = [];

    public IEnumerable<KeyValuePair<TallyKey, TallyAmount>> Amounts => amounts.Where(pair => !pair.Value.IsNothing);

    public void Add(TallyKey key, TallyAmount amount) => CollectionsMarshal.GetValueRefOrAddDefault(amounts, key, out _) += amount;

    /// <summary>What the entry adds by each counter; with <paramref name="sign"/> −1 it is taken away.</summary>
    public void Add(IEnumerable<Counter> counters, Entry entry, int sign = 1)
    {
        foreach (var counter in counters)
            foreach (var (key, amount) in counter.Contributions(entry))
                Add(key, sign < 0 ? -amount : amount);
    }

    /// <summary>The same sums for each unit and all units above it.</summary>
    public TallySum Spread(Units.UnitTree tree)
    {
        var spread = new TallySum();
        foreach (var (key, amount) in Amounts)
            if (tree.Find(key.UnitId) is { } unit)
                foreach (var above in tree.Ancestors(unit))
                    spread.Add(key with { UnitId = above.Id }, amount);
        return spread;
    }
}

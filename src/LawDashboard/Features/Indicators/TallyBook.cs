using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Indicators;

/// <summary>Months from and to, both included, as year × 100 + month.</summary>
public readonly record struct MonthRange(int From, int To)
{
    public static MonthRange OfYear(int year) => new(year * 100 + 1, year * 100 + 12);
    public static MonthRange OfMonth(int year, int month) => new(year * 100 + month, year * 100 + month);
    public bool Contains(int month) => month >= From && month <= To;
}

/// <summary>
/// The tallies of one unit over some months, in memory. Every figure of a page or report is read out of it; its size
/// depends on measures and months, not on how many entries there are.
/// </summary>
public sealed class TallyBook
{
    /// <summary>By measure and slice.</summary>
    readonly Dictionary<string, Dictionary<string, List<Line>>> measures = new(StringComparer.Ordinal);

    readonly record struct Line(int Month, EntryState State, long Count, long Sum);

    public TallyBook(int unitId, IEnumerable<Tally> tallies)
    {
        UnitId = unitId;
        foreach (var tally in tallies) Add(tally.MeasureKey, tally.Slice, tally.Month, tally.State, new(tally.Count, tally.Sum));
    }

    /// <summary>The sums of one unit, as counted just now.</summary>
    public TallyBook(int unitId, TallySum counted)
    {
        UnitId = unitId;
        foreach (var (key, amount) in counted.Amounts.Where(pair => pair.Key.UnitId == unitId))
            Add(key.MeasureKey, key.Slice, key.Month, key.State, amount);
    }

    public int UnitId { get; }

    /// <summary>One tally more, while the book is being made.</summary>
    internal void Add(string measure, ReadOnlySpan<char> slice, int month, EntryState state, TallyAmount amount) =>
        Lines(measure, slice).Add(new(month, state, amount.Count, amount.Sum));

    /// <summary>The same book without what a stretch of days has counted.</summary>
    public TallyBook Less(TallySum stretch) => Less(stretch.Amounts);

    /// <summary>The same book without some amounts; those of other units are left out.</summary>
    public TallyBook Less(IEnumerable<KeyValuePair<TallyKey, TallyAmount>> amounts)
    {
        var book = new TallyBook(UnitId, []);
        foreach (var (measure, slice, list) in All) book.Lines(measure, slice).AddRange(list);
        foreach (var (key, amount) in amounts)
            if (key.UnitId == UnitId) book.Add(key.MeasureKey, key.Slice, key.Month, key.State, -amount);
        return book;
    }

    /// <summary>The same book with another count of one measure for a year and the years before it.</summary>
    public TallyBook With(string measure, int year, TallySum counted)
    {
        var book = new TallyBook(UnitId, []);
        foreach (var (key, slice, list) in All)
            book.Lines(key, slice).AddRange(key == measure && slice.Length == 0 ? list.Where(line => line.Month > year * 100 + 12) : list);
        foreach (var (key, amount) in counted.Amounts.Where(pair => pair.Key.UnitId == UnitId && pair.Key.MeasureKey == measure && pair.Key.Slice.Length == 0))
            if (key.Month <= year * 100 + 12) book.Add(measure, "", key.Month, key.State, amount);
        return book;
    }

    IEnumerable<(string Measure, string Slice, List<Line> Lines)> All =>
        from measure in measures from slice in measure.Value select (measure.Key, slice.Key, slice.Value);

    List<Line>? Find(string measure, string slice) => measures.GetValueOrDefault(measure)?.GetValueOrDefault(slice);

    List<Line> Lines(string measure, ReadOnlySpan<char> slice)
    {
        var slices = (measures.TryGetValue(measure, out var known) ? known : measures[measure] = new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();
        return slices.TryGetValue(slice, out var list) ? list : slices[slice] = [];
    }

    /// <summary>
    /// The measure over the months: entries for counts, stored steps for sums, the number there at the end for levels.
    /// Approved entries, or those that still wait for review.
    /// </summary>
    public long Value(MeasureDefinition measure, MonthRange months, EntryState state = EntryState.Approved, string slice = "")
    {
        if (Find(measure.Key, slice) is not { } list) return 0;
        var from = measure.Kind == MeasureKind.Level ? int.MinValue : months.From;
        long total = 0;
        foreach (var line in list)
            if (line.Month >= from && line.Month <= months.To && line.State == state)
                total += measure.Kind == MeasureKind.Sum ? line.Sum : line.Count;
        return total;
    }

    /// <summary>All entries of a ledger that count, approved or waiting for review.</summary>
    public long Entries(string ledger, MonthRange months) =>
        Find(IndicatorCatalog.EveryEntryKey(ledger), "") is { } list ? list.Where(line => months.Contains(line.Month)).Sum(line => line.Count) : 0;

    /// <summary>The codes of a dictionary field by which the measure was tallied and that occur at all.</summary>
    public IEnumerable<string> Codes(string measure, string field) =>
        from slice in measures.GetValueOrDefault(measure)?.Keys ?? Enumerable.Empty<string>()
        where slice.StartsWith(field + "=", StringComparison.Ordinal) select slice[(field.Length + 1)..];
}

using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Past;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators.Past;

/// <summary>An indicator of a unit and year before and after; approved entries only.</summary>
public sealed record FigureChange(IndicatorDefinition Indicator, IndicatorValue Before, IndicatorValue After)
{
    /// <summary>On the scale of its target; null where one of the two has no value.</summary>
    public decimal? Difference => After.OnTargetScale - Before.OnTargetScale;
    public bool IsNone => Before.Numerator == After.Numerator && Before.Denominator == After.Denominator;
}

/// <summary>What changed entries make of figures. Reads nothing.</summary>
public sealed class FigureChanges(IndicatorReckoner reckoner, Counters counters, UnitDirectory units)
{
    /// <summary>Every indicator, in the order of the tasks.</summary>
    public IReadOnlyList<FigureChange> Between(UnitYear before, UnitYear after) =>
        [.. reckoner.Catalog.Indicators.Select(indicator => new FigureChange(indicator, Value(before, indicator), Value(after, indicator)))];

    /// <summary>The entries among those that changed that count otherwise in the indicator now than before.</summary>
    public async Task<IReadOnlyList<ChangedEntry>> BehindAsync(IndicatorDefinition indicator, Unit unit, int year, IEnumerable<ChangedEntry> entries, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var counted = TallyFocus.Of([indicator]).Measures.Select(counters.Find).OfType<Counter>().ToList();
        var ledgers = counted.Select(counter => counter.Ledger.Key).ToHashSet(StringComparer.Ordinal);
        return [.. entries.Where(entry => ledgers.Contains(entry.Now.Ledger))
            .Where(entry => counted.Exists(counter => Amount(counter, tree, unit, year, entry.Then) != Amount(counter, tree, unit, year, entry.Now)))];
    }

    IndicatorValue Value(UnitYear facts, IndicatorDefinition indicator) => reckoner.Indicator(facts.Book, indicator, MonthRange.OfYear(facts.Year));

    /// <summary>What one entry brings to the unit's year.</summary>
    static TallyAmount Amount(Counter counter, UnitTree tree, Unit unit, int year, EntrySnapshot? snapshot)
    {
        if (snapshot is not { State: EntryState.Approved } || tree.Find(snapshot.Unit) is not { } at || !tree.Covers(unit, at)) return default;
        var first = counter.Measure.Kind is MeasureKind.Level ? (DateOnly?)null : new DateOnly(year, 1, 1);
        return counter.Contributions(snapshot.ToEntry(), first, new(year, 12, 31), sliced: false)
            .Aggregate(default(TallyAmount), (sum, part) => sum + part.Amount);
    }
}

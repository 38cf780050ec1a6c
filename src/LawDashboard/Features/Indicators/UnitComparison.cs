using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>An indicator in one unit, beside others.</summary>
/// <param name="Unit">Null for what the unit above logged itself.</param>
/// <param name="PerTenThousand">Per 10,000 inhabitants; null for ratios and levels, and where the population is not known.</param>
public sealed record UnitFigure(Unit? Unit, IndicatorValue Value, IndicatorValue Pending, Pace Pace, decimal? PerTenThousand);

/// <summary>What a comparison can be sorted by.</summary>
public enum UnitOrder { Value, Unit, PerTenThousand, Pending, Pace }

/// <summary>
/// An indicator in the units right below one: towns and villages always, departments when they have anything. With what the
/// unit logged itself the parts add up to its own figure.
/// </summary>
public sealed record UnitComparison(IndicatorDefinition Indicator, IReadOnlyList<UnitFigure> Units, UnitFigure? Own, UnitFigure Total)
{
    public bool HasPace => Units.Any(figure => figure.Pace.Level is not PaceLevel.NoTarget);
    public bool HasPopulation => Units.Any(figure => figure.PerTenThousand is not null);
    public bool HasPending => Units.Any(figure => !figure.Pending.IsNothing);
    /// <summary>The longest bar.</summary>
    public decimal Top => Units.Count == 0 ? 0 : Units.Max(figure => figure.Value.OnTargetScale ?? 0);

    public static UnitComparison? Of(IndicatorReckoner reckoner, UnitYear facts, IndicatorDefinition indicator)
    {
        if (facts.Below.Count == 0) return null;
        var total = Figure(facts.Unit, facts.Book, facts.Targets, People(facts));
        var all = facts.Below.Select(below => Figure(below.Unit, below.Book, below.Targets, below.Unit.Population)).ToList();
        var own = new UnitFigure(null, all.Aggregate(total.Value, (rest, part) => rest - part.Value), all.Aggregate(total.Pending, (rest, part) => rest - part.Pending), Pace.None, null);
        return new(indicator, [.. all.Where(figure => figure.Unit!.Kind is not UnitKind.Department || !figure.Value.IsNothing || !figure.Pending.IsNothing)],
            own.Value.IsNothing && own.Pending.IsNothing ? null : own, total);

        UnitFigure Figure(Unit unit, TallyBook book, IReadOnlyDictionary<string, Target> targets, int? population)
        {
            var value = reckoner.Indicator(book, indicator, MonthRange.OfYear(facts.Year));
            return new(unit, value, reckoner.Indicator(book, indicator, MonthRange.OfYear(facts.Year), EntryState.Submitted),
                reckoner.Pace(value, targets.GetValueOrDefault(indicator.Key), facts.Today, facts.Year),
                reckoner.Accrues(indicator) && population is > 0 and var people ? value.Numerator * 10_000 / people : null);
        }
    }

    /// <summary>Those whom the units compared govern, so that the whole is on the scale of its parts; a county may have towns that do not take part.</summary>
    static int? People(UnitYear facts)
    {
        var governed = facts.Below.Select(below => below.Unit).Where(unit => unit.Kind is not UnitKind.Department).ToList();
        return governed.Count > 0 && governed.TrueForAll(unit => unit.Population is > 0) ? governed.Sum(unit => unit.Population) : facts.Unit.Population;
    }

    /// <summary>The units in order; those with nothing to compare stand last, ties keep the order of the tree.</summary>
    public IEnumerable<UnitFigure> Sorted(UnitOrder order, bool descending)
    {
        if (order is UnitOrder.Unit) return descending ? Units.Reverse() : Units;
        var (known, unknown) = (Units.Where(figure => Key(figure, order) is not null), Units.Where(figure => Key(figure, order) is null));
        return (descending ? known.OrderByDescending(figure => Key(figure, order)) : known.OrderBy(figure => Key(figure, order))).Concat(unknown);
    }

    static decimal? Key(UnitFigure figure, UnitOrder order) => order switch
    {
        UnitOrder.PerTenThousand => figure.PerTenThousand,
        UnitOrder.Pending => figure.Pending.Numerator,
        UnitOrder.Pace => figure.Pace.Ratio,
        _ => figure.Value.Value,
    };
}

using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Indicators;

/// <summary>An indicator in one month and from January to its end.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Expected">What the target asks for by the end of the month; null without a target.</param>
/// <param name="Reached">False for months that have not begun.</param>
public sealed record IndicatorMonth(
    int Month, IndicatorValue Value, IndicatorValue Pending, IndicatorValue ToDate, IndicatorValue ToDateWithPending,
    IndicatorValue LastYearToDate, decimal? Expected, bool Reached);

/// <summary>An indicator over the twelve months of a year, against its target and the year before.</summary>
/// <param name="Forecast">Null where nothing can be said of the year's end.</param>
/// <param name="Steps">Where the target was revised within the year.</param>
public sealed record IndicatorMonths(Standing Standing, IReadOnlyList<IndicatorMonth> Months, Forecast? Forecast, IReadOnlyList<TargetStep> Steps)
{
    public static IndicatorMonths Of(IndicatorReckoner reckoner, UnitYear facts, Standing standing) =>
        new(standing, [.. Enumerable.Range(1, 12).Select(month => At(reckoner, facts, standing, month))], Forecast.Of(reckoner, facts, standing), [.. TargetStep.Of(facts, standing)]);

    static IndicatorMonth At(IndicatorReckoner reckoner, UnitYear facts, Standing standing, int month)
    {
        var (indicator, year) = (standing.Indicator, facts.Year);
        var toDate = new MonthRange(year * 100 + 1, year * 100 + month);
        var (approved, pending) = (Value(toDate, EntryState.Approved), Value(toDate, EntryState.Submitted));
        return new(month, Value(MonthRange.OfMonth(year, month), EntryState.Approved), Value(MonthRange.OfMonth(year, month), EntryState.Submitted),
            approved, approved + pending, Value(new(toDate.From - 100, toDate.To - 100), EntryState.Approved), Expected(standing, facts, month), month <= facts.LastMonth);

        IndicatorValue Value(MonthRange months, EntryState state) => reckoner.Indicator(facts.Book, indicator, months, state);
    }

    /// <summary>What the target of that time asked for by the end of the month.</summary>
    static decimal? Expected(Standing standing, UnitYear facts, int month)
    {
        var end = new DateOnly(facts.Year, month, DateTime.DaysInMonth(facts.Year, month));
        return facts.TargetOn(standing.Indicator.Key, end) is { } target ? standing.DueOn(target, end) : null;
    }
}

/// <summary>A revision of the target within the year: what was due by the day before, and what is due by its day.</summary>
public sealed record TargetStep(DateOnly Day, decimal Before, decimal After)
{
    public static IEnumerable<TargetStep> Of(UnitYear facts, Standing standing) =>
        from day in (facts.Revisions.GetValueOrDefault(standing.Indicator.Key)?.Revisions ?? []).Select(target => target.EffectiveOn).Distinct()
        where day > new DateOnly(facts.Year, 1, 1)
        let before = facts.TargetOn(standing.Indicator.Key, day.AddDays(-1))!
        let after = facts.TargetOn(standing.Indicator.Key, day)!
        where before != after
        select new TargetStep(day, standing.DueOn(before, day.AddDays(-1)), standing.DueOn(after, day));
}

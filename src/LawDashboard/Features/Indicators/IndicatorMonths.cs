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
public sealed record IndicatorMonths(Standing Standing, IReadOnlyList<IndicatorMonth> Months, Forecast? Forecast)
{
    public static IndicatorMonths Of(IndicatorReckoner reckoner, UnitYear facts, Standing standing) =>
        new(standing, [.. Enumerable.Range(1, 12).Select(month => At(reckoner, facts, standing, month))], Forecast.Of(reckoner, facts, standing));

    static IndicatorMonth At(IndicatorReckoner reckoner, UnitYear facts, Standing standing, int month)
    {
        var (indicator, year) = (standing.Indicator, facts.Year);
        var toDate = new MonthRange(year * 100 + 1, year * 100 + month);
        var (approved, pending) = (Value(toDate, EntryState.Approved), Value(toDate, EntryState.Submitted));
        return new(month, Value(MonthRange.OfMonth(year, month), EntryState.Approved), Value(MonthRange.OfMonth(year, month), EntryState.Submitted),
            approved, approved + pending, Value(new(toDate.From - 100, toDate.To - 100), EntryState.Approved), Expected(standing, year, month), month <= facts.LastMonth);

        IndicatorValue Value(MonthRange months, EntryState state) => reckoner.Indicator(facts.Book, indicator, months, state);
    }

    static decimal? Expected(Standing standing, int year, int month) => standing.Target is not { } target ? null
        : standing.Accrues && standing.Indicator.Better is Direction.More
            ? target.Value * Pace.Share(target.Spread, new DateOnly(year, month, DateTime.DaysInMonth(year, month)), year)
            : target.Value;
}

using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Reports;

/// <summary>Figures of one unit and year out of its tallies: approved entries only, last year for the same stretch.</summary>
/// <param name="book">Both years' tallies.</param>
/// <param name="before">The same without last year's days after the closing day.</param>
sealed class TallyFigures(IndicatorReckoner reckoner, TallyBook book, TallyBook before, int year, IReadOnlyDictionary<string, Target> targets) : IFigures
{
    readonly IndicatorCatalog catalog = reckoner.Catalog;

    public FigureValue? Value(string key) => Of(key, year);
    public FigureValue? LastYear(string key) => Of(key, year - 1);
    public decimal? Target(string key) => targets.GetValueOrDefault(key) is { } target ? Scaled(key, target.Value) : null;

    /// <summary>How many entries stand behind a count or a sum.</summary>
    public long Rows(string measure, string? slice, int ofYear) => catalog.Measure(measure) is not { } rule ? 0
        : Of(ofYear).Value(rule.Kind == MeasureKind.Sum ? rule with { Kind = MeasureKind.Count } : rule, MonthRange.OfYear(ofYear), EntryState.Approved, slice ?? "");

    public IReadOnlyList<FigurePart> Parts(string key, string slice)
    {
        var measure = Measure(key);
        if (measure?.Slices.Contains(slice) != true || catalog.Ledgers.Ledger(measure.Ledger)?.Field(slice) is not { } field) return [];
        return [.. catalog.Ledgers.Values(field)
            .Select(value => new FigurePart(value.Code, value.Label, reckoner.Measure(book, measure.Key, MonthRange.OfYear(year), slice: Counter.SliceKey(slice, value.Code))))];
    }

    public IReadOnlyList<IndicatorStanding> Standings(DateOnly closing, IReadOnlyDictionary<string, Target> nextTargets) =>
        [.. catalog.Indicators.Select(indicator => Standing(indicator, closing, nextTargets.GetValueOrDefault(indicator.Key)))];

    IndicatorStanding Standing(IndicatorDefinition indicator, DateOnly closing, Target? next)
    {
        var (now, last) = (Reckon(indicator, year), Reckon(indicator, year - 1));
        var target = targets.GetValueOrDefault(indicator.Key);
        var expected = reckoner.Pace(now, target, closing, year).Expected;
        return new(indicator.Key, indicator.Name, indicator.Task, indicator.Unit, indicator.IsRatio, indicator.Better == Direction.Less,
            now.Value, Target(indicator.Key), last.Value, now.Denominator,
            expected is { } due ? Scaled(indicator.Key, due) : null, next is null ? null : Scaled(indicator.Key, next.Value),
            indicator.Numerator, indicator.Denominator, last.Denominator);
    }

    FigureValue? Of(string key, int ofYear)
    {
        if (catalog.Indicator(key) is { } indicator)
        {
            var value = Reckon(indicator, ofYear);
            return new(key, indicator.Name, value.Value, indicator.Unit, indicator.IsRatio, Measure(key) is { } money && reckoner.IsMoney(money), value.Denominator);
        }
        return catalog.Measure(key) is { } measure
            ? new(key, measure.Name, reckoner.Measure(Of(ofYear), key, MonthRange.OfYear(ofYear)), measure.Unit, false, reckoner.IsMoney(measure))
            : null;
    }

    IndicatorValue Reckon(IndicatorDefinition indicator, int ofYear) => reckoner.Indicator(Of(ofYear), indicator, MonthRange.OfYear(ofYear), EntryState.Approved);
    TallyBook Of(int ofYear) => ofYear == year ? book : before;
    MeasureDefinition? Measure(string key) => catalog.Measure(key) ?? catalog.Measure(catalog.Indicator(key)?.Measure);

    /// <summary>Targets of ratios are set in percent, figures are shares of 1.</summary>
    decimal Scaled(string key, decimal target) => catalog.Indicator(key)?.IsRatio == true ? target / 100 : target;
}

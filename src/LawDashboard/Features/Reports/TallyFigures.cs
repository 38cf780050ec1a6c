using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>The tallies behind a report's figures.</summary>
/// <param name="Book">Both years' tallies.</param>
/// <param name="Before">The same without last year's days after the closing day.</param>
/// <param name="Below">Tallies of the units right below, of what the template compares by unit.</param>
/// <param name="Late">What is past a statutory limit, by ledger; it hangs on the day and so stands in no tally.</param>
sealed record ReportTallies(TallyBook Book, TallyBook Before, IReadOnlyList<(Unit Unit, TallyBook Book)> Below, IReadOnlyList<LateCases> Late)
{
    public long LateOf(string measure) => Late.FirstOrDefault(late => late.Key == measure)?.Count ?? 0;
}

/// <summary>Figures of one unit over a term out of its tallies: approved entries only, last year for the same stretch.</summary>
sealed class TallyFigures(IndicatorReckoner reckoner, ReportTallies tallies, ReportTerm term, DateOnly closing, IReadOnlyDictionary<string, Target> targets) : IFigures
{
    readonly IndicatorCatalog catalog = reckoner.Catalog;

    public FigureValue? Value(string key) => Of(key, term.Year);
    public FigureValue? LastYear(string key) => Of(key, term.Year - 1);
    public decimal? Target(string key) => targets.GetValueOrDefault(key) is { } target ? Scaled(key, target.Value) : null;

    /// <summary>How many entries stand behind a count or a sum.</summary>
    public long Rows(CountedRows rows)
    {
        if (rows.Slice == LateCases.Rows) return tallies.LateOf(rows.Measure);
        var book = rows.Unit is { } unit ? tallies.Below.FirstOrDefault(below => below.Unit.Code == unit).Book : Of(rows.From.Year);
        return book is null || catalog.Measure(rows.Measure) is not { } rule ? 0
            : book.Value(rule.Kind == MeasureKind.Sum ? rule with { Kind = MeasureKind.Count } : rule,
                new(rows.From.Year * 100 + rows.From.Month, rows.To.Year * 100 + rows.To.Month), EntryState.Approved, rows.Slice ?? "");
    }

    public IReadOnlyList<FigurePart> Parts(string key, string slice)
    {
        if (slice == ReportTemplate.UnitAxis) return [.. tallies.Below.Select(below => Part(key, below.Book, term.Months, below.Unit.Code, below.Unit.Name)).OfType<FigurePart>()];
        if (slice == ReportTemplate.MonthAxis)
            return [.. Enumerable.Range(term.First, Math.Max(0, (closing < term.To ? closing.Month : term.Last) - term.First + 1))
                .Select(month => Part(key, tallies.Book, MonthRange.OfMonth(term.Year, month), $"{term.Year * 100 + month}", $"{month}月")).OfType<FigurePart>()];
        var measure = Measure(key);
        if (slice == ReportTemplate.ClockAxis) return measure is null ? [] : [new(LateCases.Slice.Code!, "超过法定或规定时限未办结", tallies.LateOf(measure.Key))];
        if (measure?.Slices.Contains(slice) != true || catalog.Ledgers.Ledger(measure.Ledger)?.Field(slice) is not { } field) return [];
        return [.. catalog.Ledgers.Values(field)
            .Select(value => new FigurePart(value.Code, value.Label, reckoner.Measure(tallies.Book, measure.Key, term.Months, slice: Counter.SliceKey(slice, value.Code))))];
    }

    FigurePart? Part(string key, TallyBook book, MonthRange months, string code, string label)
    {
        if (catalog.Indicator(key) is { } indicator && reckoner.Indicator(book, indicator, months) is var value) return new(code, label, value.Value ?? 0, value.Denominator);
        return catalog.Measure(key) is null ? null : new(code, label, reckoner.Measure(book, key, months));
    }

    public IReadOnlyList<IndicatorStanding> Standings(IReadOnlyDictionary<string, Target> nextTargets) =>
        [.. catalog.Indicators.Select(indicator => Standing(indicator, nextTargets.GetValueOrDefault(indicator.Key)))];

    IndicatorStanding Standing(IndicatorDefinition indicator, Target? next)
    {
        var (now, last) = (Reckon(indicator, term.Year), Reckon(indicator, term.Year - 1));
        var target = targets.GetValueOrDefault(indicator.Key);
        var expected = reckoner.Pace(now, target, closing, term.Year).Expected;
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
            ? new(key, measure.Name, reckoner.Measure(Of(ofYear), key, Months(ofYear)), measure.Unit, false, reckoner.IsMoney(measure))
            : null;
    }

    /// <summary>While the term runs, last year's stretch ends in the same month.</summary>
    MonthRange Months(int ofYear) => ofYear == term.Year ? term.Months
        : new(term.Months.From - 100, closing < term.To ? ofYear * 100 + closing.Month : term.Months.To - 100);

    IndicatorValue Reckon(IndicatorDefinition indicator, int ofYear) => reckoner.Indicator(Of(ofYear), indicator, Months(ofYear), EntryState.Approved);
    TallyBook Of(int ofYear) => ofYear == term.Year ? tallies.Book : tallies.Before;
    MeasureDefinition? Measure(string key) => catalog.Measure(key) ?? catalog.Measure(catalog.Indicator(key)?.Measure);

    /// <summary>Targets of ratios are set in percent, figures are shares of 1.</summary>
    decimal Scaled(string key, decimal target) => catalog.Indicator(key)?.IsRatio == true ? target / 100 : target;
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Overview;

/// <summary>Works the overview out of a unit's figures. Reads nothing; the same figures always give the same page.</summary>
public sealed class OverviewBuilder(IndicatorReckoner reckoner, OverviewLayout layout)
{
    const int MonthsOfYear = 12;

    IndicatorCatalog Catalog => reckoner.Catalog;

    readonly ConditionalWeakTable<UnitYear, ConcurrentDictionary<(string? Indicator, string? Compare, object Measures), OverviewView>> built = [];

    /// <summary>The same view for all who look at the same figures in the same way: it is worked out once at each save, not once by each viewer.</summary>
    public OverviewView Shared(UnitYear facts, string? indicator = null, string? compare = null) => built.GetOrCreateValue(facts).GetOrAdd(
        // What an address may hold that is no indicator must not fill the memory.
        (Catalog.Indicator(indicator)?.Key, Catalog.Indicator(compare)?.Key, Catalog.Version), choice => Build(facts, choice.Indicator, choice.Compare));

    /// <param name="indicator">Key of the indicator whose trend is drawn; the one that matters most now when null or unknown.</param>
    /// <param name="compare">Key of the indicator by which the units below are compared; the one that most of them have when null or unknown.</param>
    public OverviewView Build(UnitYear facts, string? indicator = null, string? compare = null)
    {
        var standings = new Standings(reckoner, facts);
        var tasks = standings.Tasks();
        var ledgers = Ledgers(facts);
        var chosen = Catalog.Indicator(indicator) ?? Chosen(tasks);
        return new(facts, OverviewSentence.Of(Catalog, facts, tasks, ledgers), [.. tasks.Select(task => Card(facts, task))], ledgers,
            [.. layout.Breakdowns.Select(choice => Parts(facts, choice)).OfType<Breakdown>()],
            Catalog.Indicator(layout.Rate) is { } rate ? IndicatorMonths.Of(reckoner, facts, standings.Of(rate)) : null,
            chosen is null ? null : IndicatorMonths.Of(reckoner, facts, standings.Of(chosen)),
            Compared(facts, Catalog.Indicator(compare)))
        {
            IsEmpty = ledgers.All(ledger => ledger.Total.Both == 0) && Ledgers(facts with { Year = facts.Year - 1 }).All(ledger => ledger.Total.Both == 0),
        };
    }

    /// <summary>The indicator to look at first: of the slowest task the one with most points that builds up over the year.</summary>
    public static IndicatorDefinition? Chosen(IReadOnlyList<TaskStanding> tasks)
    {
        if (tasks.Where(task => task.Ratio is not null).MinBy(task => task.Ratio) is not { } slowest)
            // Without targets: a headline that has anything to show.
            return tasks.SelectMany(task => task.Indicators).OrderByDescending(standing => standing.Accrues && standing.Value.Numerator > 0)
                .ThenByDescending(standing => standing.Indicator.Headline).ThenByDescending(standing => standing.Indicator.Points).FirstOrDefault()?.Indicator;
        return slowest.Indicators.OrderByDescending(standing => standing.Target is not null).ThenByDescending(standing => standing.Accrues)
            .ThenByDescending(standing => standing.Indicator.Points).ThenByDescending(standing => standing.Indicator.Headline).First().Indicator;
    }

    UnitComparison? Compared(UnitYear facts, IndicatorDefinition? chosen) => chosen is not null ? UnitComparison.Of(reckoner, facts, chosen)
        : Catalog.Indicators.Where(indicator => indicator.Headline && reckoner.Accrues(indicator) && indicator.Better is Direction.More)
            .Select(indicator => UnitComparison.Of(reckoner, facts, indicator)).OfType<UnitComparison>()
            .OrderByDescending(comparison => comparison.Units.Count(figure => !figure.Value.IsNothing)).ThenByDescending(comparison => comparison.Indicator.Points).FirstOrDefault();

    TaskCard Card(UnitYear facts, TaskStanding task)
    {
        var headlines = task.Indicators.Where(standing => standing.Indicator.Headline).ToList();
        var lead = headlines.FirstOrDefault() ?? task.Indicators.FirstOrDefault();
        var columns = Catalog.Measure(lead?.Indicator.Measure ?? lead?.Indicator.Denominator);
        return new(task, lead, [.. headlines.Where(standing => standing != lead)], columns,
            columns is null ? [] : [.. Enumerable.Range(1, MonthsOfYear).Select(month => Column(facts, columns, month))], Missing(task));
    }

    MonthColumn Column(UnitYear facts, MeasureDefinition measure, int month)
    {
        var months = MonthRange.OfMonth(facts.Year, month);
        return new(month, reckoner.Measure(facts.Book, measure.Key, months), reckoner.Measure(facts.Book, measure.Key, months, EntryState.Submitted));
    }

    /// <summary>What the task lacks most, in words; null when there is nothing to judge it by.</summary>
    static string? Missing(TaskStanding task)
    {
        if (task.Ratio is null) return null;
        if (task.Slowest is not { Pace: { Target: { } target, Expected: { } expected } } slowest) return "各项指标均达到进度";
        var (indicator, pending) = (slowest.Indicator, slowest.HasPending && slowest.Accrues ? $"（另有待审{slowest.Pending.Text}）" : "");
        if (indicator.Better is Direction.Less) return $"{indicator.Name}{slowest.Value.Text}{indicator.Unit}，超过上限{IndicatorValue.Print(target, indicator.IsRatio)}{indicator.Unit}";
        return slowest.Accrues
            ? $"{indicator.Name}应达{IndicatorValue.Print(decimal.Floor(expected), false)}{indicator.Unit}，还差{IndicatorValue.Print(decimal.Floor(slowest.Missing), false)}{indicator.Unit}{pending}"
            : $"{indicator.Name}{slowest.Value.Text}{indicator.Unit}，低于目标{IndicatorValue.Print(target, indicator.IsRatio)}{indicator.Unit}";
    }

    List<LedgerMonths> Ledgers(UnitYear facts) => [.. Catalog.Ledgers.Ledgers.Select(ledger => Months(facts, ledger)).OrderByDescending(ledger => ledger.Total.Both)];

    LedgerMonths Months(UnitYear facts, LedgerDefinition ledger)
    {
        var measure = Catalog.Measure(IndicatorCatalog.EveryEntryKey(ledger.Key))!;
        return new(ledger, measure.Key, Count(0, MonthRange.OfYear(facts.Year)),
            [.. Enumerable.Range(1, MonthsOfYear).Select(month => Count(month, MonthRange.OfMonth(facts.Year, month)))])
        {
            Listed = Catalog.Measure(IndicatorCatalog.ListedKey(ledger.Key)) is { } listed
                ? new(0, facts.Book.Value(listed, MonthRange.OfYear(facts.Year)), facts.Book.Value(listed, MonthRange.OfYear(facts.Year), EntryState.Submitted)) : default,
        };

        Counted Count(int month, MonthRange months) => new(month, facts.Book.Value(measure, months), facts.Book.Value(measure, months, EntryState.Submitted));
    }

    Breakdown? Parts(UnitYear facts, BreakdownChoice choice)
    {
        if (Catalog.Measure(choice.Measure) is not { } measure || Catalog.Ledgers.Ledger(measure.Ledger)?.Field(choice.Slice) is not { } field) return null;
        var months = MonthRange.OfYear(facts.Year);
        var parts = facts.Book.Codes(measure.Key, field.Key).Select(code => (code, slice: Counter.SliceKey(field.Key, code)))
            .Select(part => new BreakdownPart(Catalog.Ledgers.Label(field, part.code), part.slice,
                reckoner.Measure(facts.Book, measure.Key, months, slice: part.slice), reckoner.Measure(facts.Book, measure.Key, months, EntryState.Submitted, part.slice)))
            .Where(part => part.Value != 0 || part.Pending != 0).OrderByDescending(part => part.Value).ThenByDescending(part => part.Pending)
            .ThenBy(part => part.Slice, StringComparer.Ordinal).ToList();
        var total = reckoner.Measure(facts.Book, measure.Key, months);
        var overlaps = field.Type == FieldType.SeveralOf;
        return new(choice, measure, total, parts, overlaps ? 0 : total - parts.Sum(part => part.Value), overlaps);
    }
}

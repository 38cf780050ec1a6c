using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Everything a page says about one indicator of a unit and year. What waits for review stands apart and is in none of
/// the other figures.
/// </summary>
/// <param name="Accrues">True for counts and sums, which build up over the year; false for ratios and levels.</param>
/// <param name="LastYear">The whole of the year before.</param>
/// <param name="OnYear">The months done so far against the same months of the year before; null when there is nothing to compare.</param>
public sealed record Standing(
    IndicatorDefinition Indicator, bool Accrues, IndicatorValue Value, IndicatorValue Pending, Target? Target, Pace Pace,
    IndicatorValue LastYear, OnYear? OnYear)
{
    public bool HasPending => !Pending.IsNothing;

    /// <summary>Nobody asks for it, and nothing was recorded of it this year or last: of no concern to the unit.</summary>
    public bool IsIdle => Target is null && Value.IsNothing && Pending.IsNothing && LastYear.IsNothing;

    /// <summary>What a target asks for by the end of a day of its year: a part of what builds up, all of a ratio, a level or a limit.</summary>
    public decimal DueOn(Target target, DateOnly day) =>
        Accrues && Indicator.Better is Direction.More ? target.Value * Indicators.Pace.Share(target.Spread, day, target.Year) : target.Value;

    /// <summary>What is still missing of what is due today, on the scale of the target; 0 when nothing is.</summary>
    public decimal Missing => Pace is { Expected: { } expected } && Indicator.Better is Direction.More && Value.OnTargetScale is { } value ? Math.Max(0, expected - value) : 0;
}

/// <summary>The change against the same months of the year before (同比).</summary>
/// <param name="Months">The months compared, in this year: only whole ones, so that like is held against like.</param>
public sealed record OnYear(MonthRange Months, decimal Now, decimal Then, bool Ratio)
{
    /// <summary>+12.5% for amounts, +1.2个百分点 for ratios, 持平 when equal.</summary>
    public string Text
    {
        get
        {
            // Rounded towards zero: a change is never made larger than it is.
            var change = decimal.Round((Ratio ? Now - Then : (Now - Then) / Then) * 100, 1, MidpointRounding.ToZero);
            return change == 0 ? "持平" : (change > 0 ? "+" : "−") + IndicatorValue.Print(Math.Abs(change), ratio: true) + (Ratio ? "个百分点" : "%");
        }
    }

    /// <summary>The months of a year that are over on a day; null when none is.</summary>
    public static MonthRange? WholeMonths(int year, DateOnly today)
    {
        if (today.Year > year) return MonthRange.OfYear(year);
        if (today.Year < year) return null;
        var last = today.AddDays(1).Month == today.Month ? today.Month - 1 : today.Month;
        return last == 0 ? null : new(year * 100 + 1, year * 100 + last);
    }
}

/// <summary>Works out the standings of one unit and year.</summary>
public sealed class Standings(IndicatorReckoner reckoner, UnitYear facts)
{
    readonly int year = facts.Year;

    public Standing Of(IndicatorDefinition shipped)
    {
        var indicator = reckoner.Catalog.InYear(shipped, year);
        var value = reckoner.Indicator(facts.Book, indicator, MonthRange.OfYear(year));
        var target = facts.Targets.GetValueOrDefault(indicator.Key);
        return new(indicator, reckoner.Accrues(indicator), value,
            reckoner.Indicator(facts.Book, indicator, MonthRange.OfYear(year), EntryState.Submitted), target, reckoner.Pace(value, target, facts.Today, year),
            reckoner.Indicator(facts.Book, indicator, MonthRange.OfYear(year - 1)), Compared(indicator));
    }

    public TaskStanding Of(TaskDefinition task) => TaskStanding.Of(task, reckoner.Catalog.OfTask(task.Key).Select(Of));

    public IReadOnlyList<TaskStanding> Tasks() => [.. reckoner.Catalog.Tasks.Select(Of)];

    OnYear? Compared(IndicatorDefinition indicator)
    {
        if (OnYear.WholeMonths(year, facts.Today) is not { } months) return null;
        var now = reckoner.Indicator(facts.Book, indicator, months).Value;
        var then = reckoner.Indicator(facts.Book, indicator, new(months.From - 100, months.To - 100)).Value;
        return now is { } a && then is { } b && (b != 0 || indicator.IsRatio) ? new(months, a, b, indicator.IsRatio) : null;
    }
}

/// <summary>How a year task stands as a whole, and the indicator that it lacks most.</summary>
/// <param name="Ratio">Weighted pace of its indicators; null when none can be judged.</param>
/// <param name="Slowest">The indicator furthest behind; null when none is behind.</param>
public sealed record TaskStanding(TaskDefinition Task, IReadOnlyList<Standing> Indicators, decimal? Ratio, PaceLevel Level, Standing? Slowest)
{
    /// <summary>None of its indicators is of any concern to the unit.</summary>
    public bool IsIdle => Indicators.All(standing => standing.IsIdle);

    /// <summary>One indicator far ahead does not hide the others.</summary>
    const decimal Cap = 1.25m;

    /// <summary>
    /// The task's pace is the average pace of its indicators by their points. Counts and sums always speak; ratios, levels
    /// and limits only when they fail: a target of 98 % that is kept neither slows a task nor speeds it up.
    /// </summary>
    public static TaskStanding Of(TaskDefinition task, IEnumerable<Standing> indicators)
    {
        List<Standing> all = [.. indicators];
        var judged = all.Where(standing => standing.Pace.Ratio is not null).ToList();
        if (judged.Count == 0)
            return new(task, all, null, all.Exists(s => s.Pace.Level == PaceLevel.NoData) ? PaceLevel.NoData : PaceLevel.NoTarget, null);
        var speaking = judged.Where(standing => (standing.Accrues && standing.Indicator.Better is Direction.More) || standing.Pace.IsLate).ToList();
        var points = speaking.Sum(Points);
        var ratio = points == 0 ? 1 : speaking.Sum(standing => Points(standing) * Math.Min(Cap, Judged(standing))) / points;
        // What only reports and carries no points is named last.
        var slowest = judged.Where(standing => standing.Pace.IsLate).OrderByDescending(standing => standing.Indicator.Points > 0).ThenBy(Judged).FirstOrDefault();
        return new(task, all, ratio, points == 0 ? PaceLevel.OnTrack : Pace.LevelOf(ratio), slowest);
    }

    /// <summary>The pace that counts: what lacks less than one whole thing is on track whatever the division says.</summary>
    static decimal Judged(Standing standing) => standing.Pace.Level is PaceLevel.OnTrack ? Math.Max(1, standing.Pace.Ratio!.Value) : standing.Pace.Ratio!.Value;

    static decimal Points(Standing standing) => Math.Max(1, standing.Indicator.Points);
}

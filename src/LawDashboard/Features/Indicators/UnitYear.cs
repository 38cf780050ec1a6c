using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>What one of the units below has: its tallies and targets of the year.</summary>
public sealed record UnitBelow(Unit Unit, TallyBook Book, IReadOnlyDictionary<string, Target> Targets);

/// <summary>
/// Everything that pages about one unit and year reckon with, read at one moment: two years' tallies of the unit, its
/// targets, and the year's tallies of the units right below it: of measures that indicators use, of every ledger, and this
/// year's parts of any measure. Its size depends on measures, months and units alone.
/// </summary>
public sealed record UnitYear(
    Unit Unit, int Year, DateOnly Today, TallyBook Book, IReadOnlyDictionary<string, Target> Targets, IReadOnlyList<UnitBelow> Below)
{
    /// <summary>The point in the past that all of it speaks of; null for now.</summary>
    public PastPoint? Past { get; init; }

    /// <summary>Every revision of the unit's targets, by indicator.</summary>
    public IReadOnlyDictionary<string, TargetSeries> Revisions { get; init; } = new Dictionary<string, TargetSeries>();

    /// <summary>The target as it stood on a day: a later revision leaves earlier months as they were.</summary>
    public Target? TargetOn(string indicator, DateOnly day) => Revisions.GetValueOrDefault(indicator)?.On(day) ?? Targets.GetValueOrDefault(indicator);

    /// <summary>The last day that figures of the year speak of: today, or the year's end.</summary>
    public DateOnly Until => Today.Year > Year ? new DateOnly(Year, 12, 31) : Today;

    /// <summary>The last month with figures, 1 to 12; 0 when the year has not begun.</summary>
    public int LastMonth => Today.Year > Year ? 12 : Today.Year < Year ? 0 : Today.Month;
}

using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Overview;

/// <summary>All that the overview shows out of tallies, worked out and ready to draw.</summary>
public sealed record OverviewView(
    UnitYear Facts, IReadOnlyList<SentencePart> Sentence, IReadOnlyList<TaskCard> Cards, IReadOnlyList<LedgerMonths> Ledgers,
    IReadOnlyList<Breakdown> Breakdowns, IndicatorMonths? Rate, IndicatorMonths? Trend, UnitComparison? Comparison)
{
    /// <summary>Over all ledgers; an event that two of them list counts once.</summary>
    public long Approved => Ledgers.Sum(ledger => ledger.Total.Approved - ledger.Listed.Approved);
    public long Pending => Ledgers.Sum(ledger => ledger.Total.Pending - ledger.Listed.Pending);
    /// <summary>True when nothing was logged this year or the year before.</summary>
    public required bool IsEmpty { get; init; }
}

/// <summary>A piece of the sentence at the top of the page; a link where it says something that can be opened.</summary>
/// <param name="Tasks">The pace of the tasks that the piece speaks of.</param>
public readonly record struct SentencePart(string Text, string? Href = null, PaceLevel? Tasks = null);

/// <summary>Approved and pending entries, or sums, of a month or year.</summary>
public readonly record struct Counted(int Month, long Approved, long Pending)
{
    public long Both => Approved + Pending;
}

/// <summary>A year task at a glance: its first headline indicator large, the others small, its months, and what it lacks most.</summary>
/// <param name="Lead">Null when the task has no indicator.</param>
/// <param name="Columns">The measure behind the small columns.</param>
public sealed record TaskCard(
    TaskStanding Task, Standing? Lead, IReadOnlyList<Standing> Others, MeasureDefinition? Columns, IReadOnlyList<MonthColumn> Months, string? Missing);

/// <summary>One small column: the lead indicator's measure in a month.</summary>
public readonly record struct MonthColumn(int Month, decimal Approved, decimal Pending);

/// <summary>Entries of a ledger by month.</summary>
public sealed record LedgerMonths(LedgerDefinition Ledger, string MeasureKey, Counted Total, IReadOnlyList<Counted> Months)
{
    /// <summary>Those of the total that were logged in another ledger.</summary>
    public Counted Listed { get; init; }
}

/// <summary>A measure by the parts of a dictionary field, largest first.</summary>
/// <param name="Overlaps">True when an entry may count in several parts, so that they do not add up to the whole.</param>
/// <param name="Unnamed">What carries no value in the field.</param>
public sealed record Breakdown(BreakdownChoice Choice, MeasureDefinition Measure, decimal Total, IReadOnlyList<BreakdownPart> Parts, decimal Unnamed, bool Overlaps);

/// <param name="Slice">As it stands in addresses: <c>disputeType=neighbour</c>.</param>
public sealed record BreakdownPart(string Label, string Slice, decimal Value, decimal Pending);

/// <summary>The newest entries, and the oldest of those that wait for review.</summary>
public sealed record OverviewRows(IReadOnlyList<Entry> Latest, IReadOnlyList<Entry> Waiting);

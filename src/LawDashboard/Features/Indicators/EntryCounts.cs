using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Indicators;

/// <summary>A figure that an entry counts in.</summary>
/// <param name="Month">The month of its date, year × 100 + month.</param>
/// <param name="Amount">What it adds, in shown units; below zero in the month in which it leaves a register.</param>
/// <param name="Indicators">The indicators that the measure makes up, whole or as a part of a ratio.</param>
public sealed record CountedIn(MeasureDefinition Measure, int Month, decimal Amount, IReadOnlyList<IndicatorDefinition> Indicators);

/// <summary>Says what an entry counts in, by the same rules that keep the tallies.</summary>
public sealed class EntryCounts(Counters counters, IndicatorReckoner reckoner)
{
    /// <summary>What the entry counts in; while it does not count yet, what it will count in once approved. Nothing for voided entries.</summary>
    public IReadOnlyList<CountedIn> Of(Entry entry)
    {
        if (entry.State == EntryState.Voided) return [];
        var approved = entry.Copy();
        approved.State = EntryState.Approved;
        // That the entry is one of its ledger goes without saying.
        return [.. from counter in counters.OfLedger(entry.LedgerKey)
            where counter.Measure.Key != IndicatorCatalog.EveryEntryKey(entry.LedgerKey) && !counter.Measure.Listed
            let indicators = reckoner.Catalog.Using(counter.Measure)
            from part in counter.Contributions(approved)
            where part.Key.Slice.Length == 0
            let steps = counter.Measure.Kind is MeasureKind.Sum ? part.Amount.Sum : part.Amount.Count
            where steps != 0
            // What is watched and judged first; figures that only reports use after it.
            orderby indicators.Count == 0
            select new CountedIn(counter.Measure, part.Key.Month, (decimal)steps / reckoner.Steps(counter.Measure), indicators)];
    }
}

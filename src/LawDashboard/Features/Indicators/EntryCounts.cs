using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;

namespace LawDashboard.Features.Indicators;

/// <summary>What one entry adds to one measure, in shown units, and the year that it falls into.</summary>
public sealed record EntryCount(MeasureDefinition Measure, decimal Amount, int Year);

/// <summary>Which figures an entry counts in (计入以下数据项), by the very counters that keep the tallies.</summary>
public static class EntryCounts
{
    /// <summary>What the entry adds, or would add once approved. Measures that it adds nothing to are left out.</summary>
    public static IReadOnlyList<EntryCount> OfApproved(Counters counters, LedgerDefinition ledger, Entry entry)
    {
        var approved = entry.Copy();
        approved.State = EntryState.Approved;
        var counts = new List<EntryCount>();
        foreach (var counter in counters.OfLedger(ledger.Key))
        {
            var whole = counter.Contributions(approved).Where(part => part.Key.Slice.Length == 0).ToList();
            var amount = counter.Measure.Kind == MeasureKind.Sum
                ? (decimal)whole.Sum(part => part.Amount.Sum) / (ledger.Field(counter.Measure.Sum!)?.Steps ?? 1)
                : whole.Sum(part => part.Amount.Count);
            if (amount != 0) counts.Add(new(counter.Measure, amount, whole[0].Key.Month / 100));
        }
        return counts;
    }
}

/// <summary>计入以下数据项 on the page of an entry.</summary>
sealed class CountedPanelSlot : IEntryPanel
{
    public int Order => 20;
    public Type Component => typeof(Pages.CountedPanel);
}

/// <summary>计入口径 beside the form, while typing.</summary>
sealed class CountedStripSlot : IFormPanel
{
    public int Order => 20;
    public Type Component => typeof(Pages.CountedStrip);
}

using System.Collections.Concurrent;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pointers;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Points to entries by the days on which measures count them where that is not the entry's own: when a case was closed, when
/// somebody left. Measures can be changed while the program runs; a field that only then comes to decide a day is pointed by
/// from the next start, and until then <see cref="Covers"/> says that it is not.
/// </summary>
public sealed class CountedDays(Counters counters) : IPointerRule
{
    public const string Name = "days";

    /// <summary>The fields of each ledger when it was first asked for, which is at the start.</summary>
    readonly ConcurrentDictionary<string, string[]> covered = new(StringComparer.Ordinal);

    public IEnumerable<(string Name, long Order)> Of(Entry entry)
    {
        if (!Counter.Counts(entry.State)) return [];
        var (atStart, now) = (Covered(entry.LedgerKey), Fields(entry.LedgerKey));
        var fields = now.All(atStart.Contains) ? atStart : [.. atStart.Union(now)];
        if (fields.Length == 0) return [];
        return fields.Select(entry.Values.Date).OfType<DateOnly>().Where(day => day != entry.Date).Distinct().Select(day => (Name, (long)day.DayNumber));
    }

    public string? Fingerprint(string ledger) => Covered(ledger) is { Length: > 0 } fields ? string.Join(',', fields) : null;

    /// <summary>Every day that counts in the ledger is pointed by.</summary>
    public bool Covers(string ledger) => Fields(ledger).All(Covered(ledger).Contains);

    /// <summary>Fields that decide on which day an entry of the ledger is counted, besides its own date.</summary>
    internal string[] Fields(string ledger) =>
        [.. counters.OfLedger(ledger).SelectMany(counter => new[] { counter.DateField, counter.Measure.Left }).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    string[] Covered(string ledger) => covered.GetOrAdd(ledger, Fields);
}

using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>Adds up what entries count within some days; an entry that comes twice counts once.</summary>
sealed class Stretch
{
    readonly ILookup<string, Counter> counters;
    readonly Dictionary<string, string[]> fields;
    readonly HashSet<long> seen = [];
    readonly ParallelCount counting;
    readonly int unitId;
    readonly TallyFocus? focus;

    public Stretch(IEnumerable<Counter> counters, int unitId, DateOnly from, DateOnly to, TallyFocus? focus)
    {
        (this.counters, this.unitId, From, To, this.focus) = (counters.ToLookup(counter => counter.Ledger.Key, StringComparer.Ordinal), unitId, from, to, focus);
        fields = this.counters.ToDictionary(ledger => ledger.Key, ledger => (string[])[.. ledger.Select(counter => counter.DateField).OfType<string>().Distinct()], StringComparer.Ordinal);
        Ledgers = [.. this.counters.Select(ledger => ledger.First().Ledger)];
        counting = new(this.counters.SelectMany(ledger => ledger), Count);
    }

    public DateOnly From { get; }
    public DateOnly To { get; }
    public IReadOnlyList<LedgerDefinition> Ledgers { get; }

    public Task AddAsync(TallyRow row) => fields.ContainsKey(row.Ledger) && seen.Add(row.Id) ? counting.AddAsync(row) : Task.CompletedTask;

    /// <summary>The sum of all rows added.</summary>
    public Task<TallySum> SumAsync() => counting.SumAsync();

    void Count(TallySum counted, Entry entry)
    {
        // Few measures count a given day, and to read a day is cheaper than to judge an entry.
        var own = Within(entry.Date);
        string[] within = [.. fields[entry.LedgerKey].Where(field => entry.Values.Date(field) is { } day && Within(day))];
        foreach (var counter in counters[entry.LedgerKey])
        {
            if (counter.Measure.Left is null && !(counter.DateField is { } field ? within.Contains(field) : own)) continue;
            var sliced = focus is null || focus.Sliced.Contains(counter.Measure.Key);
            foreach (var (key, amount) in counter.Contributions(entry, From, To, sliced)) counted.Add(key with { UnitId = unitId }, amount);
        }
    }

    bool Within(DateOnly day) => day >= From && day <= To;
}

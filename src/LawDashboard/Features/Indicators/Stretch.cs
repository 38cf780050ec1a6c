using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>What counting looks at of an entry.</summary>
readonly record struct StretchRow(long Id, string Ledger, int UnitId, DateOnly Date, EntryState State, long? OriginId, string Json);

/// <summary>
/// Adds up what entries count within some days; an entry that comes twice counts once. To read the values of an entry takes
/// longer than to fetch it, so other processors do that meanwhile.
/// </summary>
sealed class Stretch
{
    const int Batch = 256, MostUnderWay = 16;

    readonly ILookup<string, Counter> counters;
    readonly Dictionary<string, string[]> fields;
    readonly HashSet<long> seen = [];
    readonly Queue<Task<TallySum>> underWay = new();
    readonly TallySum sum = new();
    readonly int unitId;
    readonly TallyFocus? focus;
    List<StretchRow> waiting = new(Batch);

    public Stretch(IEnumerable<Counter> counters, int unitId, DateOnly from, DateOnly to, TallyFocus? focus)
    {
        (this.counters, this.unitId, From, To, this.focus) = (counters.ToLookup(counter => counter.Ledger.Key, StringComparer.Ordinal), unitId, from, to, focus);
        fields = this.counters.ToDictionary(ledger => ledger.Key, ledger => (string[])[.. ledger.Select(counter => counter.DateField).OfType<string>().Distinct()], StringComparer.Ordinal);
        Ledgers = [.. this.counters.Select(ledger => ledger.First().Ledger)];
    }

    public DateOnly From { get; }
    public DateOnly To { get; }
    public IReadOnlyList<LedgerDefinition> Ledgers { get; }

    public async Task AddAsync(StretchRow row)
    {
        if (!fields.ContainsKey(row.Ledger) || !seen.Add(row.Id)) return;
        waiting.Add(row);
        if (waiting.Count < Batch) return;
        CountWaiting();
        if (underWay.Count > MostUnderWay) Take(await underWay.Dequeue());
    }

    /// <summary>The sum of all rows added.</summary>
    public async Task<TallySum> SumAsync()
    {
        CountWaiting();
        while (underWay.TryDequeue(out var counting)) Take(await counting);
        return sum;
    }

    void CountWaiting()
    {
        var rows = waiting;
        waiting = new(Batch);
        underWay.Enqueue(Task.Run(() => Count(rows)));
    }

    void Take(TallySum counted)
    {
        foreach (var (key, amount) in counted.Amounts) sum.Add(key, amount);
    }

    TallySum Count(List<StretchRow> rows)
    {
        var counted = new TallySum();
        foreach (var row in rows)
            Count(counted, new()
            {
                Id = row.Id, LedgerKey = row.Ledger, UnitId = row.UnitId, Date = row.Date, State = row.State, OriginId = row.OriginId, Values = FieldValues.Parse(row.Json), Title = "", CreatedBy = "",
            });
        return counted;
    }

    void Count(TallySum counted, Entry entry)
    {
        // Few measures count a given day, and to read a day is cheaper than to judge an entry.
        var own = Within(entry.Date);
        string[] within = [.. fields[entry.LedgerKey].Where(field => entry.Values.Date(field) is { } day && Within(day))];
        foreach (var counter in counters[entry.LedgerKey])
        {
            if (counter.Measure.Left is null && !(counter.DateField is { } field ? within.Contains(field) : own)) continue;
            var sliced = focus is null || focus.Sliced.Contains(counter.Measure.Key);
            foreach (var (key, amount) in counter.Contributions(entry, From, To))
                if (sliced || key.Slice.Length == 0) counted.Add(key with { UnitId = unitId }, amount);
        }
    }

    bool Within(DateOnly day) => day >= From && day <= To;
}

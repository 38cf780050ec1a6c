using LawDashboard.Data;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Adds up what rows count. To read the values of an entry takes longer than to fetch it, so other processors do that
/// meanwhile; only so many rows wait for them at a time.
/// </summary>
/// <param name="counters">Those of each ledger whose rows are added; no field is read that they don't look at.</param>
/// <param name="count">Adds what one entry counts. Called by several threads at once, each with a sum of its own.</param>
sealed class ParallelCount(IEnumerable<Counter> counters, Action<TallySum, Entry> count)
{
    const int Batch = 256, MostUnderWay = 16;

    readonly Dictionary<string, FieldKeys> fields = counters.GroupBy(counter => counter.Ledger.Key, StringComparer.Ordinal)
        .ToDictionary(ledger => ledger.Key, ledger => new FieldKeys(ledger.SelectMany(counter => counter.Fields)), StringComparer.Ordinal);
    readonly Queue<Task<TallySum>> underWay = new();
    readonly TallySum sum = new();
    List<TallyRow> waiting = new(Batch);

    public async Task AddAsync(TallyRow row)
    {
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
        underWay.Enqueue(Task.Run(() =>
        {
            var counted = new TallySum();
            foreach (var row in rows) count(counted, row.ToEntry(fields[row.Ledger]));
            return counted;
        }));
    }

    void Take(TallySum counted)
    {
        foreach (var (key, amount) in counted.Amounts) sum.Add(key, amount);
    }
}

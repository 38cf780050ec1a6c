using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>
/// Invents the entries of a plan, in the order of their dates. The same seed, definitions and moment give the same entries;
/// another ledger changes none of the others.
/// </summary>
public sealed class DemoGenerator(DemoPlan plan, DemoFrame frame, DemoPeople people, LedgerCatalog catalog, UnitTree tree, WorkCalendar calendar)
{
    /// <summary>Days are gathered until there is enough to share between processors.</summary>
    const int BatchSize = 1000;

    readonly DemoLife life = new(frame, new OfficeHours(calendar), people, plan.Silent);

    public IEnumerable<DemoBatch> Batches(CancellationToken cancel = default)
    {
        var makers = plan.Series.Select(series => series.Ledger).DistinctBy(ledger => ledger.Ledger.Key)
            .ToDictionary(ledger => ledger.Ledger.Key, ledger => new ValueMaker(ledger, catalog, tree), StringComparer.Ordinal);
        // Members who were there before the first year are logged when it begins.
        var due = plan.Series.Where(series => series.Initial).SelectMany(series => Enumerable.Range(0, series.Dates.Length).Select(index => (series, index))).ToList();
        var running = plan.Series.Where(series => !series.Initial).ToArray();
        var next = new int[running.Length];
        for (var day = frame.FirstDay; day <= frame.LastDay; day = day.AddDays(1))
        {
            for (var n = 0; n < running.Length; n++)
                for (; next[n] < running[n].Dates.Length && running[n].Dates[next[n]] <= day; next[n]++) due.Add((running[n], next[n]));
            if (due.Count < BatchSize && day < frame.LastDay) continue;
            cancel.ThrowIfCancellationRequested();
            var entries = new DemoEntry?[due.Count];
            Parallel.For(0, due.Count, new ParallelOptions { CancellationToken = cancel },
                n => entries[n] = life.Of(due[n].series, due[n].index, makers[due[n].series.Ledger.Ledger.Key]));
            due.Clear();
            yield return new([.. entries.OfType<DemoEntry>()], DemoFrame.Begin(day.AddDays(1)));
        }
    }

    /// <summary>Every entry, one after the other.</summary>
    public IEnumerable<DemoEntry> Entries(CancellationToken cancel = default) => Batches(cancel).SelectMany(batch => batch.Entries);
}

using System.Threading.Channels;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands.Demo;

/// <summary>
/// Writes invented entries into an empty database: entries, serial numbers, the whole audit log, tallies, time limits, case file gaps and pointers, row by row
/// what <see cref="EntryService"/> would have written, many times faster. Memory depends on how many entries are under way
/// at a time, not on how many there are.
/// </summary>
public sealed class DemoLoader(
    IDbContextFactory<AppDbContext> contexts, UnitDirectory units, LedgerCatalog catalog, LedgerVersions versions, Counters counters, ClockKeeper clocks, CaseFileKeeper files, EntryPointers pointers)
{
    sealed record Written(IReadOnlyList<DemoMoment> Moments, AuditRecord[] Audit);

    /// <summary>Returns how many entries of each ledger and state were written. Definitions must have been recorded before.</summary>
    public async Task<IReadOnlyDictionary<(string Ledger, EntryState State), int>> LoadAsync(IEnumerable<DemoBatch> batches, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Entries.AnyAsync(cancel)) throw new InvalidOperationException("The demonstration can only be loaded where there are no entries.");

        // Invent and describe on one side, chain and write on the other; the channel holds the faster side back.
        var ready = Channel.CreateBounded<Written>(new BoundedChannelOptions(4) { SingleReader = true, SingleWriter = true });
        var recorder = new DemoRecorder(versions);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var describing = Task.Run(() => DescribeAsync(batches, recorder, new FieldText(catalog, tree), ready.Writer, stop.Token), CancellationToken.None);
        try
        {
            var counts = await WriteAsync(db, tree, ready.Reader, recorder, cancel);
            await describing;
            return counts;
        }
        catch
        {
            await stop.CancelAsync();
            // Whatever stopped the writing is the reason to tell; the other side only follows it.
            await describing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    static async Task DescribeAsync(IEnumerable<DemoBatch> batches, DemoRecorder recorder, FieldText texts, ChannelWriter<Written> ready, CancellationToken cancel)
    {
        try
        {
            var timeline = new DemoTimeline();
            foreach (var batch in batches)
            {
                foreach (var entry in batch.Entries) timeline.Add(entry);
                await ready.WriteAsync(Describe([.. timeline.TakeUntil(batch.Until)], recorder, texts), cancel);
            }
            await ready.WriteAsync(Describe([.. timeline.TakeUntil(DateTime.MaxValue)], recorder, texts), cancel);
            ready.Complete();
        }
        catch (Exception e)
        {
            ready.Complete(e);
        }
    }

    static Written Describe(List<DemoMoment> moments, DemoRecorder recorder, FieldText texts)
    {
        Parallel.ForEach(moments, moment => moment.Title = moment.Step.Values is { } values ? texts.Title(moment.Source.Ledger, values) : null);
        foreach (var moment in moments) recorder.Apply(moment);
        var audit = new AuditRecord[moments.Count];
        Parallel.For(0, audit.Length, n =>
        {
            var (source, step) = (moments[n].Source, moments[n].Step);
            audit[n] = EntryAuditor.Record(new(null, moments[n].After, source.Ledger, step.Action, step.Note, step.By, step.At));
        });
        return new(moments, audit);
    }

    async Task<Dictionary<(string, EntryState), int>> WriteAsync(
        AppDbContext db, UnitTree tree, ChannelReader<Written> ready, DemoRecorder recorder, CancellationToken cancel)
    {
        var counts = new Dictionary<(string, EntryState), int>();
        var tallies = new TallySum();
        await using var load = await BulkLoad.BeginAsync(db, cancel);
        var (entries, events, limits) = (load.Writer<Entry>(), load.Writer<AuditEvent>(), load.Writer<EntryClock>());
        var (gaps, pointed) = (load.Writer<CaseFileGap>(), load.Writer<EntryPointer>());
        var last = await AuditTrail.LastAsync(db, cancel);
        await foreach (var written in ready.ReadAllAsync(cancel))
        {
            foreach (var record in written.Audit) await events.AddAsync(last = AuditTrail.Chain(last, record), cancel);
            // In the order of ids the pages of the table fill up one after the other.
            foreach (var entry in written.Moments.Where(moment => moment.Last).Select(moment => moment.After).OrderBy(entry => entry.Id))
            {
                await entries.AddAsync(entry, cancel);
                foreach (var limit in clocks.RowsOf(entry)) await limits.AddAsync(limit, cancel);
                foreach (var gap in files.RowsOf(entry)) await gaps.AddAsync(gap, cancel);
                foreach (var pointer in pointers.RowsOf(entry)) await pointed.AddAsync(pointer, cancel);
                tallies.Add(counters.OfLedger(entry.LedgerKey), entry);
                counts[(entry.LedgerKey, entry.State)] = counts.GetValueOrDefault((entry.LedgerKey, entry.State)) + 1;
            }
            await load.BreatheAsync(written.Audit.Length, cancel);
        }
        await WriteSumsAsync(load, recorder, tallies.Spread(tree), cancel);
        await load.CompleteAsync(cancel);
        return counts;
    }

    static async Task WriteSumsAsync(BulkLoad load, DemoRecorder recorder, TallySum sum, CancellationToken cancel)
    {
        var serials = load.Writer<SerialCounter>();
        foreach (var counter in recorder.Counters) await serials.AddAsync(counter, cancel);
        // There are none yet, so they need not be added to what is there.
        var tallies = load.Writer<Tally>();
        foreach (var (key, amount) in sum.Amounts.OrderBy(pair => pair.Key.UnitId).ThenBy(pair => pair.Key.Month).ThenBy(pair => pair.Key.MeasureKey, StringComparer.Ordinal))
        {
            await tallies.AddAsync(new Tally
            {
                UnitId = key.UnitId, Month = key.Month, MeasureKey = key.MeasureKey, Slice = key.Slice, State = key.State, Count = amount.Count, Sum = amount.Sum,
            }, cancel);
            await load.BreatheAsync(1, cancel);
        }
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>A changed measure is counted anew beside the work: exact while people write, resumable, never shown by halves.</summary>
public sealed class TallyRebuildTests
{
    /// <summary>The sample measures, two of them changed: other conditions, another slice, another date.</summary>
    static readonly IReadOnlyList<MeasureDefinition> Changed =
    [
        SampleCatalog.Indicators.Measure("lectures.held")! with { Where = new Condition.Is("kind", ["cadre", "village"]), Slices = ["laws"] },
        SampleCatalog.Indicators.Measure("lectures.attended")! with { Date = "filedOn", Where = new Condition.Filled("filedOn", true) },
    ];

    [DatabaseTheory, Databases]
    public async Task Tallies_are_exact_after_a_measure_was_rebuilt_while_eight_people_wrote(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await FillAsync(bench, 60);
        await bench.Get<TallyRules>().RebuildAsync(Changed);
        var (rebuilder, started) = (bench.Get<TallyRebuilder>(), new TaskCompletionSource());
        Slow(rebuilder, 5);
        var writing = Task.WhenAll(Enumerable.Range(1, 8).Select(writer => Task.Run(async () =>
        {
            await started.Task;
            await WriteAsync(bench, writer, 12);
        })));
        var steps = 0;
        started.SetResult();
        while (await rebuilder.StepAsync()) if (++steps == 3) await AssertOldFiguresAsync(bench);
        await writing;
        Assert.True(steps > 3, $"The recount took only {steps} steps; nothing was written in between.");
        await AssertExactAsync(bench);
    }

    [DatabaseTheory, Databases]
    public async Task What_changes_between_reading_and_adding_is_counted_by_its_difference(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await FillAsync(bench, 30);
        await bench.Get<TallyRules>().RebuildAsync(Changed);
        await using (var then = bench.Context())
        await using (await then.BeginReadAsync())
        {
            var step = new RecountStep(then, bench.Tree, bench.Get<CountingRules>());
            await step.CountAsync(10_000, TimeSpan.MaxValue, int.MaxValue, default);
            // After the reading: new entries, and entries that were read get other days and values, are approved or voided.
            await WriteAsync(bench, 4, 10);
            await ChangeAsync(bench, await then.Entries.AsNoTracking().Where(entry => entry.State == EntryState.Submitted).OrderBy(entry => entry.Id).Take(9).ToListAsync());
            await using var db = bench.Context();
            await using var transaction = await db.BeginWriteAsync();
            Assert.False(await step.IsStaleAsync(db, default));
            var (complete, lost) = await step.AddAsync(db, default);
            Assert.Equal((Changed.Count, false), (complete.Count, lost));
            await transaction.CommitAsync();
        }
        await bench.Get<TallyRebuilder>().RunAsync();
        await AssertExactAsync(bench);
    }

    static async Task ChangeAsync(Workbench bench, IReadOnlyList<Entry> entries)
    {
        Assert.NotEmpty(entries);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "NZ"), bench.Person(Role.Reviewer, "NZ", 100));
        foreach (var (at, entry) in entries.Index())
            Assert.IsType<EntryResult.Done>((at % 3) switch
            {
                0 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Approve, null),
                1 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Void, "重复登记"),
                _ => await bench.Entries.SubmitAsync(recorder, new(entry.Id, entry.LedgerKey, bench.Tree[entry.UnitId].Code, entry.Values.With("attended", 91L), entry.Version)),
            });
    }

    [DatabaseTheory, Databases]
    public async Task A_recount_that_was_cut_off_goes_on_where_it_stopped(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await FillAsync(bench, 40);
        await bench.Get<TallyRules>().RebuildAsync(Changed);
        var first = bench.Create<TallyRebuilder>();
        Slow(first, 5);
        Assert.True(await first.StepAsync());
        var before = first.Progress!;
        Assert.True(before.Done > 0 && before.Done < before.Total, $"{before}");
        using (var stop = new CancellationTokenSource())
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.StepAsync(stop.Token));
        }
        // Entries are written while nobody counts: into days that are counted, and into others.
        await WriteAsync(bench, 1, 15);

        var second = bench.Create<TallyRebuilder>();
        Slow(second, 5);
        await second.LeftAsync();
        Assert.Equal((before.Done, before.Total), (second.Progress!.Done, second.Progress.Total));
        await second.RunAsync();
        Assert.Null(second.Progress);
        await AssertExactAsync(bench);
    }

    [DatabaseTheory, Databases]
    public async Task Two_instances_share_a_recount_and_one_that_does_not_know_the_new_measure_yet_counts_by_it(DatabaseKind kind)
    {
        // The bench itself is the instance with the old definitions: its services count what is saved.
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await FillAsync(bench, 40);
        await bench.Get<TallyRules>().RebuildAsync(Changed);
        var (one, other) = (bench.Create<TallyRebuilder>(), bench.Create<TallyRebuilder>());
        Slow(one, 3);
        Slow(other, 4);
        await Task.WhenAll(Task.Run(() => one.RunAsync()), Task.Run(() => other.RunAsync()));
        await WriteAsync(bench, 2, 15);
        await AssertExactAsync(bench);
    }

    [Fact]
    public async Task Until_the_recount_is_done_pages_say_so_and_then_are_told()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await FillAsync(bench, 30);
        var rebuilder = bench.Get<TallyRebuilder>();
        Assert.Null(rebuilder.Progress);
        await bench.Get<TallyRules>().RebuildAsync(Changed);
        await rebuilder.LeftAsync();
        Assert.Equal("正在重新统计：参加人数、法治讲座，已完成0%。完成前显示的是按原口径统计的数，新登记的暂不计入。", rebuilder.Progress!.Sentence(SampleCatalog.Indicators));
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = bench.Get<UnitYears>().Watch(bench.Unit("DH01"), () => told.TrySetResult());
        await rebuilder.RunAsync();
        Assert.Null(rebuilder.Progress);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [DatabaseTheory, Databases]
    public async Task A_start_with_other_measures_recounts_them_and_takes_the_old_ones_back_after_a_cut(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await FillAsync(bench, 30);
        // A start with changed definitions that is cut off after its first step …
        await bench.Get<TallyRules>().RebuildAsync(Changed);
        var rebuilder = bench.Get<TallyRebuilder>();
        Slow(rebuilder, 5);
        await rebuilder.StepAsync();
        await WriteAsync(bench, 3, 10);
        // … and one with the old definitions: what was written in between must be in the figures.
        Assert.Equal(["lectures.attended", "lectures.held"], (await bench.Get<TallyRules>().ApplyAsync()).Order());
        Assert.Empty(await bench.Get<TallyRules>().ApplyAsync());
        await using var db = bench.Context();
        Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
        Assert.Empty(await db.RecountedTallies.ToListAsync());
        Assert.Empty(await db.TallyRebuilds.ToListAsync());
    }

    [Fact]
    public void A_measure_is_counted_alike_after_it_was_stored()
    {
        foreach (var measure in SampleCatalog.Indicators.Measures.Concat(Changed))
        {
            var read = TallyRebuild.Read(TallyRebuild.Write(measure));
            Assert.Equal(TallyRules.Fingerprint(new(measure, SampleCatalog.Lectures)), TallyRules.Fingerprint(new(read, SampleCatalog.Lectures)));
            Assert.Equal((measure.Key, measure.Name, measure.Listed), (read.Key, read.Name, read.Listed));
        }
    }

    /// <summary>A few entries a transaction and one stretch in each, so that others come between however fast the machine is.</summary>
    static void Slow(TallyRebuilder rebuilder, int stretch) => (rebuilder.Stretch, rebuilder.Reading, rebuilder.Held) = (stretch, TimeSpan.Zero, TimeSpan.Zero);

    static async Task AssertOldFiguresAsync(Workbench bench)
    {
        await using var db = bench.Context();
        // Whoever reads now finds the slices of the old definition, which the new one does not have.
        Assert.True(await db.Tallies.AnyAsync(tally => tally.MeasureKey == "lectures.held" && tally.Slice.StartsWith("kind=")));
    }

    static async Task AssertExactAsync(Workbench bench)
    {
        var now = new Counters(new(SampleCatalog.Ledgers, SampleCatalog.Indicators.Tasks, SampleCatalog.Indicators.Measures.Select(measure => Changed.FirstOrDefault(changed => changed.Key == measure.Key) ?? measure), []));
        await using var db = bench.Context();
        var differences = await Recount.DifferencesAsync(db, bench.Tree, now, default);
        Assert.True(differences.Count == 0, string.Join("; ", differences.Take(5)));
        Assert.True(await db.Tallies.AnyAsync(tally => tally.MeasureKey == "lectures.held" && tally.Slice.StartsWith("laws=") && tally.Count > 0));
        Assert.Empty(await db.RecountedTallies.ToListAsync());
    }

    static async Task FillAsync(Workbench bench, int count)
    {
        for (var i = 0; i < count; i++) await SaveAsync(bench, new Random(i), bench.Person(Role.Recorder, "NZ"));
    }

    /// <summary>One person's work: new entries, changes of day and values, and every step of review.</summary>
    static async Task WriteAsync(Workbench bench, int writer, int steps)
    {
        var (random, mine) = (new Random(writer), new List<Entry>());
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "NZ", writer), bench.Person(Role.Reviewer, "NZ", 100 + writer));
        for (var step = 0; step < steps; step++)
        {
            if (mine.Count == 0 || random.Next(3) == 0)
            {
                mine.Add(await SaveAsync(bench, random, recorder));
                continue;
            }
            var at = random.Next(mine.Count);
            var entry = mine[at];
            var result = random.Next(5) switch
            {
                0 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Void, "重复登记"),
                1 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Return, "请核对"),
                2 => await bench.Entries.SubmitAsync(recorder, new(entry.Id, entry.LedgerKey, bench.Tree[entry.UnitId].Code, Values(random), entry.Version)),
                _ => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Approve, null),
            };
            if (result is EntryResult.Done done) mine[at] = done.Entry;
        }
    }

    static async Task<Entry> SaveAsync(Workbench bench, Random random, Person person)
    {
        var unit = new[] { "FZ", "FZ01", "FZ02", "DH", "DH01" }[random.Next(5)];
        var input = new EntryInput(null, "lectures", unit, Values(random));
        return Assert.IsType<EntryResult.Done>(await (random.Next(6) == 0 ? bench.Entries.SaveAsync(person, input) : bench.Entries.SubmitAsync(person, input))).Entry;
    }

    static FieldValues Values(Random random)
    {
        var day = new DateOnly(2026, 1, 1).AddDays(random.Next(300));
        return SampleCatalog.Complete(FieldValues.Iso(day), ("kind", Pick(["cadre", "school", "village"])), ("laws", new[] { "constitution", "civil", "petition" }.Where(_ => random.Next(2) == 0).ToArray()),
            ("invited", 100L), ("attended", (long)random.Next(100)), ("cost", (long)random.Next(50_000)), ("filedOn", random.Next(3) == 0 ? null : day.AddDays(random.Next(20))));

        string Pick(string[] items) => items[random.Next(items.Length)];
    }
}

using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Past;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Past;
using LawDashboard.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Indicators.Past;

/// <summary>What changed since a moment: which entries, what became of them, and what it makes of figures.</summary>
public sealed class ChangesTests
{
    [DatabaseTheory, Databases]
    public async Task Each_entry_is_told_once_with_what_became_of_it(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddSingleton<ChangesExport>());
        var (recorder, reviewer, leader) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Reviewer, "FZ", 2), bench.Person(Role.Leader, "FZ", 3));
        Entry[] old = [await SubmitAsync("FZ01"), await SubmitAsync("FZ01"), await SubmitAsync("FZ02"), await SubmitAsync("FZ02"), await SubmitAsync("FZ")];
        await bench.Entries.MoveAsync(reviewer, old[3].Id, old[3].Version, EntryAction.Approve, null);
        var since = (await bench.Get<AuditMoments>().ResolveAsync("@6")).Point!;

        await bench.Entries.MoveAsync(reviewer, old[0].Id, old[0].Version, EntryAction.Approve, null);
        await bench.Entries.MoveAsync(reviewer, old[1].Id, old[1].Version, EntryAction.Void, "重复登记");
        await bench.Entries.MoveAsync(reviewer, old[2].Id, old[2].Version, EntryAction.Return, "请补充");
        await bench.Entries.MoveAsync(reviewer, old[3].Id, old[3].Version + 1, EntryAction.Unlock, "改题目");
        await bench.Entries.SubmitAsync(recorder, new(old[4].Id, "lectures", "FZ", SampleCatalog.Complete("2026-05-20", ("speaker", "李样例")), old[4].Version));
        var added = await SubmitAsync("FZ01");
        await bench.Entries.SaveAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-05-21")));
        await SubmitAsync("DH01", bench.Person(Role.Recorder, "DH", 5));

        var survey = await bench.Get<EntryChanges>().ReadAsync(leader, bench.Unit("FZ"), since);
        Assert.Equal([(added.Id, ChangeKind.Added), (old[4].Id, ChangeKind.Edited), (old[3].Id, ChangeKind.Unlocked), (old[2].Id, ChangeKind.Returned), (old[1].Id, ChangeKind.Voided), (old[0].Id, ChangeKind.Approved)],
            survey.Entries.Select(entry => (entry.Id, entry.Kind)));
        // Who records sees his drafts as well; who sees a village sees the village.
        Assert.Equal(7, (await bench.Get<EntryChanges>().ReadAsync(recorder, bench.Unit("FZ"), since)).Entries.Count);
        Assert.Equal([added.Id, old[1].Id, old[0].Id], (await bench.Get<EntryChanges>().ReadAsync(bench.Person(Role.Leader, "FZ01", 4), bench.Unit("FZ"), since)).Entries.Select(entry => entry.Id));
        var streamed = new List<ChangedEntry>();
        await foreach (var some in bench.Get<EntryChanges>().StreamAsync(leader, bench.Unit("FZ"), since)) streamed.AddRange(some);
        Assert.Equal(survey.Entries.Select(entry => (entry.Id, entry.Kind, entry.Last)), streamed.Select(entry => (entry.Id, entry.Kind, entry.Last)));
        var file = (await bench.Get<ChangesExport>().PrepareAsync(leader, bench.Unit("FZ"), 2026, since, null, null))!;
        var rows = new List<object?[]>();
        await foreach (var row in file.Rows) rows.Add(row);
        Assert.Equal(survey.Entries.Select(entry => ChangedEntry.Label(entry.Kind)), rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.Equal(file.Layout.Columns.Count, row.Length));
        Assert.Null(await bench.Get<ChangesExport>().PrepareAsync(leader, bench.Unit("DH"), 2026, since, null, null));
        var steps = await bench.Get<EntryChanges>().StepsAsync(since, survey.Entries);
        Assert.Equal([("void", "样例2", "重复登记")], steps[old[1].Id].Select(step => (step.Action, step.PersonName, step.Note!)));

        async Task<Entry> SubmitAsync(string unit, Person? by = null) =>
            Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(by ?? recorder, new(null, "lectures", unit, SampleCatalog.Complete("2026-05-20")))).Entry;
    }

    [DatabaseTheory, Databases]
    public async Task The_entries_behind_a_difference_make_it(DatabaseKind kind)
    {
        for (var seed = 3_000; seed < (TestScale.Full ? 3_060 : 3_002); seed++)
        {
            var dice = new CountingPropertyTests.Dice(seed);
            var ledgers = dice.Catalog();
            var measures = dice.Measures(ledgers).ToList();
            var indicators = new IndicatorCatalog(ledgers, [new() { Key = "task", Name = "任务", Heading = "任务" }], measures,
                [.. measures.Select(measure => new IndicatorDefinition { Key = "i." + measure.Key, Name = measure.Key, Task = "task", Unit = "件", Measure = measure.Key })]);
            await using var bench = await Workbench.CreateAsync(kind, ledgers, indicators);
            PastPoint? since = null;
            await CountingPropertyTests.HistoryAsync(bench, dice, ledgers, async step =>
            {
                if (step != 20) return;
                await using var db = bench.Context();
                since = (await bench.Get<AuditMoments>().ResolveAsync($"@{await db.AuditEvents.MaxAsync(line => line.Sequence)}")).Point;
            });
            var (person, unit, figures) = (bench.Person(Role.Reviewer, "NZ", 3), bench.Unit("FZ"), bench.Get<FigureChanges>());
            var survey = await bench.Get<EntryChanges>().ReadAsync(person, unit, since!);
            var (before, after) = ((await bench.Get<UnitYears>().ReadAsync(person, unit, 2026, since))!, (await bench.Get<UnitYears>().ReadAsync(person, unit, 2026))!);
            foreach (var change in figures.Between(before, after))
            {
                var counter = bench.Get<Counters>().Find(change.Indicator.Measure!)!;
                var behind = await figures.BehindAsync(change.Indicator, unit, 2026, survey.Entries);
                var made = behind.Sum(entry => Brings(entry.Now) - Brings(entry.Then)) / bench.Get<IndicatorReckoner>().Steps(counter.Measure);
                Assert.True(change.Difference == made, $"Seed {seed}: {change.Indicator.Key} differs by {change.Difference}, its entries by {made}.");

                decimal Brings(EntrySnapshot? entry) => entry is not { State: EntryState.Approved } ? 0
                    : counter.Contributions(entry.ToEntry(), counter.Measure.Kind is MeasureKind.Level ? null : new(2026, 1, 1), new(2026, 12, 31))
                        .Where(part => part.Key.Slice.Length == 0).Sum(part => counter.Measure.Kind is MeasureKind.Sum ? part.Amount.Sum : part.Amount.Count);
            }
        }
    }
}

using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;

namespace LawDashboard.Tests.Features.Indicators.Past;

/// <summary>A unit's year as of a moment: figures, targets and rows, also where rows were taken out since.</summary>
public sealed class PastFiguresTests
{
    [DatabaseTheory, Databases]
    public async Task An_import_that_was_undone_is_there_as_of_the_day_between(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var recorder = bench.Person(Role.Recorder, "FZ");
        bench.Clock.Utc = new(2026, 6, 29, 2, 0, 0, DateTimeKind.Utc);
        await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-05-20")));
        bench.Clock.Utc = new(2026, 6, 30, 2, 0, 0, DateTimeKind.Utc);
        var batch = (await bench.Get<EntryBatches>().RunAsync(recorder, new("import", "导入", SampleCatalog.Lectures, bench.Unit("FZ")) { CreateAction = "import" },
            Enumerable.Range(0, 3).Select(n => new BatchEdit.New(n + 2, "FZ02", SampleCatalog.Complete("2026-06-10"), Submit: true)).ToAsyncEnumerable())).Batch!;
        bench.Clock.Utc = new(2026, 7, 1, 2, 0, 0, DateTimeKind.Utc);
        Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(recorder, batch.Id));
        bench.Clock.Utc = new(2026, 11, 22, 2, 0, 0, DateTimeKind.Utc);

        Assert.Equal([(0, 0), (1, 1), (4, 4), (1, 1)], await Task.WhenAll(
            SeenAsync(bench, recorder, "2026-06-28"), SeenAsync(bench, recorder, "2026-06-29"), SeenAsync(bench, recorder, "2026-06-30"), SeenAsync(bench, recorder, "2026-07-01")));
    }

    [DatabaseTheory, Databases]
    public async Task A_target_that_was_set_later_was_not_known_then(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var (leader, town) = (bench.Person(Role.Leader, "FZ"), bench.Unit("FZ"));
        var indicator = SampleCatalog.Indicators.Indicator("study.lectures")!;
        await SetAsync(new(2026, 1, 10), 12, null);
        await SetAsync(new(2026, 9, 1), 20, "追加任务");
        bench.Clock.Utc = new(2026, 11, 22, 2, 0, 0, DateTimeKind.Utc);
        Assert.Equal([12m, 12m, 20m], await Task.WhenAll(TargetAsync("2026-06-30"), TargetAsync("2026-08-31"), TargetAsync("2026-09-01")));
        Assert.Empty((await ReadAsync("2026-01-09")).Targets);

        async Task SetAsync(DateOnly day, decimal value, string? reason)
        {
            bench.Clock.Utc = day.ToDateTime(new TimeOnly(2, 0), DateTimeKind.Utc);
            // By its paper it holds from March on, whenever it was entered.
            Assert.Empty(await bench.Get<TargetService>().SetAsync(leader, indicator, 2026, new("样例〔2026〕1号", new(2026, 1, 5), new(2026, 3, 1), reason, "even"), [new(town, value)]));
        }

        async Task<decimal> TargetAsync(string day) => (await ReadAsync(day)).Targets[indicator.Key].Value;

        async Task<UnitYear> ReadAsync(string day) => (await bench.Get<UnitYears>().ReadAsync(leader, town, 2026, (await bench.Get<AuditMoments>().ResolveAsync(day)).Point))!;
    }

    [Fact]
    public async Task The_past_is_for_those_only_who_see_the_unit()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), new(null, "lectures", "FZ", SampleCatalog.Complete("2026-05-20")));
        var point = (await bench.Get<AuditMoments>().ResolveAsync("@1")).Point;
        Assert.Null(await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Recorder, "FZ01"), bench.Unit("FZ"), 2026, point));
        Assert.Equal(0, await bench.Lists.CountAsync(new() { Person = bench.Person(Role.Recorder, "DH"), AsOf = point }));
        Assert.Equal("操作日志没有第2号，最后一号是1", (await bench.Get<AuditMoments>().ResolveAsync("@2")).Problem);
    }

    /// <summary>Lectures counted in the town's figures, and in its list.</summary>
    static async Task<(int Counted, int Listed)> SeenAsync(Workbench bench, Person person, string day)
    {
        var point = (await bench.Get<AuditMoments>().ResolveAsync(day)).Point;
        var facts = await bench.Get<UnitYears>().ReadAsync(person, bench.Unit("FZ"), 2026, point);
        return ((int)bench.Get<IndicatorReckoner>().Measure(facts!.Book, "lectures.held", MonthRange.OfYear(2026), EntryState.Submitted),
            await bench.Lists.CountAsync(new() { Person = person, Ledger = SampleCatalog.Lectures, AsOf = point }));
    }
}

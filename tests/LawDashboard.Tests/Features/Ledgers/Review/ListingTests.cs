using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Ledgers.Review;

/// <summary>One event in two ledgers: logged once, listed in both, counted once where a total covers both.</summary>
public sealed class ListingTests
{
    static readonly LedgerDefinition Fire = new()
    {
        Key = "fire", Name = "森林防火台账", ShortName = "森林防火", Code = "SLFH", Task = "study", RecordUnit = "次", Date = "on", Title = "{what}", List = [],
        Groups = [new("全部",
        [
            new() { Key = "on", Label = "日期", Type = FieldType.Date, Required = true }, new() { Key = "what", Label = "内容", Type = FieldType.Text, Required = true },
            new() { Key = "reached", Label = "受教育人数", Type = FieldType.People }, new() { Key = "patrollers", Label = "出动人数", Type = FieldType.People, Required = true },
        ])],
    };

    static readonly LedgerCatalog Catalog = new LedgerCatalog([SampleCatalog.Lectures, Fire],
        [new() { Key = "kind", Name = "类别", Values = [new("cadre", "领导干部", "01"), new("school", "校园", "02")] }, new() { Key = "law", Name = "法律", Values = [new("civil", "民法典")] }])
        .With(new()
        {
            Listings = [new() { From = "lectures", To = "fire", When = new Condition.Is("kind", ["cadre"]), Fields = new Dictionary<string, string> { ["on"] = "heldOn", ["what"] = "topic", ["reached"] = "attended" } }],
        }, []);

    static readonly IndicatorCatalog Indicators = new(Catalog, [new() { Key = "study", Name = "学法用法", Heading = "组织学法" }],
        [new() { Key = "fire.reached", Name = "受教育", Ledger = "fire", Unit = "人次", Kind = MeasureKind.Sum, Sum = "reached" }], []);

    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, Catalog, Indicators);

    static Entry Saved(EntryResult result) => Assert.IsType<EntryResult.Done>(result).Entry;

    static readonly FieldValues Extra = SampleCatalog.Values(("patrollers", 5L));

    static async Task<(Entry Origin, Entry Row)> ListedAsync(Workbench bench)
    {
        var recorder = bench.Person(Role.Recorder, "FZ01");
        var origin = Saved(await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-05", ("attended", 30L)))));
        var row = Saved(await bench.Get<ListingService>().ListAsync(recorder, origin.Id, origin.Version, "fire", Extra));
        return ((await bench.Lists.FindAsync(recorder, origin.Id))!, row);
    }

    static async Task<(long Lectures, long Fire, long Listed, long Reached)> CountedAsync(Workbench bench, EntryState state = EntryState.Approved)
    {
        var book = await bench.Get<TallyReader>().BookAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("FZ"), MonthRange.OfYear(2026));
        return (Of(IndicatorCatalog.EveryEntryKey("lectures")), Of(IndicatorCatalog.EveryEntryKey("fire")), Of(IndicatorCatalog.ListedKey("fire")), Of("fire.reached"));

        long Of(string measure) => book.Value(Indicators.Measure(measure)!, MonthRange.OfYear(2026), state);
    }

    [DatabaseTheory, Databases]
    public async Task It_follows_its_origin_through_review_with_a_number_of_its_own(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (origin, row) = await ListedAsync(bench);
        Assert.Equal(("FZ01-SLFH-2026-0001", EntryState.Submitted, "学习民法典", 30L, 5L), (row.Serial, row.State, row.Title, row.Values.Number("reached"), row.Values.Number("patrollers")));
        Assert.Equal((1, 1, 1, 30), await CountedAsync(bench, EntryState.Submitted));

        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        origin = Saved(await bench.Entries.SaveAsync(recorder, new(origin.Id, "lectures", "FZ01", origin.Values.With("attended", 33L).With("topic", "学习森林法"), origin.Version)));
        origin = Saved(await bench.Entries.MoveAsync(reviewer, origin.Id, origin.Version, EntryAction.Approve, null));
        row = (await bench.Lists.FindAsync(reviewer, row.Id))!;
        Assert.Equal((EntryState.Approved, "样例2", "学习森林法", 33L, 5L), (row.State, row.ApprovedBy, row.Title, row.Values.Number("reached"), row.Values.Number("patrollers")));
        Assert.Equal((1, 1, 1, 33), await CountedAsync(bench));

        origin = Saved(await bench.Entries.MoveAsync(reviewer, origin.Id, origin.Version, EntryAction.Unlock, "人数有误"));
        Assert.Equal((0, 0, 0, 0), await CountedAsync(bench));
        Saved(await bench.Entries.MoveAsync(reviewer, origin.Id, origin.Version, EntryAction.Void, "重复登记"));
        Assert.Equal(EntryState.Voided, (await bench.Lists.FindAsync(reviewer, row.Id))!.State);
        Assert.Equal(["void", "unlock", "approve", "edit", "create"], (await bench.Lists.HistoryAsync(reviewer, row.Id)).Select(line => line.Event.Action));
        await using var db = bench.Context();
        Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
    }

    [DatabaseTheory, Databases]
    public async Task Its_ledger_lists_it_and_questions_over_all_ledgers_find_the_event_once(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (origin, row) = await ListedAsync(bench);
        var reviewer = bench.Person(Role.Reviewer, "FZ", 2);
        Assert.Equal([row.Id], (await bench.Lists.PageAsync(new() { Person = reviewer, Ledger = Fire }, 1, 10)).Select(entry => entry.Id));
        Assert.Equal([origin.Id], (await bench.Lists.PageAsync(new() { Person = reviewer }, 1, 10)).Select(entry => entry.Id));
        Assert.Equal([origin.Id], (await bench.Get<ReviewQueue>().ReadAsync(reviewer, bench.Unit("FZ"), null, null))!.Ids);
        Assert.Empty((await bench.Get<ReviewQueue>().ReadAsync(reviewer, bench.Unit("FZ"), Fire, null))!.Ids);
        Assert.Empty(await bench.Get<DuplicateService>().FindAsync(reviewer, origin));
        Assert.Equal([row.Id], (await bench.Get<ListingService>().OfEntryAsync(reviewer, origin)).Select(entry => entry.Id));
        Assert.Empty(await bench.Get<ListingService>().OfEntryAsync(bench.Person(Role.Reviewer, "DH", 5), origin));
    }

    [DatabaseTheory, Databases]
    public async Task It_cannot_be_changed_by_itself_listed_twice_or_where_it_does_not_belong(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (origin, row) = await ListedAsync(bench);
        var (service, recorder, reviewer) = (bench.Get<ListingService>(), bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        Assert.IsType<EntryResult.Refused>(await bench.Entries.SaveAsync(recorder, new(row.Id, "fire", "FZ01", row.Values.With("reached", 99L), row.Version)));
        foreach (var action in Enum.GetValues<EntryAction>()) Assert.IsType<EntryResult.Refused>(await bench.Entries.MoveAsync(reviewer, row.Id, row.Version, action, "试一试"));
        Assert.IsType<EntryResult.Refused>(await service.ListAsync(recorder, origin.Id, origin.Version, "fire", Extra));
        Assert.IsType<EntryResult.Refused>(await service.ListAsync(bench.Person(Role.Recorder, "DH"), origin.Id, origin.Version, "fire", Extra));
        Assert.IsType<EntryResult.Conflict>(await service.UnlistAsync(recorder, origin.Id, origin.Version - 1, row.Id, "不属于"));

        var school = Saved(await bench.Entries.SaveAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-06", ("kind", "school")))));
        Assert.IsType<EntryResult.Refused>(await service.ListAsync(recorder, school.Id, school.Version, "fire", Extra));
        var bare = Saved(await bench.Entries.SaveAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-06"))));
        Assert.Equal("patrollers", Assert.Single(Assert.IsType<EntryResult.Invalid>(await service.ListAsync(recorder, bare.Id, bare.Version, "fire", FieldValues.Empty)).Errors).Field);

        Assert.IsType<EntryResult.Invalid>(await service.UnlistAsync(recorder, origin.Id, origin.Version, row.Id, " "));
        Saved(await service.UnlistAsync(recorder, origin.Id, origin.Version, row.Id, "不属于防火宣传"));
        var read = (await bench.Lists.FindAsync(reviewer, origin.Id))!;
        Assert.Equal(["unlist", "list", "create"], (await bench.Lists.HistoryAsync(reviewer, origin.Id)).Select(line => line.Event.Action));
        // What was taken out stays out, whatever becomes of the origin; and it may be listed anew under a new number.
        Saved(await bench.Entries.MoveAsync(reviewer, read.Id, read.Version, EntryAction.Approve, null));
        Assert.Equal((1, 0, 0, 0), await CountedAsync(bench));
        Assert.IsType<EntryResult.Refused>(await service.ListAsync(recorder, read.Id, read.Version + 1, "fire", Extra));
        Assert.Equal("FZ01-SLFH-2026-0002", Saved(await service.ListAsync(reviewer, read.Id, read.Version + 1, "fire", Extra)).Serial);
        Assert.Equal((1, 1, 1, 30), await CountedAsync(bench));
        await using var db = bench.Context();
        Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
        Assert.Equal(2, await db.Entries.CountAsync(entry => entry.OriginId == origin.Id));
    }
}

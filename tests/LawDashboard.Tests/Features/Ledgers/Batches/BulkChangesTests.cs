using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;

namespace LawDashboard.Tests.Features.Ledgers.Batches;

public sealed class BulkChangesTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static async Task<Entry> SaveAsync(Workbench bench, string date, bool submit, params (string, object?)[] more)
    {
        var (person, input) = (bench.Person(Role.Recorder, "FZ"), new EntryInput(null, "lectures", "FZ01", SampleCatalog.Complete(date, more)));
        return ((EntryResult.Done)(submit ? await bench.Entries.SubmitAsync(person, input) : await bench.Entries.SaveAsync(person, input))).Entry;
    }

    static EntryQuery All(Workbench bench, Person person) => new() { Person = person, Ledger = SampleCatalog.Lectures, Unit = bench.Unit("FZ") };

    [DatabaseTheory, Databases]
    public async Task All_that_a_list_finds_is_approved_at_once_what_cannot_be_is_named_and_all_is_undone_at_once(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (bulk, reviewer) = (bench.Get<BulkChanges>(), bench.Person(Role.Reviewer, "FZ", 9));
        for (var day = 1; day <= 3; day++) await SaveAsync(bench, $"2026-03-0{day}", submit: true);
        var draft = await SaveAsync(bench, "2026-03-09", submit: false);
        var (scope, change) = (await bulk.AllAsync(All(bench, reviewer), bench.Unit("FZ")), new BulkChange.Move(EntryAction.Approve));

        var preview = await bulk.TryAsync(reviewer, scope, change);
        Assert.Equal("将把筛选出的4条审核通过，其中1条不能办理：记录现在是“草稿”，不能审核通过（1条）。", BulkWords.Preview(scope, change, preview));
        Assert.Equal(0, await bench.Lists.CountAsync(All(bench, reviewer) with { States = [EntryState.Approved] }));

        var outcome = await bulk.RunAsync(reviewer, scope, change);
        Assert.Equal("已办理3条，1条没有办理。", BulkWords.Result(outcome));
        Assert.Equal(draft.Id, Assert.Single(outcome.Errors).EntryId);
        Assert.Equal(3, await bench.Lists.CountAsync(All(bench, reviewer) with { States = [EntryState.Approved] }));
        Assert.Equal("法治讲座：批量审核通过", outcome.Batch!.Sentence);

        Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(reviewer, outcome.Batch.Id));
        Assert.Equal(3, await bench.Lists.CountAsync(All(bench, reviewer) with { States = [EntryState.Submitted] }));
    }

    [DatabaseTheory, Databases]
    public async Task One_field_is_changed_for_many_by_the_rules_of_single_edits(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (bulk, recorder) = (bench.Get<BulkChanges>(), bench.Person(Role.Recorder, "FZ"));
        var (first, second, few) = (await SaveAsync(bench, "2026-03-01", true), await SaveAsync(bench, "2026-03-02", false, ("attended", 40L)), await SaveAsync(bench, "2026-03-03", true, ("invited", 10L)));
        var attended = SampleCatalog.Lectures.Field("attended")!;
        var scope = new BulkScope(SampleCatalog.Lectures, bench.Unit("FZ"), [first.Id, second.Id, few.Id, 999], Filtered: false);
        var change = new BulkChange.Set(attended, 40L, "40");

        var preview = await bulk.TryAsync(recorder, scope, change);
        Assert.Equal("将把选中的4条的实到改为“40”，其中1条已经如此，其中2条不能办理：实到不能大于应到（10）（1条）；没有这条记录，或不在您的单位范围内（1条）。", BulkWords.Preview(scope, change, preview));
        var outcome = await bulk.RunAsync(recorder, scope, change);
        Assert.Equal((1, 1, 2), (outcome.Changed, outcome.Unchanged, outcome.Faulty));
        Assert.Equal(40, (await bench.Lists.FindAsync(recorder, first.Id))!.Values.Number("attended"));
        Assert.Null((await bench.Lists.FindAsync(recorder, few.Id))!.Values.Number("attended"));

        // What is under review may not lose what is required.
        var empty = await bulk.TryAsync(recorder, scope with { Ids = [first.Id, second.Id] }, new BulkChange.Set(SampleCatalog.Lectures.Field("topic")!, null, ""));
        Assert.Equal((1, 1), (empty.Changed, empty.Faulty));
        Assert.DoesNotContain(BulkChange.Fields(SampleCatalog.Lectures), field => field.IsPersonal);
    }

    [DatabaseTheory, Databases]
    public async Task Returning_many_needs_a_note_and_recorders_do_not_review(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var bulk = bench.Get<BulkChanges>();
        var entry = await SaveAsync(bench, "2026-03-01", true);
        var scope = new BulkScope(SampleCatalog.Lectures, bench.Unit("FZ"), [entry.Id], Filtered: false);
        Assert.Equal("请写明退回的原因和需要修改的内容", BulkWords.Reason(Assert.Single((await bulk.RunAsync(bench.Person(Role.Reviewer, "FZ", 9), scope, new BulkChange.Move(EntryAction.Return))).Errors)));
        Assert.Equal("填报员没有“审核通过”的权限", BulkWords.Reason(Assert.Single((await bulk.RunAsync(bench.Person(Role.Recorder, "FZ"), scope, new BulkChange.Move(EntryAction.Approve))).Errors)));
        Assert.Equal("负责人不能登记台账", BulkWords.Reason(Assert.Single((await bulk.RunAsync(bench.Person(Role.Leader, "FZ", 5), scope, new BulkChange.Move(EntryAction.Approve))).Errors)));
        var done = await bulk.RunAsync(bench.Person(Role.Reviewer, "FZ", 9), scope, new BulkChange.Move(EntryAction.Return, "请补照片"));
        Assert.Equal(1, done.Changed);
        Assert.Equal("请补照片", (await bench.Lists.FindAsync(bench.Person(Role.Recorder, "FZ"), entry.Id))!.StateNote);
    }
}

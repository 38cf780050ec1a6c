using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Ledgers.Review;

public sealed class UnlockTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static Entry Saved(EntryResult result) => Assert.IsType<EntryResult.Done>(result).Entry;

    static async Task<Entry> ApprovedAsync(Workbench bench)
    {
        var submitted = Saved(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ01"), new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-05", ("attended", 30L)))));
        return Saved(await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "FZ", 2), submitted.Id, submitted.Version, EntryAction.Approve, null));
    }

    static async Task<long> CountedAsync(Workbench bench) =>
        (await bench.Get<TallyReader>().BookAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("FZ"), MonthRange.OfYear(2026)))
            .Value(SampleCatalog.Indicators.Measure("lectures.attended")!, MonthRange.OfYear(2026), EntryState.Approved, "");

    [DatabaseTheory, Databases]
    public async Task An_approved_entry_is_locked_until_a_reviewer_or_leader_unlocks_it_with_a_reason(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var entry = await ApprovedAsync(bench);
        var (recorder, leader) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Leader, "FZ", 3));
        var change = new EntryInput(entry.Id, "lectures", "FZ01", entry.Values.With("attended", 31L), entry.Version);
        Assert.Contains("解除锁定", Assert.IsType<EntryResult.Refused>(await bench.Entries.SaveAsync(recorder, change)).Reason, StringComparison.Ordinal);
        Assert.IsType<EntryResult.Refused>(await bench.Entries.MoveAsync(recorder, entry.Id, entry.Version, EntryAction.Unlock, "想改人数"));
        Assert.IsType<EntryResult.Refused>(await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "FZ", 2), entry.Id, entry.Version, EntryAction.Return, "想改人数"));
        Assert.IsType<EntryResult.Invalid>(await bench.Entries.MoveAsync(leader, entry.Id, entry.Version, EntryAction.Unlock, "  "));

        Assert.Equal(30, await CountedAsync(bench));
        var open = Saved(await bench.Entries.MoveAsync(leader, entry.Id, entry.Version, EntryAction.Unlock, "实到人数有误"));
        Assert.Equal((EntryState.Returned, "实到人数有误", 0), (open.State, open.StateNote, open.ChangesSinceApproval(SampleCatalog.Lectures)));
        Assert.Equal(0, await CountedAsync(bench));

        var line = (await bench.Lists.HistoryAsync(leader, entry.Id))[0].Event;
        Assert.Equal(("unlock", "实到人数有误", "样例3"), (line.Action, line.Note, line.PersonName));
    }

    [DatabaseTheory, Databases]
    public async Task Changes_since_approval_are_counted_against_what_was_approved_until_it_is_approved_again(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var entry = await ApprovedAsync(bench);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        var open = Saved(await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Unlock, "实到人数有误"));
        var values = open.Values.With("attended", 28L).With("notes", "已核对");
        var submitted = Saved(await bench.Entries.SubmitAsync(recorder, new(open.Id, "lectures", "FZ01", values, open.Version)));
        // A return on the way does not change what is compared with.
        var returned = Saved(await bench.Entries.MoveAsync(reviewer, submitted.Id, submitted.Version, EntryAction.Return, "请写明原因"));
        submitted = Saved(await bench.Entries.SubmitAsync(recorder, new(open.Id, "lectures", "FZ01", values.With("notes", null), returned.Version)));

        var read = (await bench.Lists.FindAsync(reviewer, open.Id))!;
        Assert.Equal(1, read.ChangesSinceApproval(SampleCatalog.Lectures));
        var (decision, changes) = ReviewQueue.SinceDecision(SampleCatalog.Lectures, read, await bench.Lists.HistoryAsync(reviewer, open.Id))!.Value;
        Assert.Equal("approve", decision.Event.Action);
        var change = Assert.Single(changes);
        Assert.Equal(("attended", 30L, 28L), (change.Field.Key, change.Before.Number("attended"), change.After.Number("attended")));

        Saved(await bench.Entries.MoveAsync(reviewer, open.Id, submitted.Version, EntryAction.Approve, null));
        Assert.Null((await bench.Lists.FindAsync(reviewer, open.Id))!.ChangesSinceApproval(SampleCatalog.Lectures));
        Assert.Equal(28, await CountedAsync(bench));
        await using var db = bench.Context();
        Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
    }

    [DatabaseTheory, Databases]
    public async Task What_was_changed_since_a_return_is_told_to_the_reviewer(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        var entry = Saved(await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-05"))));
        Assert.Null(ReviewQueue.SinceDecision(SampleCatalog.Lectures, entry, await bench.Lists.HistoryAsync(reviewer, entry.Id)));
        var returned = Saved(await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Return, "题目写全称"));
        Saved(await bench.Entries.SubmitAsync(recorder, new(entry.Id, "lectures", "FZ01", entry.Values.With("topic", "学习《中华人民共和国民法典》"), returned.Version)));
        var read = (await bench.Lists.FindAsync(reviewer, entry.Id))!;
        var (decision, changes) = ReviewQueue.SinceDecision(SampleCatalog.Lectures, read, await bench.Lists.HistoryAsync(reviewer, entry.Id))!.Value;
        Assert.Equal(("return", "题目写全称"), (decision.Event.Action, decision.Event.Note));
        Assert.Equal("topic", Assert.Single(changes).Field.Key);
    }
}

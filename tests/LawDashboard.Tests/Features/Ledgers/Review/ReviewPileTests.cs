using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Ledgers.Review;

public sealed class ReviewPileTests
{
    [Fact]
    public void What_is_decided_leaves_the_pile_and_the_next_lies_open()
    {
        var pile = new ReviewPile([1, 2, 3], 3);
        Assert.Equal((1L, null, 2L), (pile.Current, pile.Previous, pile.Next));
        Assert.True(pile.GoTo(2));
        pile.Remove(2);
        Assert.Equal((3L, 1, 2), (pile.Current, pile.At, pile.Total));
        pile.Remove(3);
        Assert.Equal((1L, 0, 1), (pile.Current, pile.At, pile.Total));
        pile.Remove(1);
        Assert.Equal((null, 0, false), (pile.Current, pile.Total, pile.IsUsedUp));
        Assert.False(pile.GoTo(2));
    }

    [Fact]
    public void One_decided_before_the_open_one_does_not_move_it()
    {
        var pile = new ReviewPile([1, 2, 3], 5);
        pile.GoTo(3);
        pile.Remove(1);
        Assert.Equal((3L, 1), (pile.Current, pile.At));
        pile.Remove(2);
        pile.Remove(3);
        Assert.True(pile.IsUsedUp);
    }

    [DatabaseTheory, Databases]
    public async Task The_queue_holds_what_waits_in_the_reviewers_scope_longest_waiting_first(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "NZ"), bench.Person(Role.Reviewer, "FZ", 2));
        var ids = new List<long>();
        foreach (var unit in (string[])["FZ02", "FZ01", "DH", "FZ01"])
        {
            bench.Clock.Utc = bench.Clock.Utc.AddMinutes(1);
            ids.Add(Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(recorder, new(null, "lectures", unit, SampleCatalog.Complete("2026-11-05")))).Entry.Id);
        }
        await bench.Entries.SaveAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-06")));
        var queue = bench.Get<ReviewQueue>();
        var all = (await queue.ReadAsync(reviewer, bench.Unit("FZ"), null, null))!;
        Assert.Equal([ids[0], ids[1], ids[3]], all.Ids);
        Assert.Equal((3, 3, 2), (all.Total, all.ByLedger["lectures"], all.ByUnit[bench.Unit("FZ01").Id]));
        var less = all.Without((await bench.Lists.FindAsync(reviewer, ids[0]))!);
        Assert.Equal((2, false, 2), (less.ByLedger["lectures"], less.ByUnit.ContainsKey(bench.Unit("FZ02").Id), less.ByUnit[bench.Unit("FZ01").Id]));
        Assert.Equal([ids[1], ids[3]], (await queue.ReadAsync(reviewer, bench.Unit("FZ"), SampleCatalog.Lectures, bench.Unit("FZ01")))!.Ids);
        Assert.Null(await queue.ReadAsync(recorder, bench.Unit("FZ"), null, null));
    }
}

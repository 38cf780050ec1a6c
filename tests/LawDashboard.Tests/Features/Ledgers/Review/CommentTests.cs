using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Ledgers.Review;

public sealed class CommentTests
{
    [DatabaseTheory, Databases]
    public async Task The_author_and_who_is_named_find_a_comment_until_they_have_read_it(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await using (var db = bench.Context())
        {
            db.Accounts.Add(new() { Id = 33, UserName = "leader", NormalizedUserName = "LEADER", DisplayName = "王样例", Role = Role.Leader, UnitId = bench.Unit("FZ").Id });
            db.Accounts.Add(new() { Id = 44, UserName = "other", NormalizedUserName = "OTHER", DisplayName = "河样例", Role = Role.Leader, UnitId = bench.Unit("DH").Id });
            await db.SaveChangesAsync();
        }
        var (author, reviewer, leader, other) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2), bench.Person(Role.Leader, "FZ", 33), bench.Person(Role.Leader, "DH", 44));
        var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(author, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-05")))).Entry;
        var comments = bench.Get<CommentService>();

        Assert.Null(await comments.AddAsync(reviewer, entry.Id, " 请 @王样例 看一下，@河样例 不用看 "));
        foreach (var person in (Person[])[author, leader])
        {
            Assert.Equal(entry.Id, Assert.Single(await comments.UnreadAsync(person, bench.Unit("FZ"))).Id);
            Assert.Equal(new CommentCount(1, true), (await comments.CountsAsync(person, [entry]))[entry.Id]);
            var todo = bench.Get<IEnumerable<ITodoGroup>>().Single(group => group.Key == "comments");
            Assert.Equal(1, (await todo.CountsAsync(new(person, bench.Unit("FZ")), default)).Values.Sum());
        }
        Assert.Empty(await comments.UnreadAsync(reviewer, bench.Unit("FZ")));
        Assert.Empty(await comments.UnreadAsync(other, bench.Unit("DH")));
        Assert.Empty(await comments.OfEntryAsync(other, entry.Id));

        await comments.SeenAsync(author, entry.Id);
        Assert.Empty(await comments.UnreadAsync(author, bench.Unit("FZ")));
        Assert.Single(await comments.UnreadAsync(leader, bench.Unit("FZ")));
        var line = (await bench.Lists.HistoryAsync(author, entry.Id))[0].Event;
        Assert.Equal(("comment", "请 @王样例 看一下，@河样例 不用看"), (line.Action, line.Note));
    }

    [DatabaseTheory, Databases]
    public async Task Empty_long_or_foreign_comments_are_refused_and_only_ones_own_can_be_withdrawn(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var (author, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(author, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-11-05")))).Entry;
        var comments = bench.Get<CommentService>();
        foreach (var text in (string?[])[null, "", "   ", new string('字', 501)]) Assert.NotNull(await comments.AddAsync(reviewer, entry.Id, text));
        Assert.NotNull(await comments.AddAsync(bench.Person(Role.Reviewer, "DH", 5), entry.Id, "看不见的记录"));
        Assert.Empty(await comments.OfEntryAsync(reviewer, entry.Id));

        Assert.Null(await comments.AddAsync(reviewer, entry.Id, new string('字', 500)));
        var said = Assert.Single(await comments.OfEntryAsync(author, entry.Id));
        Assert.NotNull(await comments.WithdrawAsync(author, said.Id));
        Assert.Null(await comments.WithdrawAsync(reviewer, said.Id));
        Assert.NotNull(await comments.WithdrawAsync(reviewer, said.Id));
        var withdrawn = Assert.Single(await comments.OfEntryAsync(author, entry.Id));
        Assert.Equal(("", true), (withdrawn.Text, withdrawn.WithdrawnAt is not null));
        Assert.Empty(await comments.CountsAsync(author, [entry]));
        Assert.Empty(await comments.UnreadAsync(author, bench.Unit("FZ")));
    }
}

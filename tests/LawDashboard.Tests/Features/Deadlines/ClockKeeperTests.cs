using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Deadlines;

public sealed class ClockKeeperTests
{
    [DatabaseTheory, Databases]
    public async Task Limits_are_stored_with_the_entry_follow_its_changes_and_go_when_it_is_voided(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Reviewer, "FZ", 9));
        var entry = await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition("2026-11-02"), submit: false);
        var stored = Assert.Single(await StoredAsync(bench));
        Assert.Equal(("petition.notice", true, new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 17), new DateOnly(2026, 11, 17), false),
            (stored.ClockKey, stored.Draft, stored.Start, stored.Due!.Value, stored.OpenDue!.Value, stored.Stopped));

        var told = ClockBench.Petition("2026-11-02", ("noticeOn", "2026-11-10"), ("acceptance", "accepted"), ("acceptedOn", "2026-11-10"), ("route", "petition"), ("office", "综治办"), ("officer", "李"));
        entry = await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", told, before: entry);
        var rows = await StoredAsync(bench);
        Assert.Equal(["petition.handle", "petition.notice"], rows.Select(row => row.ClockKey));
        Assert.All(rows, row => Assert.False(row.Draft));
        Assert.Equal((true, new DateOnly(2026, 11, 10), null), (rows[1].Stopped, rows[1].StoppedOn!.Value, rows[1].OpenDue));
        Assert.Equal(new DateOnly(2027, 1, 9), rows[0].OpenDue);

        await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Void, "登记错误");
        Assert.Empty(await StoredAsync(bench));
    }

    [DatabaseTheory, Databases]
    public async Task A_save_that_is_refused_leaves_the_stored_limits_as_they_were(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var entry = await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition("2026-11-02"));
        var input = new EntryInput(entry.Id, "petitions", "FZ", ClockBench.Petition("2026-11-05"), entry.Version - 1);
        Assert.IsType<EntryResult.Conflict>(await bench.Entries.SaveAsync(recorder, input));
        Assert.Equal(new DateOnly(2026, 11, 2), Assert.Single(await StoredAsync(bench)).Start);
    }

    [DatabaseTheory, Databases]
    public async Task Overdue_and_due_soon_are_counted_by_unit_within_the_scope_of_who_asks(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var (town, other) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Recorder, "DH", 2));
        // Today is 22 November: told too late, due on the 27th, due on the 30th but one beyond the week, and a draft that is overdue.
        await ClockBench.SaveAsync(bench, town, "FZ01", "petitions", ClockBench.Petition("2026-10-20"));
        await ClockBench.SaveAsync(bench, town, "FZ01", "petitions", ClockBench.Petition("2026-11-12"));
        await ClockBench.SaveAsync(bench, town, "FZ02", "petitions", ClockBench.Petition("2026-11-15"));
        await ClockBench.SaveAsync(bench, town, "FZ02", "petitions", ClockBench.Petition("2026-10-21"), submit: false);
        await ClockBench.SaveAsync(bench, other, "DH01", "petitions", ClockBench.Petition("2026-10-22"));
        var reader = bench.Get<ClockReader>();

        Assert.Equal(new DueCount(2, 1), await reader.CountAsync(town, bench.Unit("FZ")));
        Assert.Equal(new DueCount(1, 1), await reader.CountAsync(bench.Person(Role.Leader, "FZ", 3), bench.Unit("FZ")));
        Assert.Equal(new DueCount(2, 1), await reader.CountAsync(bench.Person(Role.Inspector, "NZ", 4), bench.Unit("NZ")));
        Assert.Equal(new DueCount(0, 0), await reader.CountAsync(other, bench.Unit("FZ")));
        Assert.Equal([bench.Unit("FZ01").Id, bench.Unit("FZ02").Id], (await reader.CountsAsync(town, bench.Unit("FZ"), DueKind.Overdue)).Keys.Order());
        Assert.Equal(["2026-11-04", "2026-11-05"], (await reader.RowsAsync(town, bench.Unit("FZ"), DueKind.Overdue, 0, 10)).Select(row => FieldValues.Iso(row.OpenDue!.Value)));
    }

    [DatabaseTheory, Databases]
    public async Task A_list_can_be_narrowed_to_what_is_overdue_and_marks_say_by_how_much(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var late = await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition("2026-10-20"));
        var soon = await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition("2026-11-12"));
        await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition("2026-11-20"));
        var (ledger, filters) = (ClockBench.Definitions.Ledgers.Ledger("petitions")!, bench.Get<IEnumerable<IListFilter>>());

        async Task<long[]> IdsAsync(string address)
        {
            var query = EntryListState.Read(address).ToQuery(recorder, bench.Tree, ledger, bench.Get<IRowRules>(), 2026, out _, filters)!;
            return [.. (await bench.Lists.PageAsync(query, 1, 50)).Select(entry => entry.Id)];
        }

        Assert.Equal([late.Id], await IdsAsync("/ledgers/petitions?x.clock=overdue"));
        Assert.Equal([soon.Id], await IdsAsync("/ledgers/petitions?x.clock=week"));
        Assert.Equal(3, (await IdsAsync("/ledgers/petitions")).Length);
        Assert.Equal("unit=FZ&x.clock=week", (EntryListState.Read("/l?unit=FZ&x.clock=week")).ToQueryString());
        var marks = await bench.Get<IEnumerable<IRowMarks>>().First().OfAsync(ledger, [late, soon], default);
        Assert.Equal(("逾期18天", "剩5天"), (Assert.Single(marks[late.Id]).Text, Assert.Single(marks[soon.Id]).Text));
    }

    [DatabaseTheory, Databases]
    public async Task Changed_rules_are_worked_out_anew_at_the_next_start_and_only_for_their_ledger(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        for (var day = 1; day <= 20; day++) await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition($"2026-10-{day:00}"));
        await ClockBench.SaveAsync(bench, recorder, "FZ", "mediation", ClockBench.Mediation("2026-10-01", "2026-10-09"));
        await bench.Get<ClockKeeper>().ApplyAsync();
        Assert.Empty(await bench.Get<ClockKeeper>().ApplyAsync());

        var changed = new ClockCatalog(ClockBench.Definitions.Clocks.All.Select(rule => rule.Definition.Key == "petition.notice" ? rule.Definition with { Length = 10 } : rule.Definition), ClockBench.Definitions.Ledgers);
        var keeper = new ClockKeeper(bench.Get<IDbContextFactory<AppDbContext>>(), new ClockReckoner(changed, ClockBench.Definitions.Calendar), changed, ClockBench.Definitions.Calendar);
        await using var db = bench.Context();
        Assert.Equal(20, (await keeper.DifferencesAsync(db)).Count);
        Assert.Equal(["petitions"], await keeper.ApplyAsync());
        Assert.Empty(await keeper.DifferencesAsync(db));
        Assert.Equal(new DateOnly(2026, 10, 11), (await StoredAsync(bench)).Min(row => row.Due));
    }

    [DatabaseTheory, Databases]
    public async Task Verifying_finds_a_limit_that_was_changed_taken_out_or_put_in_past_the_program(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        for (var day = 1; day <= 3; day++) await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition($"2026-10-{day:00}"));
        await using var db = bench.Context();
        var ids = await db.EntryClocks.Select(clock => clock.EntryId).Order().ToListAsync();
        await db.EntryClocks.Where(clock => clock.EntryId == ids[0]).ExecuteUpdateAsync(set => set.SetProperty(clock => clock.OpenDue, new DateOnly(2026, 12, 31)));
        await db.EntryClocks.Where(clock => clock.EntryId == ids[1]).ExecuteDeleteAsync();
        db.EntryClocks.Add(new() { EntryId = 99_999, ClockKey = "petition.notice", UnitId = 1, LedgerKey = "petitions", Draft = false, Force = ClockForce.Hard, Start = new(2026, 1, 1) });
        await db.SaveChangesAsync();
        var found = await bench.Get<ClockKeeper>().DifferencesAsync(db);
        Assert.Equal([ids[0], ids[1], 99_999], found.Select(difference => difference.EntryId).Order());
    }

    [DatabaseTheory, Databases]
    public async Task An_entry_that_changes_twice_in_one_transaction_ends_with_its_last_limits(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var (recorder, ledger) = (bench.Person(Role.Recorder, "FZ"), ClockBench.Definitions.Ledgers.Ledger("petitions")!);
        var entry = await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition("2026-10-20"));
        EntryChange Changed(Entry before, string day) => new(before, Dated(before, day), ledger, "edit", null, recorder, DateTime.UtcNow);
        await using (var db = bench.Context())
        {
            await using var transaction = await db.BeginWriteAsync();
            var keeper = bench.Get<ClockKeeper>();
            var (first, second) = (Changed(entry, "2026-10-21"), Changed(Dated(entry, "2026-10-21"), "2026-10-22"));
            await keeper.OnChangedAsync(db, bench.Tree, [first, second], default);
            await db.SaveChangesAsync();
            await keeper.OnChangedAsync(db, bench.Tree, [Changed(Dated(entry, "2026-10-22"), "2026-10-23")], default);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        Assert.Equal(new DateOnly(2026, 10, 23), Assert.Single(await StoredAsync(bench)).Start);

        static Entry Dated(Entry entry, string day)
        {
            var copy = entry.Copy();
            copy.Values = entry.Values.With("registeredOn", day);
            return copy;
        }
    }

    [Fact]
    public async Task What_is_stored_agrees_with_the_entries_whatever_is_typed()
    {
        await using var bench = await ClockBench.CreateAsync();
        var recorder = bench.Person(Role.Recorder, "FZ");
        var random = new Random(7);
        var entries = new List<Entry>();
        for (var round = 0; round < 120; round++)
        {
            var values = ClockBench.Petition($"2026-{random.Next(1, 11):00}-{random.Next(1, 28):00}", ("source", random.Next(2) == 0 ? "own" : "forwarded"), ("notOurs", random.Next(3) == 0));
            if (random.Next(2) == 0) values = values.With("noticeOn", "2026-11-15").With("acceptance", "accepted").With("acceptedOn", "2026-11-15").With("route", "petition").With("office", "办").With("officer", "人");
            var again = entries.Count > 0 && random.Next(3) == 0 ? entries[random.Next(entries.Count)] : null;
            if (again is not null) entries.Remove(again);
            entries.Add(await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", again is null ? values : values.With("petitionedOn", again.Values.Text("petitionedOn")).With("registeredOn", again.Values.Text("registeredOn")), submit: false, again));
        }
        await using var db = bench.Context();
        Assert.Empty(await bench.Get<ClockKeeper>().DifferencesAsync(db));
    }

    [DatabaseTheory, Databases]
    public async Task The_to_do_list_holds_each_group_for_whom_it_concerns(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var (recorder, reviewer, leader) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 9), bench.Person(Role.Leader, "FZ", 5));
        await ClockBench.SaveAsync(bench, recorder, "FZ01", "petitions", ClockBench.Petition("2026-10-20"));
        var returned = await ClockBench.SaveAsync(bench, recorder, "FZ01", "petitions", ClockBench.Petition("2026-11-12"));
        await bench.Entries.MoveAsync(reviewer, returned.Id, returned.Version, EntryAction.Return, "请补充诉求");
        await ClockBench.SaveAsync(bench, recorder, "FZ01", "mediation", ClockBench.Mediation("2026-11-01", "2026-11-09"));
        await ClockBench.SaveAsync(bench, recorder, "FZ01", "mediation", ClockBench.Mediation("2026-11-01", "2026-11-09"), submit: false);

        Assert.Equal("overdue=1 week=1 returned=1 drafts=1 casefiles=1", await TodoAsync(bench, new(recorder, bench.Unit("FZ01"))));
        Assert.Equal("overdue=1 week=1 review=2 casefiles=1", await TodoAsync(bench, new(reviewer, bench.Unit("FZ"))));
        Assert.Equal("overdue=1 week=1 casefiles=1", await TodoAsync(bench, new(leader, bench.Unit("FZ"))));
        Assert.Equal("overdue=1 week=1 returned=1 review=2 casefiles=1", await TodoAsync(bench, new(leader, bench.Unit("FZ"), Everyone: true)));
        Assert.Equal("", await TodoAsync(bench, new(bench.Person(Role.Recorder, "FZ02", 3), bench.Unit("FZ02"))));

        var book = bench.Get<TodoBook>();
        var rows = await book.Find("overdue")!.RowsAsync(new(reviewer, bench.Unit("FZ")), 0, 10, default);
        Assert.Equal("受理告知 逾期18天（2026-11-04）", Assert.Single(rows).Note);
        Assert.Contains("请补充诉求", Assert.Single(await book.Find("returned")!.RowsAsync(new(recorder, bench.Unit("FZ01")), 0, 10, default)).Note, StringComparison.Ordinal);
        // A draft is left lying after three days; then the unit sees it too.
        Assert.Empty(await book.Find("drafts")!.CountsAsync(new(reviewer, bench.Unit("FZ"), Everyone: true), default));
        bench.Clock.Utc = bench.Clock.Utc.AddDays(4);
        Assert.Equal(1, (await book.Find("drafts")!.CountsAsync(new(reviewer, bench.Unit("FZ"), Everyone: true), default)).Values.Sum());
    }

    [Fact]
    public async Task The_badge_counts_what_presses_and_follows_what_is_saved()
    {
        await using var bench = await ClockBench.CreateAsync();
        var recorder = bench.Person(Role.Recorder, "FZ01");
        var book = bench.Get<TodoBook>();
        Task<int> CountAsync() => book.CountAsync(recorder, bench.Unit("FZ01"), 2026, default);
        Assert.Equal(0, await CountAsync());
        var petition = await ClockBench.SaveAsync(bench, recorder, "FZ01", "petitions", ClockBench.Petition("2026-10-20"));
        Assert.Equal(1, await CountAsync());
        await ClockBench.SaveAsync(bench, recorder, "FZ01", "petitions", ClockBench.Petition("2026-10-20", ("noticeOn", "2026-11-20"), ("acceptance", "refused")), before: petition);
        Assert.Equal(0, await CountAsync());
    }

    static async Task<string> TodoAsync(Workbench bench, TodoScope scope)
    {
        var groups = new List<string>();
        foreach (var group in bench.Get<TodoBook>().Groups(scope))
            if ((await group.CountsAsync(scope, default)).Values.Sum() is > 0 and var count)
            {
                groups.Add($"{group.Key}={count}");
                Assert.Equal(count, (await group.RowsAsync(scope, 0, 100, default)).Count);
            }
        return string.Join(' ', groups);
    }

    static async Task<List<EntryClock>> StoredAsync(Workbench bench)
    {
        await using var db = bench.Context();
        return await db.EntryClocks.AsNoTracking().OrderBy(clock => clock.EntryId).ThenBy(clock => clock.ClockKey).ToListAsync();
    }
}

using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Ledgers.Review;

public sealed class PeriodTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static EntryInput Input(string unit, string heldOn, Entry? of = null) => new(of?.Id, "lectures", unit, SampleCatalog.Complete(heldOn), of?.Version ?? 0);

    static Entry Saved(EntryResult result) => Assert.IsType<EntryResult.Done>(result).Entry;

    static async Task<AppUser> AccountAsync(Workbench bench, Role role, string unit)
    {
        await using var db = bench.Context();
        var account = new AppUser { UserName = role + unit, NormalizedUserName = (role + unit).ToUpperInvariant(), DisplayName = "李样例", Role = role, UnitId = bench.Unit(unit).Id };
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    static async Task<PeriodLock> LockAsync(Workbench bench, string unit, int month)
    {
        Assert.Null(await bench.Get<PeriodService>().LockAsync(bench.Person(Role.Reviewer, unit, 2), bench.Unit(unit), 2026, month));
        await using var db = bench.Context();
        return await db.PeriodLocks.AsNoTracking().OrderBy(l => l.Id).LastAsync();
    }

    static void AssertClosed(EntryResult result)
    {
        var sentence = result is EntryResult.Refused refused ? refused.Reason : Assert.Single(Assert.IsType<EntryResult.Invalid>(result).Errors, error => error.Field == "heldOn").Message;
        Assert.Contains("法镇2026年10月已由样例2于11月22日封账", sentence, StringComparison.Ordinal);
        Assert.Contains("批准例外", sentence, StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task In_a_closed_month_nothing_is_logged_changed_moved_or_voided(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Reviewer, "FZ", 2));
        var draft = Saved(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-10-08")));
        var submitted = Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-10-09")));
        var approved = Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-10-10")));
        approved = Saved(await bench.Entries.MoveAsync(reviewer, approved.Id, approved.Version, EntryAction.Approve, null));
        var november = Saved(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-11-03")));
        await LockAsync(bench, "FZ", 10);
        await using var db = bench.Context();
        var lines = await db.AuditEvents.CountAsync();

        foreach (var unit in (string[])["FZ", "FZ01", "FZ02"]) AssertClosed(await bench.Entries.SaveAsync(recorder, Input(unit, "2026-10-31")));
        AssertClosed(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-10-01")));
        AssertClosed(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-10-08", draft)));
        // Neither out of the month nor into it.
        AssertClosed(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-11-08", draft)));
        AssertClosed(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-10-08", november)));
        AssertClosed(await bench.Entries.MoveAsync(recorder, draft.Id, draft.Version, EntryAction.Submit, null));
        AssertClosed(await bench.Entries.MoveAsync(reviewer, submitted.Id, submitted.Version, EntryAction.Approve, null));
        AssertClosed(await bench.Entries.MoveAsync(reviewer, submitted.Id, submitted.Version, EntryAction.Return, "请核对"));
        AssertClosed(await bench.Entries.MoveAsync(reviewer, approved.Id, approved.Version, EntryAction.Unlock, "请核对"));
        AssertClosed(await bench.Entries.MoveAsync(reviewer, approved.Id, approved.Version, EntryAction.Void, "重复"));
        Assert.Equal(lines, await db.AuditEvents.CountAsync());

        Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-09-30")));
        Saved(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "DH"), Input("DH01", "2026-10-08")));
    }

    [DatabaseTheory, Databases]
    public async Task An_exception_lets_one_person_in_until_its_day_and_what_he_logs_is_marked(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var account = await AccountAsync(bench, Role.Recorder, "FZ01");
        var (named, other, reviewer) = (bench.Person(Role.Recorder, "FZ01", account.Id), bench.Person(Role.Recorder, "FZ01", 90), bench.Person(Role.Reviewer, "FZ", 2));
        var closed = await LockAsync(bench, "FZ", 10);
        var periods = bench.Get<PeriodService>();
        Assert.NotNull(await periods.ExceptAsync(reviewer, closed.Id, account.Id, " ", new(2026, 11, 25)));
        Assert.NotNull(await periods.ExceptAsync(reviewer, closed.Id, account.Id, "漏登", new(2026, 11, 21)));
        Assert.NotNull(await periods.ExceptAsync(other, closed.Id, account.Id, "漏登", new(2026, 11, 25)));
        Assert.NotNull(await periods.ExceptAsync(bench.Person(Role.Reviewer, "DH", 5), closed.Id, account.Id, "漏登", new(2026, 11, 25)));
        Assert.Null(await periods.ExceptAsync(reviewer, closed.Id, account.Id, "漏登一场讲座", new(2026, 11, 25)));

        AssertClosed(await bench.Entries.SubmitAsync(other, Input("FZ01", "2026-10-30")));
        var entry = Saved(await bench.Entries.SubmitAsync(named, Input("FZ01", "2026-10-30")));
        Assert.True(entry.Backdated);
        Assert.Contains("漏登一场讲座", (await bench.Lists.HistoryAsync(named, entry.Id))[0].Event.Note, StringComparison.Ordinal);

        bench.Clock.Utc = new(2026, 11, 25, 20, 0, 0); // 26 November in China
        AssertClosed(await bench.Entries.SubmitAsync(named, Input("FZ01", "2026-10-31")));
        await using var db = bench.Context();
        Assert.Equal(["lock-month", "except-month"], await db.AuditEvents.Where(a => a.Subject == "month").OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync());
    }

    [DatabaseTheory, Databases]
    public async Task Only_ended_months_are_closed_and_only_a_reason_opens_them_again(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (periods, reviewer, fz) = (bench.Get<PeriodService>(), bench.Person(Role.Reviewer, "FZ", 2), bench.Unit("FZ"));
        Assert.Contains("还没有结束", await periods.LockAsync(reviewer, fz, 2026, 11), StringComparison.Ordinal);
        Assert.NotNull(await periods.LockAsync(reviewer, bench.Unit("DH"), 2026, 10));
        Assert.NotNull(await periods.LockAsync(bench.Person(Role.Recorder, "FZ"), fz, 2026, 10));
        Assert.NotNull(await periods.LockAsync(bench.Person(Role.Inspector, "NZ"), fz, 2026, 10));
        var closed = await LockAsync(bench, "FZ", 10);
        Assert.Contains("已由", await periods.LockAsync(bench.Person(Role.Leader, "FZ", 3), fz, 2026, 10), StringComparison.Ordinal);

        Assert.NotNull(await periods.UnlockAsync(reviewer, closed.Id, null));
        Assert.NotNull(await periods.UnlockAsync(bench.Person(Role.Reviewer, "FZ01", 7), closed.Id, "补录"));
        Assert.Null(await periods.UnlockAsync(bench.Person(Role.Administrator, "NZ", 4), closed.Id, "上级要求补录"));
        Saved(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), Input("FZ01", "2026-10-30")));
        await using var db = bench.Context();
        Assert.Equal("2026年10月：上级要求补录", (await db.AuditEvents.OrderBy(a => a.Sequence).LastAsync(a => a.Action == "unlock-month")).Note);
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
    }

    [DatabaseTheory, Databases]
    public async Task A_closed_month_is_closed_to_batches_and_to_undoing_them(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (batches, recorder) = (bench.Get<EntryBatches>(), bench.Person(Role.Recorder, "FZ"));
        var done = await ImportAsync("2026-10-05");
        Assert.Equal(1, done.Created);
        await LockAsync(bench, "FZ", 10);
        var refused = await ImportAsync("2026-10-06");
        Assert.Equal((0, 1), (refused.Created, refused.Faulty));
        Assert.Contains("已由样例2于11月22日封账", Assert.Single(Assert.Single(refused.Errors).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("封账", Assert.IsType<UndoOutcome.Refused>(await batches.UndoAsync(recorder, done.Batch!.Id)).Reason, StringComparison.Ordinal);
        await using var db = bench.Context();
        Assert.Equal(EntryState.Submitted, (await db.Entries.SingleAsync()).State);

        Task<BatchOutcome> ImportAsync(string day) => batches.RunAsync(recorder, new("import", "导入“旧台账.xlsx”", SampleCatalog.Lectures, bench.Unit("FZ")) { CreateAction = "import" },
            new BatchEdit[] { new BatchEdit.New(2, "FZ01", SampleCatalog.Complete(day), Submit: true) }.ToAsyncEnumerable());
    }

    [DatabaseTheory, Databases]
    public async Task What_is_logged_long_after_its_day_is_marked_and_found(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var entries = new List<Entry>();
        foreach (var day in (string[])["2026-10-23", "2026-10-22", "2026-01-05"]) entries.Add(Saved(await bench.Entries.SaveAsync(recorder, Input("FZ01", day))));
        Assert.Equal([false, true, true], entries.Select(entry => entry.Backdated));
        var query = EntryListState.Read("/ledgers/lectures?backdated=1").ToQuery(recorder, bench.Tree, SampleCatalog.Lectures, bench.Get<IRowRules>(), 2026, out _)!;
        Assert.Equal(entries.Skip(1).Select(entry => entry.Id), (await bench.Lists.PageAsync(query, 1, 10)).Select(entry => entry.Id));
        // A date that was mistyped and mended is no backdating.
        Assert.False(Saved(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-11-20", entries[2]))).Backdated);
    }

    [Fact]
    public void A_lock_above_and_a_lock_below_must_both_be_excepted()
    {
        Unit county = Of(1, null, "/1/"), town = Of(2, 1, "/1/2/"), village = Of(3, 2, "/1/2/3/");
        PeriodLock above = Lock(10, county.Id), below = Lock(11, village.Id);
        var person = new Person(7, "a", "样例", Role.Recorder, village.Id);
        Assert.Null(Book([]).Closed(person, village, new(2026, 9, 30)));
        Assert.Equal(below, Book([]).Closed(person, village, new(2026, 10, 31)));
        Assert.Equal(above, Book([]).Closed(person, town, new(2026, 10, 1)));
        Assert.Equal(above, Book([Except(below)]).Closed(person, village, new(2026, 10, 5)));
        Assert.Null(Book([Except(below), Except(above)]).Closed(person, village, new(2026, 10, 5)));
        Assert.NotNull(Book([Except(below), Except(above)]).Closed(person with { Id = 8 }, village, new(2026, 10, 5)));
        // The command line is nobody in particular and so has no exceptions.
        Assert.NotNull(Book([Except(below, 0), Except(above, 0)]).Closed(Person.Machine, village, new(2026, 10, 5)));

        PeriodBook Book(LockException[] exceptions) => new(new([county, town, village]), new(2026, 11, 22), [above, below], exceptions);
        static Unit Of(int id, int? parent, string path) => new() { Id = id, Code = "U" + id, Name = "单位" + id, Kind = UnitKind.Town, ParentId = parent, Path = path };
        static PeriodLock Lock(int id, int unit) => new() { Id = id, UnitId = unit, Month = 202610, LockedById = 1, LockedBy = "样例", LockedAt = default };
        static LockException Except(PeriodLock closed, int person = 7) =>
            new() { LockId = closed.Id, PersonId = person, PersonName = "样例", Reason = "漏登", Until = new(2026, 11, 22), GrantedBy = "样例", GrantedAt = default };
    }
}

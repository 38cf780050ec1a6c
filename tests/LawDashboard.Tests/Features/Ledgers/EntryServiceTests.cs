using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class EntryServiceTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static EntryInput Input(string unit, string heldOn, params (string, object?)[] more) => new(null, "lectures", unit, SampleCatalog.Complete(heldOn, more));

    static Entry Saved(EntryResult result) => Assert.IsType<EntryResult.Done>(result).Entry;

    [DatabaseTheory, Databases]
    public async Task An_entry_goes_from_draft_over_review_to_approval_and_every_step_is_in_its_history(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        var draft = Saved(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-03-05", ("speaker", "张样例"))));
        Assert.Equal((EntryState.Draft, null, "学习民法典（张**"), (draft.State, draft.Serial, draft.Title.TrimEnd('）')));

        var submitted = Saved(await bench.Entries.MoveAsync(recorder, draft.Id, draft.Version, EntryAction.Submit, null) is EntryResult.Done done
            ? done : throw new InvalidOperationException());
        var approved = Saved(await bench.Entries.MoveAsync(reviewer, draft.Id, submitted.Version, EntryAction.Approve, null));
        Assert.Equal((EntryState.Approved, "样例2"), (approved.State, approved.ApprovedBy));

        var history = await bench.Lists.HistoryAsync(reviewer, draft.Id);
        Assert.Equal(["approve", "submit", "create"], history.Select(line => line.Event.Action));
        Assert.Equal(EntryState.Submitted, history[0].Before!.State);
    }

    [DatabaseTheory, Databases]
    public async Task Serial_numbers_run_without_gaps_per_ledger_unit_and_year(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var serials = new List<string?>();
        foreach (var (unit, date) in new[] { ("FZ01", "2026-03-05"), ("FZ02", "2026-03-06"), ("FZ01", "2025-12-31"), ("FZ01", "2026-02-01"), ("FZ01", "2026-05-01") })
            serials.Add(Saved(await bench.Entries.SubmitAsync(recorder, Input(unit, date))).Serial);
        Assert.Equal(["FZ01-FZJZ-2026-0001", "FZ02-FZJZ-2026-0001", "FZ01-FZJZ-2025-0001", "FZ01-FZJZ-2026-0002", "FZ01-FZJZ-2026-0003"], serials);
    }

    [DatabaseTheory, Databases]
    public async Task A_refused_submission_uses_no_number_and_writes_nothing(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var bad = await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-12-24", ("attended", 30L), ("invited", 20L)));
        var errors = Assert.IsType<EntryResult.Invalid>(bad).Errors;
        Assert.Equal(["heldOn", "attended"], errors.Select(error => error.Field));
        Assert.Contains("今天", errors[0].Message, StringComparison.Ordinal);
        await using var db = bench.Context();
        Assert.Equal((0, 0, 0), (await db.Entries.CountAsync(), await db.AuditEvents.CountAsync(), await db.Tallies.CountAsync()));
        Assert.Equal("FZ01-FZJZ-2026-0001", Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-03-05"))).Serial);
    }

    [DatabaseTheory, Databases]
    public async Task The_second_saver_gets_the_first_ones_version_and_nothing_is_overwritten(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var entry = Saved(await bench.Entries.SaveAsync(recorder, Input("FZ01", "2026-03-05")));
        var mine = new EntryInput(entry.Id, "lectures", "FZ01", entry.Values.With("topic", "我的题目"), entry.Version);
        Saved(await bench.Entries.SaveAsync(recorder, mine with { Values = entry.Values.With("topic", "先存的题目") }));
        var conflict = Assert.IsType<EntryResult.Conflict>(await bench.Entries.SaveAsync(recorder, mine));
        Assert.Equal("先存的题目", conflict.Current.Values.Text("topic"));
        Assert.Equal("先存的题目", (await bench.Lists.FindAsync(recorder, entry.Id))!.Values.Text("topic"));
    }

    [DatabaseTheory, Databases]
    public async Task Nobody_sees_or_changes_entries_outside_his_units(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var other = bench.Person(Role.Reviewer, "DH");
        var entry = Saved(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), Input("FZ01", "2026-03-05")));
        Assert.Null(await bench.Lists.FindAsync(other, entry.Id));
        Assert.Empty(await bench.Lists.PageAsync(new() { Person = other, Unit = bench.Unit("FZ") }, 1, 10));
        Assert.IsType<EntryResult.Refused>(await bench.Entries.MoveAsync(other, entry.Id, entry.Version, EntryAction.Approve, null));
        Assert.IsType<EntryResult.Invalid>(await bench.Entries.SaveAsync(other, Input("FZ01", "2026-03-05")));
        Assert.Single(await bench.Lists.PageAsync(new() { Person = bench.Person(Role.Inspector, "NZ") }, 1, 10));
    }

    [DatabaseTheory, Databases]
    public async Task Returns_and_voidings_need_a_note_and_a_returned_entry_can_be_mended_and_submitted_again(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        var entry = Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-03-05")));
        Assert.IsType<EntryResult.Invalid>(await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Return, " "));
        var returned = Saved(await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Return, "请补充实到人数"));
        Assert.Equal("请补充实到人数", returned.StateNote);
        var again = Saved(await bench.Entries.SubmitAsync(recorder, new(entry.Id, "lectures", "FZ01", entry.Values.With("attended", 25L), returned.Version)));
        Assert.Equal((EntryState.Submitted, null, entry.Serial), (again.State, again.StateNote, again.Serial));
    }

    [DatabaseTheory, Databases]
    public async Task A_numbered_entry_keeps_its_year_and_unit(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var entry = Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-03-05")));
        var moved = await bench.Entries.SaveAsync(recorder, new(entry.Id, "lectures", "FZ02", entry.Values.With("heldOn", "2025-03-05"), entry.Version));
        Assert.Equal(["heldOn", "unit"], Assert.IsType<EntryResult.Invalid>(moved).Errors.Select(error => error.Field));
    }

    [DatabaseTheory, Databases]
    public async Task Many_writers_at_once_leave_gapless_serials_an_unbroken_log_and_exact_tallies(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        const int writers = 8, each = 12;
        await Task.WhenAll(Enumerable.Range(1, writers).Select(writer => Task.Run(async () =>
        {
            var recorder = bench.Person(Role.Recorder, "FZ", writer);
            for (var i = 0; i < each; i++)
                Saved(await bench.Entries.SubmitAsync(recorder, Input(i % 2 == 0 ? "FZ01" : "FZ02", $"2026-0{1 + i % 9}-10", ("attended", (long)writer))));
        })));
        await using var db = bench.Context();
        foreach (var unit in new[] { "FZ01", "FZ02" })
        {
            var id = bench.Unit(unit).Id;
            var numbers = await db.Entries.Where(e => e.UnitId == id).Select(e => e.Number!.Value).ToListAsync();
            Assert.Equal(Enumerable.Range(1, writers * each / 2), numbers.Order());
        }
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
        Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
    }

    [DatabaseTheory, Databases]
    public async Task Free_text_search_finds_Chinese_in_titles_serials_and_values(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-03-05", ("notes", "在村委会“院坝”举行_100%"))));
        Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ02", "2026-03-06", ("topic", "反诈宣讲"))));
        async Task<int> Find(string text) => await bench.Lists.CountAsync(new() { Person = recorder, Ledger = SampleCatalog.Lectures, Search = text });
        Assert.Equal((1, 1, 1, 2, 0, 1, 0),
            (await Find("院坝"), await Find("反诈"), await Find("FZ02-FZJZ"), await Find("2026"), await Find("院坝 反诈"), await Find("_100%"), await Find("%村_会")));
    }

    [DatabaseTheory, Databases]
    public async Task Dictionary_yes_no_and_unit_filters_select_in_the_database(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-03-05", ("kind", "school"), ("laws", new[] { "civil", "petition" }), ("exam", true), ("passed", 3L))));
        Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-03-06", ("kind", "cadre"), ("laws", new[] { "constitution" }), ("village", "FZ02"))));
        async Task<int> With(string field, params string[] codes) => await bench.Lists.CountAsync(new()
        {
            Person = recorder, Ledger = SampleCatalog.Lectures,
            Filters = new Dictionary<string, IReadOnlyList<string>> { [field] = codes },
        });
        Assert.Equal((1, 2, 1, 2, 1, 1, 1),
            (await With("kind", "school"), await With("kind", "school", "cadre"), await With("laws", "petition"), await With("laws", "petition", "constitution"),
             await With("exam", "yes"), await With("exam", "no"), await With("village", "FZ02")));
    }

    [DatabaseTheory, Databases]
    public async Task Personal_data_is_shown_whole_only_with_a_reason_and_the_log_says_so(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var entry = Saved(await bench.Entries.SubmitAsync(recorder, Input("FZ01", "2026-03-05", ("speaker", "张样例"))));
        Assert.DoesNotContain("张样例", entry.Title, StringComparison.Ordinal);
        Assert.IsType<EntryResult.Invalid>(await bench.Lists.RevealAsync(recorder, entry.Id, "", bench.Clock));
        Assert.IsType<EntryResult.Refused>(await bench.Lists.RevealAsync(bench.Person(Role.Inspector, "NZ"), entry.Id, "检查", bench.Clock));
        Assert.IsType<EntryResult.Done>(await bench.Lists.RevealAsync(recorder, entry.Id, "核对身份", bench.Clock));
        var line = (await bench.Lists.HistoryAsync(recorder, entry.Id))[0].Event;
        Assert.Equal(("reveal", "核对身份"), (line.Action, line.Note));
    }
}

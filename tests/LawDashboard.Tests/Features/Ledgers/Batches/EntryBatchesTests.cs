using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Ledgers.Batches;

public sealed class EntryBatchesTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static BatchRequest Request(Workbench bench, bool skip = false) =>
        new("import", "导入“旧台账.xlsx”", SampleCatalog.Lectures, bench.Unit("FZ")) { SkipFaulty = skip, CreateAction = "import" };

    static BatchEdit.New New(int row, string unit, string heldOn, params (string, object?)[] more) => new(row, unit, SampleCatalog.Complete(heldOn, more), Submit: true);

    static Task<BatchOutcome> RunAsync(Workbench bench, Person person, BatchRequest request, params BatchEdit[] edits) =>
        bench.Get<EntryBatches>().RunAsync(person, request, edits.ToAsyncEnumerable());

    static async Task AssertWholeAsync(Workbench bench)
    {
        await using var db = bench.Context();
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
        Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
    }

    static async Task<List<string?>> SerialsAsync(Workbench bench)
    {
        await using var db = bench.Context();
        return await db.Entries.Where(e => e.State != EntryState.Voided).OrderBy(e => e.Id).Select(e => e.Serial).ToListAsync();
    }

    [DatabaseTheory, Databases]
    public async Task A_batch_numbers_audits_and_counts_like_single_saves(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-01-05")));
        var outcome = await RunAsync(bench, recorder, Request(bench), [.. Enumerable.Range(0, 300).Select(n =>
            New(n + 2, n % 2 == 0 ? "FZ01" : "FZ02", $"2026-0{1 + n % 9}-10", ("attended", (long)n), ("laws", new[] { "civil" })))]);
        Assert.Equal((300, 0, 0, 0), (outcome.Created, outcome.Changed, outcome.Unchanged, outcome.Faulty));
        await AssertWholeAsync(bench);

        await using var db = bench.Context();
        var (first, second) = (bench.Unit("FZ01").Id, bench.Unit("FZ02").Id);
        Assert.Equal(Enumerable.Range(1, 151), await db.Entries.Where(e => e.UnitId == first).OrderBy(e => e.Id).Select(e => e.Number!.Value).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 150), await db.Entries.Where(e => e.UnitId == second).OrderBy(e => e.Id).Select(e => e.Number!.Value).ToListAsync());
        Assert.Equal(300, await db.AuditEvents.CountAsync(e => e.Action == "import" && e.Subject == "entry"));
        var batch = Assert.Single(await bench.Get<EntryBatches>().ListAsync(recorder, "import"));
        Assert.Equal((300, 2L, 301L), (batch.Created, batch.FirstSequence, batch.LastSequence));
        Assert.Empty(await bench.Get<EntryBatches>().ListAsync(bench.Person(Role.Recorder, "DH"), "import"));

        // The next single save goes on from there, with a key that nobody had.
        Assert.Equal("FZ01-FZJZ-2026-0152", Assert.IsType<EntryResult.Done>(
            await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-01-05")))).Entry.Serial);
    }

    [DatabaseTheory, Databases]
    public async Task One_bad_row_keeps_all_from_being_written_unless_it_may_be_left_out(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        BatchEdit[] edits = [New(2, "FZ01", "2026-03-05"), New(3, "FZ01", "2027-03-05"), New(4, "DH01", "2026-03-05"), New(5, "FZ02", "2026-03-05")];
        var refused = await RunAsync(bench, recorder, Request(bench), edits);
        Assert.Null(refused.Batch);
        Assert.Equal([(3, "heldOn"), (4, "unit")], refused.Errors.Select(error => (error.Row, error.Errors[0].Field)));
        Assert.Empty(await SerialsAsync(bench));

        var trial = await RunAsync(bench, recorder, Request(bench, skip: true) with { Trial = true }, edits);
        Assert.Equal((null, 2, 2), (trial.Batch, trial.Created, trial.Faulty));
        await using (var db = bench.Context())
            Assert.Equal((0, 0, 0, 0), (await db.Entries.CountAsync(), await db.AuditEvents.CountAsync(), await db.EntryBatches.CountAsync(), await db.SerialCounters.CountAsync()));

        var partly = await RunAsync(bench, recorder, Request(bench, skip: true), edits);
        Assert.Equal((2, 2), (partly.Batch!.Created, partly.Faulty));
        Assert.Equal(["FZ01-FZJZ-2026-0001", "FZ02-FZJZ-2026-0001"], await SerialsAsync(bench));
        await AssertWholeAsync(bench);
    }

    [DatabaseTheory, Databases]
    public async Task What_is_incomplete_becomes_a_draft_where_that_is_allowed(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var values = SampleCatalog.Complete("2026-03-05", ("kind", null));
        await RunAsync(bench, bench.Person(Role.Recorder, "FZ"), Request(bench), new BatchEdit.New(2, "FZ01", values, Submit: true) { OrDraft = true });
        await using var db = bench.Context();
        var entry = await db.Entries.SingleAsync();
        Assert.Equal((EntryState.Draft, null), (entry.State, entry.Serial));
    }

    [DatabaseTheory, Databases]
    public async Task Numbers_brought_along_are_kept_and_later_ones_follow_them(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var request = Request(bench, skip: true) with { BroughtNumbers = new Dictionary<(string, int), int> { [("FZ01", 2026)] = 7 } };
        var outcome = await RunAsync(bench, recorder, request,
            New(2, "FZ01", "2026-03-05"), New(3, "FZ01", "2026-03-06") with { Serial = "FZ01-FZJZ-2026-0007" },
            New(4, "FZ01", "2026-03-07") with { Serial = "FZ01-FZJZ-2026-0007" }, New(5, "FZ01", "2026-03-07") with { Serial = "FZ02-FZJZ-2026-0003" },
            New(6, "FZ01", "2026-03-08") with { Serial = "FZ01-FZJZ-2026-0003" });
        Assert.Equal([(4, "serial"), (5, "serial")], outcome.Errors.Select(error => (error.Row, error.Errors[0].Field)));
        Assert.Equal(["FZ01-FZJZ-2026-0008", "FZ01-FZJZ-2026-0007", "FZ01-FZJZ-2026-0003"], await SerialsAsync(bench));
        var again = await RunAsync(bench, recorder, Request(bench), New(2, "FZ01", "2026-03-05") with { Serial = "FZ01-FZJZ-2026-0003" });
        Assert.Equal("编号FZ01-FZJZ-2026-0003已经有一条记录", again.Errors[0].Errors[0].Message);
    }

    [DatabaseTheory, Databases]
    public async Task Changes_and_moves_over_many_entries_follow_the_rules_of_single_ones(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Reviewer, "FZ", 2));
        await RunAsync(bench, recorder, Request(bench), New(2, "FZ01", "2026-03-05"), New(3, "FZ01", "2026-03-06"), New(4, "FZ02", "2026-03-07"));
        await using var db = bench.Context();
        var ids = await db.Entries.OrderBy(e => e.Id).Select(e => e.Id).ToListAsync();
        var request = new BatchRequest("edit", "类别改为校园", SampleCatalog.Lectures, bench.Unit("FZ")) { SkipFaulty = true };
        var changed = await RunAsync(bench, recorder, request,
            new BatchEdit.Change(1, ids[0], null, values => values.With("kind", "school")), new BatchEdit.Change(2, ids[0], null, values => values.With("topic", "又改")),
            new BatchEdit.Change(3, ids[1], null, values => values), new BatchEdit.Change(4, ids[2], 9, values => values.With("kind", "school")),
            new BatchEdit.Change(5, ids[2] + 100, null, values => values));
        Assert.Equal((1, 1, 3), (changed.Changed, changed.Unchanged, changed.Faulty));
        Assert.Equal([2, 4, 5], changed.Errors.Select(error => error.Row));

        var refused = await RunAsync(bench, recorder, request with { Kind = "move" }, [.. ids.Select((id, n) => new BatchEdit.Move(n, id, null, EntryAction.Approve))]);
        Assert.Equal(3, refused.Faulty);
        var approved = await RunAsync(bench, reviewer, request with { Kind = "move" }, [.. ids.Select((id, n) => new BatchEdit.Move(n, id, null, EntryAction.Approve))]);
        Assert.Equal(3, approved.Changed);
        await AssertWholeAsync(bench);

        Assert.Equal(3, Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(reviewer, approved.Batch!.Id)).Restored);
        // The approval was undone, so nothing that came after the older batch is left.
        Assert.Equal(1, Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(recorder, changed.Batch!.Id)).Restored);
        var back = await RunAsync(bench, recorder, request, new BatchEdit.Change(1, ids[0], 5, values => values.With("kind", "school").With("topic", "又改")));
        Assert.Equal(1, Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(recorder, back.Batch!.Id)).Restored);
        var first = (await bench.Lists.FindAsync(recorder, ids[0]))!;
        Assert.Equal(("cadre", "学习民法典", EntryState.Submitted, null, 7), (first.Values.Text("kind"), first.Values.Text("topic"), first.State, first.ApprovedBy, first.Version));
        await AssertWholeAsync(bench);
    }

    [DatabaseTheory, Databases]
    public async Task Undoing_an_import_takes_its_entries_out_and_gives_their_numbers_again(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-01-05")));
        var outcome = await RunAsync(bench, recorder, Request(bench), [.. Enumerable.Range(0, 90).Select(n => New(n + 2, "FZ01", "2026-03-05"))]);
        var lost = (await bench.Lists.PageAsync(new() { Person = recorder }, 1, 1))[0];
        var done = Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(recorder, outcome.Batch!.Id));
        Assert.Equal((90, 0, 0), (done.Removed, done.Voided, done.Restored));
        Assert.Equal(["FZ01-FZJZ-2026-0001"], await SerialsAsync(bench));
        await AssertWholeAsync(bench);

        await using (var db = bench.Context())
        {
            var line = await db.AuditEvents.Where(e => e.SubjectId == lost.Id).OrderByDescending(e => e.Sequence).FirstAsync();
            Assert.Equal(("undo", "撤销：导入“旧台账.xlsx”"), (line.Action, line.Note));
            Assert.Equal((lost.Serial, EntryState.Voided), (EntrySnapshot.Read(line.After!).Serial, EntrySnapshot.Read(line.After!).State));
        }
        var next = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-01-05")))).Entry;
        Assert.Equal("FZ01-FZJZ-2026-0002", next.Serial);
        Assert.True(next.Id > lost.Id, "A key is never given twice: the audit log speaks of the first one.");
        Assert.IsType<UndoOutcome.Refused>(await bench.Get<EntryBatches>().UndoAsync(recorder, outcome.Batch!.Id));
    }

    [DatabaseTheory, Databases]
    public async Task Where_later_numbers_follow_the_entries_are_voided_so_that_no_gap_arises(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var outcome = await RunAsync(bench, recorder, Request(bench), New(2, "FZ01", "2026-03-05"), New(3, "FZ01", "2026-03-06"), New(4, "FZ02", "2026-03-05"));
        await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-05-05")));
        var done = Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(recorder, outcome.Batch!.Id));
        Assert.Equal((1, 2, 0), (done.Removed, done.Voided, done.Restored));
        await using var db = bench.Context();
        var voided = await db.Entries.Where(e => e.State == EntryState.Voided).ToListAsync();
        Assert.Equal(2, voided.Count);
        Assert.All(voided, entry => Assert.Equal("撤销：导入“旧台账.xlsx”", entry.StateNote));
        Assert.Equal(["FZ01-FZJZ-2026-0003"], await SerialsAsync(bench));
        await AssertWholeAsync(bench);
    }

    [DatabaseTheory, Databases]
    public async Task A_batch_of_which_something_changed_since_is_not_undone_and_says_what(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var outcome = await RunAsync(bench, recorder, Request(bench), [.. Enumerable.Range(0, 10).Select(n => New(n + 2, "FZ01", "2026-03-05"))]);
        var entry = (await bench.Lists.PageAsync(new() { Person = recorder }, 1, 1))[0];
        await bench.Entries.SaveAsync(recorder, new(entry.Id, "lectures", "FZ01", entry.Values.With("topic", "后来改的"), entry.Version));
        var blocked = Assert.IsType<UndoOutcome.Blocked>(await bench.Get<EntryBatches>().UndoAsync(recorder, outcome.Batch!.Id));
        Assert.Equal((1, entry.Id), (blocked.Count, blocked.First[0].Id));
        Assert.Equal(10, (await SerialsAsync(bench)).Count);
        Assert.IsType<UndoOutcome.Refused>(await bench.Get<EntryBatches>().UndoAsync(bench.Person(Role.Recorder, "FZ", 9), outcome.Batch!.Id));
        Assert.IsType<UndoOutcome.Refused>(await bench.Get<EntryBatches>().UndoAsync(bench.Person(Role.Reviewer, "DH", 8), outcome.Batch!.Id));
    }

    [DatabaseTheory, Databases]
    public async Task A_batch_whose_entries_were_only_looked_at_or_copied_since_is_undone(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var outcome = await RunAsync(bench, recorder, Request(bench), New(2, "FZ01", "2026-03-05"));
        var entry = (await bench.Lists.PageAsync(new() { Person = recorder }, 1, 1))[0];
        foreach (var look in AuditTrail.Looks)
            await bench.Get<IDbContextFactory<AppDbContext>>().NoteAsync(new(DateTime.UtcNow, recorder.Id, recorder.Name, look, "entry", entry.Id, entry.LedgerKey, entry.UnitId), default);
        Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(recorder, outcome.Batch!.Id));
    }
}

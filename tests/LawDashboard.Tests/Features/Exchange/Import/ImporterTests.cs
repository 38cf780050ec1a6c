using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Tests.Features.Ledgers.Pointers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Exchange.Import;

public sealed class ImporterTests
{
    static WildSheet Sheet(params object?[][] rows)
    {
        var sheet = new WildSheet("2025年").Row("编号", "所属村", "活动日期", "活动主题", "活动形式", "主办单位", "受众人数", "备注");
        foreach (var row in rows) sheet.Row(row);
        return sheet;
    }

    static object?[] Line(string? serial, string village, string date, string theme, object? people = null, string? remark = null) => [serial, village, date, theme, "讲座", "司法所", people ?? 30, remark];

    static async Task<(int Entries, int Events, int Batches, int Tallies)> CountsAsync(Workbench bench)
    {
        await using var db = bench.Context();
        return (await db.Entries.CountAsync(), await db.AuditEvents.CountAsync(), await db.EntryBatches.CountAsync(), await db.Tallies.CountAsync(tally => tally.Count != 0));
    }

    [DatabaseTheory, Databases]
    public async Task A_trial_changes_nothing_the_import_is_one_batch_and_undoing_it_leaves_no_trace_but_the_log(DatabaseKind kind)
    {
        await using var bench = await ImportBench.CreateAsync(kind);
        var workbook = bench.Open(WildBook.Xlsx(Sheet(Line(null, "样例村", "2025.3.5", "宪法宣传"), Line(null, "示范村", "2025.3.6", "民法典宣传"), Line(null, "外星村", "2025.3.7", "反诈"), Line(null, "", "2025.3.8", "镇上"))));
        var choices = ImportBench.Choices("publicity");
        var trial = await bench.TryAsync(workbook, choices);
        Assert.Equal((3, 1), (trial.Of(Fate.New), trial.Of(Fate.Faulty)));
        Assert.Equal("B4", trial.Findings.Single(finding => finding.Severity == Severity.Error).Address);
        Assert.Equal((0, 0, 0, 0), await CountsAsync(bench.Bench));

        var outcome = await bench.ImportAsync(workbook, choices);
        Assert.Equal((3, 0, 0), (outcome.Created, outcome.Changed, outcome.RefusedCount));
        Assert.Equal(["FZ01-PFXC-2025-0001", "FZ02-PFXC-2025-0001", "FZ-PFXC-2025-0001"], (await bench.EntriesAsync()).Select(entry => entry.Serial));
        await using (var db = bench.Bench.Context())
        {
            Assert.Equal("导入“旧台账.xlsx”，第2行", (await db.AuditEvents.OrderBy(e => e.Sequence).FirstAsync()).Note);
            Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
            Assert.Empty(await Recount.DifferencesAsync(db, bench.Bench.Tree, bench.Bench.Get<Counters>(), default));
        }

        Assert.Equal(3, Assert.IsType<UndoOutcome.Done>(await bench.UndoAsync(outcome)).Removed);
        Assert.Equal((0, 6, 1, 0), await CountsAsync(bench.Bench));
        Assert.Equal(3, (await bench.ImportAsync(workbook, choices)).Created);
        Assert.Equal("FZ01-PFXC-2025-0001", (await bench.EntriesAsync())[0].Serial);
    }

    [DatabaseTheory, Databases]
    public async Task A_known_number_updates_its_entry_and_what_is_empty_or_masked_stays(DatabaseKind kind)
    {
        var sizes = new SizePointers("publicity", "audience");
        await using var bench = await ImportBench.CreateAsync(kind, services => services.AddSingleton<IPointerRule>(sizes));
        await bench.ImportAsync(bench.Open(WildBook.Xlsx(Sheet(Line(null, "样例村", "2025.3.5", "宪法宣传", remark: "原备注")))), ImportBench.Choices("publicity"));
        var again = bench.Open(WildBook.Xlsx(Sheet(Line("FZ01-PFXC-2025-0001", "样例村", "2025.3.5", "宪法宣传", 80), Line("FZ01-PFXC-2025-0007", "样例村", "2025.4.5", "新的一场"), Line(null, "样例村", "2025.5.5", "没有编号"))));
        var outcome = await bench.ImportAsync(again, ImportBench.Choices("publicity"));
        Assert.Equal((2, 1), (outcome.Created, outcome.Changed));
        var entries = await bench.EntriesAsync();
        Assert.Equal((80, "原备注", 2), (entries[0].Values.Number("audience"), entries[0].Values.Text("remark"), entries[0].Version));
        Assert.Equal(["FZ01-PFXC-2025-0001", "FZ01-PFXC-2025-0007", "FZ01-PFXC-2025-0008"], entries.Select(entry => entry.Serial));
        // What points to entries follows the file as well.
        Assert.Equal([80, 30, 30], (await sizes.StoredAsync(bench.Bench)).Select(pointer => pointer.Order));
        Assert.Empty(await SizePointers.DifferencesAsync(bench.Bench));

        // Undone as one: the update goes back, the new ones go.
        var undone = Assert.IsType<UndoOutcome.Done>(await bench.UndoAsync(outcome));
        Assert.Equal((2, 0, 1), (undone.Removed, undone.Voided, undone.Restored));
        Assert.Equal(30, Assert.Single(await bench.EntriesAsync()).Values.Number("audience"));
        Assert.Equal([("FZ01", "size", 30)], await sizes.StoredAsync(bench.Bench));
        Assert.Empty(await SizePointers.DifferencesAsync(bench.Bench));

        var skipped = await bench.ImportAsync(again, ImportBench.Choices("publicity") with { SameNumber = OnDuplicate.Skip });
        Assert.Equal((2, 0), (skipped.Created, skipped.Changed));
    }

    [DatabaseTheory, Databases]
    public async Task Likely_duplicates_are_skipped_taken_or_updated_as_the_person_chooses(DatabaseKind kind)
    {
        await using var bench = await ImportBench.CreateAsync(kind);
        await bench.ImportAsync(bench.Open(WildBook.Xlsx(Sheet(Line(null, "样例村", "2025.3.5", "宪法进农村宣传活动")))), ImportBench.Choices("publicity"));
        var file = bench.Open(WildBook.Xlsx(Sheet(Line(null, "样例村", "2025.3.5", "宪法进农村宣传", 99), Line(null, "样例村", "2025.3.5", "森林防火"), Line(null, "示范村", "2025.3.5", "宪法进农村宣传"), Line(null, "示范村", "2025.3.5", "宪法进农村宣传"))));
        var trial = await bench.TryAsync(file, ImportBench.Choices("publicity"));
        Assert.Equal([(2, MatchKind.Similar, Fate.Skip), (5, MatchKind.SameInFile, Fate.Skip), (3, MatchKind.None, Fate.New), (4, MatchKind.None, Fate.New)],
            trial.Rows.Select(row => (row.Row.Number, row.Kind, row.Fate)).OrderByDescending(row => row.Item2 != MatchKind.None).ThenBy(row => row.Number));
        Assert.Equal(2, (await bench.TryAsync(file, ImportBench.Choices("publicity") with { Similar = OnDuplicate.New })).Duplicates);

        var outcome = await bench.ImportAsync(file, ImportBench.Choices("publicity") with { Rows = new Dictionary<int, OnDuplicate> { [2] = OnDuplicate.Update } });
        Assert.Equal((2, 1), (outcome.Created, outcome.Changed));
        Assert.Equal((99, "宪法进农村宣传"), ((await bench.EntriesAsync())[0].Values.Number("audience"), (await bench.EntriesAsync())[0].Values.Text("theme")));
    }

    [Fact]
    public async Task Bad_cells_can_be_left_blank_incomplete_rows_become_drafts_and_approved_entries_stay()
    {
        await using var bench = await ImportBench.CreateAsync();
        var file = bench.Open(WildBook.Xlsx(Sheet(Line(null, "样例村", "2025.3.5", "宪法宣传", "全村"), Line(null, "样例村", "2025.3.6", ""), Line(null, "样例村", "某天", "没有日期"))));
        var outcome = await bench.ImportAsync(file, ImportBench.Choices("publicity") with { BlankFaulty = true });
        Assert.Equal(2, outcome.Created);
        Assert.Equal(EntryState.Draft, (await bench.EntriesAsync())[1].State);
        Assert.Equal(1, outcome.Report.Of(Fate.Faulty));

        var first = (await bench.EntriesAsync())[0];
        Assert.Equal(EntryState.Submitted, first.State);
        await bench.Bench.Entries.MoveAsync(bench.Recorder, first.Id, first.Version, EntryAction.Approve, null);
        var update = await bench.TryAsync(bench.Open(WildBook.Xlsx(Sheet(Line(first.Serial, "样例村", "2025.3.5", "改名")))), ImportBench.Choices("publicity"));
        Assert.Equal(1, update.Of(Fate.Skip));
        Assert.Contains("已审", Assert.Single(update.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_matched_layout_is_remembered_for_the_next_file_like_it()
    {
        await using var bench = await ImportBench.CreateAsync();
        static WildSheet Odd(string date) => new WildSheet("2025年").Row("活动日期", "干了什么", "活动形式", "主办单位").Row(date, "宪法宣传", "讲座", "司法所");
        var choices = ImportBench.Choices("publicity");
        Assert.DoesNotContain((await bench.TryAsync(bench.Open(WildBook.Xlsx(Odd("2025.3.5"))), choices)).Columns, column => column.Target.Key == "theme");
        await bench.ImportAsync(bench.Open(WildBook.Xlsx(Odd("2025.3.5"))), choices with { Columns = new Dictionary<int, string> { [0] = "heldOn", [1] = "theme", [2] = "form", [3] = "host" } });
        var next = await bench.TryAsync(bench.Open(WildBook.Xlsx(Odd("2025.4.5"))), choices);
        Assert.Contains(next.Columns, column => column.Target.Key == "theme");
        Assert.Equal(1, next.Of(Fate.New));
    }

    [Fact]
    public async Task A_file_that_breaks_in_the_middle_imports_nothing()
    {
        await using var bench = await ImportBench.CreateAsync();
        var sheet = Sheet();
        for (var n = 0; n < 9_000; n++) sheet.Row(Line(null, "样例村", "2025.3.5", $"宣传{n}"));
        var whole = bench.Open(WildBook.Xlsx(sheet));
        var trial = await bench.TryAsync(whole, ImportBench.Choices("publicity"));
        var path = bench.Save(WildBook.Xlsx(sheet));
        var workbook = Workbook.Open(path, "旧台账.xlsx");
        var parts = WildBook.Parts(sheet);
        parts[WildBook.Sheet1] = parts[WildBook.Sheet1].Replace("宣传8500", "</broken>", StringComparison.Ordinal);
        File.WriteAllBytes(path, WildBook.Package(parts));
        await Assert.ThrowsAsync<WorkbookException>(() => bench.Importer.ImportAsync(bench.Recorder, workbook, ImportBench.Choices("publicity"), trial, null, default));
        Assert.Equal((0, 0, 0, 0), await CountsAsync(bench.Bench));
    }

    [Fact]
    public async Task Only_who_records_imports_and_only_for_his_units()
    {
        await using var bench = await ImportBench.CreateAsync();
        var workbook = bench.Open(WildBook.Xlsx(Sheet(Line(null, "", "2025.3.5", "宪法宣传"))));
        foreach (var person in new[] { bench.Bench.Person(Role.Leader, "FZ"), bench.Bench.Person(Role.Recorder, "DH") })
            await Assert.ThrowsAsync<WorkbookException>(() => bench.Importer.TryAsync(person, workbook, ImportBench.Choices("publicity"), null, default));
    }
}

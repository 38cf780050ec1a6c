using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Ledgers;

/// <summary>Editing a page of a list as a spreadsheet: the state without the keys.</summary>
public sealed class GridEditorTests
{
    static readonly DateOnly Today = new(2026, 11, 22);
    static readonly Person Recorder = new(1, "a1", "样例1", Role.Recorder, 3);
    static readonly IReadOnlyList<ListColumn> Columns = ListColumns.Of(SampleCatalog.Lectures, "date,title,topic,kind,invited,attended,exam,passed,speaker");
    const int Date = 0, Title = 1, Topic = 2, Kind = 3, Invited = 4, Attended = 5, Exam = 6, Passed = 7, Speaker = 8;

    static Entry Row(long id, EntryState state = EntryState.Draft, params (string, object?)[] more) => new()
    {
        Id = id, LedgerKey = "lectures", UnitId = 3, Date = new(2026, 3, 5), Title = "学习民法典", State = state, Version = 4, CreatedBy = "样例1",
        Values = SampleCatalog.Complete("2026-03-05", more),
    };

    static GridEditor Grid(params Entry[] rows) => new(SampleCatalog.Lectures, Columns, rows, Recorder,
        new(SampleCatalog.Ledgers, UnitTree.Empty, Today), new(SampleCatalog.Ledgers, Today), new(SampleCatalog.Ledgers, UnitTree.Empty));

    static FieldValues Applied(GridEditor grid, int edit = 0) => ((BatchEdit.Change)grid.Edits()[edit]).Values(grid.Rows[grid.Edits()[edit].Row - 1].Values);

    [Fact]
    public void What_is_typed_is_read_as_on_the_form_and_leaves_as_one_edit_a_row()
    {
        var grid = Grid(Row(7), Row(8));
        Assert.True(grid.Set(1, Date, "3-9"));
        Assert.True(grid.Set(1, Kind, "校园"));
        Assert.True(grid.Set(1, Attended, "１２"));
        Assert.Equal(("2026-03-09", "校园", "12"), (grid.Shown(1, Date), grid.Shown(1, Kind), grid.Shown(1, Attended)));
        Assert.Equal((1, 3), (grid.ChangedRows, grid.ChangedCells));
        var edit = Assert.IsType<BatchEdit.Change>(Assert.Single(grid.Edits()));
        Assert.Equal((2, 8L, 4), (edit.Row, edit.EntryId, edit.Version));
        Assert.Equal(("2026-03-09", "school", 12L), (Applied(grid).Text("heldOn"), Applied(grid).Text("kind"), Applied(grid).Number("attended")));
    }

    [Fact]
    public void Typing_what_is_there_already_changes_nothing()
    {
        var grid = Grid(Row(7, EntryState.Draft, ("attended", 12L)));
        grid.Set(0, Attended, "13");
        grid.Set(0, Attended, " 12 ");
        grid.Set(0, Kind, "领导干部");
        Assert.Equal(0, grid.ChangedCells);
        Assert.Empty(grid.Edits());
    }

    [Fact]
    public void A_wrong_cell_keeps_what_was_typed_and_says_what_is_wrong()
    {
        var grid = Grid(Row(7, EntryState.Draft, ("invited", 10L)));
        grid.Set(0, Attended, "四十人左右");
        Assert.Equal(("四十人左右", "请填数字"), (grid.Shown(0, Attended), grid.Error(0, Attended)));
        grid.Set(0, Attended, "12");
        Assert.Equal("实到不能大于应到（10）", grid.Error(0, Attended));
        Assert.Equal(1, grid.Unreadable);
        grid.Set(0, Invited, "20");
        Assert.Null(grid.Error(0, Attended));
        grid.Set(0, Passed, "3");
        Assert.Equal("按这一行其他内容，不填合格人数", grid.Error(0, Passed));
        grid.Set(0, Exam, "是");
        Assert.Equal((null, 0), (grid.Error(0, Passed), grid.WrongCells));
    }

    [Fact]
    public void Rows_and_columns_that_cannot_be_changed_say_so_and_stay()
    {
        var grid = Grid(Row(7, EntryState.Approved), Row(8));
        Assert.False(grid.Set(0, Topic, "别的"));
        Assert.Equal("“已审”的记录不能修改，确需修改请审核员或负责人先解除锁定", grid.LockedCell(0, Topic));
        Assert.False(grid.Set(1, Title, "别的"));
        Assert.False(grid.Set(1, Speaker, "李四"));
        Assert.Equal("这一列不能在表格中修改，请打开记录修改", grid.LockedCell(1, Speaker));
        Assert.Equal(0, grid.ChangedCells);
    }

    [Fact]
    public void A_block_from_a_spreadsheet_lies_over_the_cells_and_what_does_not_fit_is_counted()
    {
        var grid = Grid(Row(7), Row(8, EntryState.Approved), Row(9));
        Assert.Equal((4, 3), grid.Paste(0, Topic, "甲课\t校园\r\n乙课\t校园\r\n\"丙\n\"\"课\"\"\"\t不认识\r\n丁课\r\n"));
        Assert.Equal(("甲课", "校园", "学习民法典"), (grid.Shown(0, Topic), grid.Shown(0, Kind), grid.Shown(1, Topic)));
        Assert.Equal(("不认识", "“不认识”不在可选范围内"), (grid.Shown(2, Kind), grid.Error(2, Kind)));
        Assert.Contains("\"课\"", grid.Shown(2, Topic), StringComparison.Ordinal);
        Assert.Equal((1, 0), grid.Paste(0, Topic, "\"引号\"开头"));
        Assert.Equal("\"引号\"开头", grid.Shown(0, Topic));
    }

    [Fact]
    public void Filling_down_copies_the_first_row_of_the_range_or_the_row_above()
    {
        var grid = Grid(Row(7, EntryState.Draft, ("attended", 5L), ("kind", "village")), Row(8), Row(9, EntryState.Approved), Row(10));
        Assert.Equal((4, 2), grid.FillDown(0, Kind, 3, Invited));
        Assert.Equal(("村两委", "村两委"), (grid.Shown(1, Kind), grid.Shown(3, Kind)));
        Assert.Equal((1, 0), grid.FillDown(1, Attended, 1, Attended));
        Assert.Equal("5", grid.Shown(1, Attended));
        Assert.Equal((0, 0), grid.FillDown(0, Kind, 0, Kind));
    }

    [Fact]
    public void After_saving_refused_rows_keep_what_was_typed_and_show_what_somebody_else_wrote()
    {
        var grid = Grid(Row(7), Row(8), Row(9));
        foreach (var row in (int[])[0, 1, 2]) grid.Set(row, Topic, $"第{row}课");
        var (saved, theirs, locked) = (Row(7, EntryState.Draft, ("topic", "第0课")), Row(8, EntryState.Draft, ("topic", "别人的课")), Row(9, EntryState.Approved));
        theirs.Version = 5;
        grid.Saved([saved, theirs, locked], [new(2, 8, [new("", "这条记录已被别人修改，请刷新后再改")]), new(3, 9, [new("", "记录现在是“已审”，不能修改；需要修改请先退回")])]);
        Assert.False(grid.IsChanged(0, Topic));
        Assert.Equal(("第1课", "别人刚改为“别人的课”；再次保存则用您填的"), (grid.Shown(1, Topic), grid.Error(1, Topic)));
        Assert.Equal("这条记录已被别人修改，请刷新后再改", grid.RowError(1));
        Assert.Equal("记录现在是“已审”，不能修改；需要修改请先退回", grid.RowError(2));
        // The next saving is on the version that the person now sees.
        Assert.Equal(5, ((BatchEdit.Change)grid.Edits()[0]).Version);
        Assert.Equal(0, grid.Unreadable);
    }

    [DatabaseTheory, Databases]
    public async Task A_grid_is_saved_as_one_batch_and_undone_as_one(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var entries = new List<Entry>();
        foreach (var topic in (string[])["甲", "乙", "丙"])
            entries.Add(((EntryResult.Done)await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-03-05", ("topic", topic))))).Entry);
        var grid = new GridEditor(SampleCatalog.Lectures, Columns, entries, recorder, new(SampleCatalog.Ledgers, bench.Tree, Today), new(SampleCatalog.Ledgers, Today), new(SampleCatalog.Ledgers, bench.Tree));
        grid.Paste(0, Topic, "子\n丑\n寅");
        // Meanwhile somebody else changes the second row.
        await bench.Entries.SaveAsync(recorder, new(entries[1].Id, "lectures", "FZ01", entries[1].Values.With("topic", "他"), entries[1].Version));
        var outcome = await bench.Get<EntryBatches>().RunAsync(recorder, new(BulkChanges.Kind, "表格修改", SampleCatalog.Lectures, bench.Unit("FZ")) { SkipFaulty = true }, grid.Edits().ToAsyncEnumerable());
        Assert.Equal((2, 1), (outcome.Changed, outcome.Faulty));
        var ids = entries.Select(entry => entry.Id).ToList();
        grid.Saved(await bench.Lists.OfIdsAsync(recorder, ids), outcome.Errors);
        Assert.Equal(("子", "丑", "寅"), (grid.Shown(0, Topic), grid.Shown(1, Topic), grid.Shown(2, Topic)));
        Assert.Equal((1, "别人刚改为“他”；再次保存则用您填的"), (grid.ChangedCells, grid.Error(1, Topic)));

        Assert.IsType<UndoOutcome.Done>(await bench.Get<EntryBatches>().UndoAsync(recorder, outcome.Batch!.Id));
        Assert.Equal(["甲", "他", "丙"], (await bench.Lists.OfIdsAsync(recorder, ids)).Select(entry => entry.Values.Text("topic")));
        Assert.Empty(await bench.Get<EntryIndex>().FaultsAsync());
    }
}

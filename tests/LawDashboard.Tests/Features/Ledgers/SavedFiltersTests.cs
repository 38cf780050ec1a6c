using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class SavedFiltersTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static readonly EntryListState School = EntryListState.Read("?unit=FZ&year=2025&state=approved&f.kind=school&sort=-attended&page=3");

    [DatabaseTheory, Databases]
    public async Task A_filter_is_kept_without_unit_year_and_page_and_replaced_under_the_same_name(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (saved, recorder) = (bench.Get<SavedFilters>(), bench.Person(Role.Recorder, "FZ01"));
        Assert.Null(await saved.SaveAsync(recorder, "lectures", " 校园讲座 ", School, shared: false));
        var filter = Assert.Single(await saved.OfAsync(recorder, "lectures"));
        Assert.Equal(("校园讲座", "state=approved&f.kind=school&sort=-attended"), (filter.Name, filter.Query));

        Assert.Null(await saved.SaveAsync(recorder, "lectures", "校园讲座", new() { Search = "民法典" }, shared: false));
        Assert.Equal("q=%E6%B0%91%E6%B3%95%E5%85%B8", Assert.Single(await saved.OfAsync(recorder, "lectures")).Query);
        Assert.Null(await saved.RenameAsync(recorder, filter.Id, "民法典"));
        Assert.Null(await saved.SaveAsync(recorder, "lectures", "另一个", School, shared: false));
        Assert.Equal("您已有名为“另一个”的筛选", await saved.RenameAsync(recorder, filter.Id, "另一个"));
        Assert.Equal(["另一个", "民法典"], (await saved.OfAsync(recorder, "lectures")).Select(f => f.Name));
        Assert.Null(await saved.DeleteAsync(recorder, filter.Id));
        Assert.Single(await saved.OfAsync(recorder, "lectures"));
        Assert.Equal("请给筛选起个名字", await saved.SaveAsync(recorder, "lectures", "  ", School, shared: false));
        Assert.Equal("名称最多32字，现有33字", await saved.SaveAsync(recorder, "lectures", new('名', 33), School, shared: false));
    }

    [DatabaseTheory, Databases]
    public async Task A_shared_filter_is_seen_in_its_unit_and_below_and_changed_by_its_owner_only(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (saved, reviewer) = (bench.Get<SavedFilters>(), bench.Person(Role.Reviewer, "FZ", 9));
        Assert.Null(await saved.SaveAsync(reviewer, "lectures", "校园", School, shared: true));
        Assert.Equal("填报员不能把筛选共享给本单位", await saved.SaveAsync(bench.Person(Role.Recorder, "FZ", 2), "lectures", "校园", School, shared: true));
        Assert.Null(await saved.SaveAsync(reviewer, "lectures", "自己的", School, shared: false));
        async Task<string> SeenAsync(Person person) => string.Join(',', (await saved.OfAsync(person, "lectures")).Select(filter => filter.Name));
        Assert.Equal(("校园", "校园", "", "", "校园,自己的"),
            (await SeenAsync(bench.Person(Role.Recorder, "FZ01", 2)), await SeenAsync(bench.Person(Role.Leader, "FZ", 3)), await SeenAsync(bench.Person(Role.Recorder, "DH", 4)),
             await SeenAsync(bench.Person(Role.Inspector, "NZ", 5)), await SeenAsync(reviewer)));
        var id = (await saved.OfAsync(reviewer, "lectures"))[0].Id;
        Assert.Equal("没有这个筛选，或不是您保存的", await saved.DeleteAsync(bench.Person(Role.Recorder, "FZ01", 2), id));
        Assert.Equal("没有这个筛选，或不是您保存的", await saved.RenameAsync(bench.Person(Role.Reviewer, "FZ", 3), id, "改名"));
    }

    [Fact]
    public void What_a_filter_asks_and_its_ledger_no_longer_has_is_named()
    {
        var state = EntryListState.Read("?f.gone=x&f.kind=school,closed&f.topic=x&sort=-vanished");
        Assert.Equal(["字段“gone”已不在台账中", "类别已没有选项“closed”", "字段“topic”已不在台账中", "排序字段“vanished”已不在台账中"],
            SavedFilters.Gone(SampleCatalog.Ledgers, SampleCatalog.Lectures, state));
        Assert.Empty(SavedFilters.Gone(SampleCatalog.Ledgers, SampleCatalog.Lectures, School));
        // What cannot be sorted by is not kept as a person's own order either.
        Assert.Equal([false, true, true], new[] { "nope", "topic", "updated" }.Select(key => SavedFilters.CanSort(SampleCatalog.Lectures, new(key))));
    }

    [DatabaseTheory, Databases]
    public async Task Columns_and_order_are_remembered_for_each_person_and_ledger(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (saved, person) = (bench.Get<SavedFilters>(), bench.Person(Role.Leader, "FZ"));
        Assert.Null(await saved.HabitAsync(person, "lectures"));
        await saved.RememberAsync(person, "lectures", habit => habit.Columns = "title,cost");
        await saved.RememberAsync(person, "lectures", habit => habit.Sort = "-cost");
        var kept = await saved.HabitAsync(person, "lectures");
        Assert.Equal(("title,cost", "-cost"), (kept?.Columns, kept?.Sort));
        Assert.Null(await saved.HabitAsync(bench.Person(Role.Leader, "FZ", 2), "lectures"));
    }

    [Fact]
    public void Chosen_columns_come_in_their_order_and_the_title_is_always_there()
    {
        string[] Keys(string? chosen) => [.. ListColumns.Of(SampleCatalog.Lectures, chosen).Select(column => column.Key)];
        Assert.Equal(["date", "serial", "title", "unit", "topic", "attended", "state"], Keys(null));
        Assert.Equal(["cost", "title", "date"], Keys("cost,title,gone,date,cost"));
        Assert.Equal(["title", "cost"], Keys("cost"));
        Assert.Null(ListColumns.Text(SampleCatalog.Lectures, Keys(null)));
        Assert.Equal("title,cost", ListColumns.Text(SampleCatalog.Lectures, ["title", "cost"]));
    }

    [Fact]
    public void A_heading_names_its_order_even_where_it_is_the_ordinary_one()
    {
        var byCost = EntryListState.Read("?unit=FZ&sort=cost");
        Assert.Equal("/l?unit=FZ&sort=-date", byCost.SortLink("/l", "date"));
        Assert.Equal("/l?unit=FZ&sort=-cost", byCost.SortLink("/l", "cost"));
        Assert.True(EntryListState.SaysSort("/l?sort=-date"));
        Assert.False(EntryListState.SaysSort("/l?q=sort="));
    }
}

using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Http;

namespace LawDashboard.Tests.Features.Ledgers;

/// <summary>What the recording pages ask the services for, beside the forms.</summary>
public sealed class LedgerPagesTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind = DatabaseKind.Sqlite) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static async Task<Entry> SaveAsync(Workbench bench, Person person, string unit, string date, EntryState state, params (string, object?)[] more)
    {
        var input = new EntryInput(null, "lectures", unit, SampleCatalog.Complete(date, more));
        var entry = ((EntryResult.Done)(state == EntryState.Draft ? await bench.Entries.SaveAsync(person, input) : await bench.Entries.SubmitAsync(person, input))).Entry;
        if (state is EntryState.Draft or EntryState.Submitted) return entry;
        var action = state == EntryState.Approved ? EntryAction.Approve : EntryAction.Return;
        return ((EntryResult.Done)await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "FZ", 9), entry.Id, entry.Version, action, "请补充")).Entry;
    }

    [DatabaseTheory, Databases]
    public async Task Counts_of_the_ledger_page_are_those_of_its_lists(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var person = bench.Person(Role.Reviewer, "FZ");
        foreach (var (unit, date, state) in new[]
        {
            ("FZ01", "2026-03-05", EntryState.Approved), ("FZ02", "2026-04-05", EntryState.Approved), ("FZ01", "2026-05-05", EntryState.Submitted),
            ("FZ01", "2025-05-05", EntryState.Approved), ("FZ01", "2026-06-05", EntryState.Draft),
        })
            await SaveAsync(bench, person, unit, date, state, ("attended", 10L));
        var counts = await bench.Get<ILedgerCounts>().OfYearAsync(person, bench.Unit("FZ"), 2026);
        Assert.Equal(new LedgerCount(2, 1), counts["lectures"]);
        Assert.Empty(await bench.Get<ILedgerCounts>().OfYearAsync(person, bench.Unit("DH"), 2026));

        var query = new EntryListState { Unit = "FZ" }.ToQuery(person, bench.Tree, SampleCatalog.Lectures, bench.Get<IRowRules>(), 2026, out _)!;
        var totals = await bench.Lists.TotalsAsync(query, also: "invited");
        Assert.Equal((2, 1, 1, 4), (totals.Of(EntryState.Approved), totals.Of(EntryState.Submitted), totals.Of(EntryState.Draft), totals.Count));
        Assert.Equal(40, totals.Sums["attended"]);
        Assert.True(totals.Sums.ContainsKey("invited"));
    }

    [DatabaseTheory, Databases]
    public async Task To_do_is_what_waits_for_this_person(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (recorder, other, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Recorder, "FZ02", 2), bench.Person(Role.Reviewer, "FZ", 9));
        await SaveAsync(bench, recorder, "FZ01", "2026-03-05", EntryState.Draft);
        await SaveAsync(bench, recorder, "FZ01", "2025-12-05", EntryState.Submitted);
        await SaveAsync(bench, recorder, "FZ01", "2026-03-07", EntryState.Returned);
        await SaveAsync(bench, other, "FZ02", "2026-03-08", EntryState.Submitted);
        var todo = bench.Get<TodoBook>();
        async Task<int> CountAsync(Person person, string unit)
        {
            var (scope, sum) = (new TodoScope(person, bench.Unit(unit)), 0);
            foreach (var group in todo.Groups(scope)) sum += (await group.CountsAsync(scope, default)).Values.Sum();
            return sum;
        }


        Assert.Equal((2, 0, 2, 1), (await CountAsync(recorder, "FZ01"), await CountAsync(other, "FZ02"), await CountAsync(reviewer, "FZ"), await CountAsync(reviewer, "FZ02")));
        Assert.Equal(0, await CountAsync(bench.Person(Role.Leader, "FZ", 5), "FZ"));
    }

    [Theory]
    [InlineData("/ledgers/lectures", null)]
    [InlineData("/ledgers/dancing", "台账“dancing”")]
    [InlineData("/ledgers/dancing/new", "台账“dancing”")]
    [InlineData("/ledgers/lectures?measure=lectures.held&slice=kind%3Dcadre", null)]
    [InlineData("/ledgers/lectures?measure=lectures.nothing", "口径“lectures.nothing”")]
    [InlineData("/ledgers/lectures?measure=lectures.held&slice=x%3Dy", "口径“lectures.held”的分项“x=y”")]
    [InlineData("/ledgers/lectures/new?copy=77", "记录“77”")]
    [InlineData("/entries/77", "记录“77”")]
    [InlineData("/entries/77/edit", "记录“77”")]
    [InlineData("/todo", null)]
    [InlineData("/todo/returned", null)]
    [InlineData("/todo/dancing", "待办“dancing”")]
    public async Task An_address_that_names_something_unknown_says_what(string address, string? missing)
    {
        await using var bench = await BenchAsync();
        var parts = address.Split('?');
        var context = new DefaultHttpContext { Request = { Path = parts[0], QueryString = parts.Length > 1 ? new("?" + parts[1]) : default } };
        Assert.Equal(missing, await MissingAsync(bench, context, bench.Person(Role.Reviewer, "FZ")));
    }

    [Fact]
    public async Task An_entry_of_another_town_is_as_unknown_as_none()
    {
        await using var bench = await BenchAsync();
        var entry = await SaveAsync(bench, bench.Person(Role.Recorder, "FZ01"), "FZ01", "2026-03-05", EntryState.Submitted);
        var context = new DefaultHttpContext { Request = { Path = $"/entries/{entry.Id}" } };
        Assert.Null(await MissingAsync(bench, context, bench.Person(Role.Reviewer, "FZ")));
        Assert.NotNull(await MissingAsync(bench, context, bench.Person(Role.Reviewer, "DH")));
    }

    /// <summary>What the first check that misses something says, as before a page is sent.</summary>
    static async Task<string?> MissingAsync(Workbench bench, HttpContext context, Person person)
    {
        foreach (var check in bench.Get<IEnumerable<IAddressCheck>>())
            if (await check.MissingAsync(context, person, default) is { } missing) return missing;
        return null;
    }

    [Fact]
    public async Task The_menu_stands_in_the_order_of_the_tasks()
    {
        await using var bench = await BenchAsync();
        var group = Assert.Single(bench.Get<LedgerMenu>().Groups);
        Assert.Equal(("学法用法", "/ledgers/lectures/new"), (group.Name, Assert.Single(group.Items).NewPath));
    }

    [Fact]
    public void Titles_lose_what_surrounds_empty_fields_and_keep_the_rest()
    {
        var text = new FieldText(SampleCatalog.Ledgers, UnitTree.Empty);
        Assert.Equal("学习民法典（张**）", text.Title(SampleCatalog.Lectures, SampleCatalog.Complete("2026-03-05", ("topic", "学习民法典"), ("speaker", "张样例"))));
        Assert.Equal("学习民法典", text.Title(SampleCatalog.Lectures, SampleCatalog.Complete("2026-03-05", ("topic", "学习民法典"))));
    }
}

using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class EntryListStateTests
{
    static readonly Gen<string?> Word = Gen.OneOf(Gen.Constant<string?>(null), Gen.Elements<string?>("FZ01", "张三 李四", "a&b=c", "100%", "土地#1", "？/\\+", "“引号”"));
    static readonly Gen<DateOnly?> Day = Gen.OneOf(Gen.Constant<DateOnly?>(null), Gen.Choose(0, 364).Select(days => (DateOnly?)new DateOnly(2026, 1, 1).AddDays(days)));
    static readonly Gen<IReadOnlyDictionary<string, IReadOnlyList<string>>> Filters =
        from keys in Gen.SubListOf("kind", "laws", "exam", "village")
        from values in Gen.SubListOf("cadre", "school", "civil", "yes", "FZ01")
        select (IReadOnlyDictionary<string, IReadOnlyList<string>>)new SortedDictionary<string, IReadOnlyList<string>>(
            keys.Where(_ => values.Count > 0).ToDictionary(key => key, _ => (IReadOnlyList<string>)[.. values]), StringComparer.Ordinal);

    static readonly Arbitrary<EntryListState> States =
        (from unit in Word
         from search in Word
         from measure in Word
         from slice in Word
         from year in Gen.Elements<int?>(null, 2025, 2026)
         from @from in Day
         from to in Day
         from states in Gen.SubListOf(Enum.GetValues<EntryState>())
         from filters in Filters
         from mine in Gen.Elements(true, false)
         from sort in Gen.Elements(new EntrySort(), new("date", false), new("serial", true), new("topic", false))
         from page in Gen.Choose(1, 40)
         select new EntryListState
         {
             Unit = unit, Search = search, Measure = measure, Slice = slice, Year = year, From = @from, To = to, States = [.. states.Order()],
             Filters = filters, Mine = mine, Sort = sort, Page = page,
         }).ToArbitrary();

    /// <summary>Everything of a state in one text, since its lists compare by reference.</summary>
    static string All(EntryListState s) =>
        $"{s.Unit}|{s.Search}|{s.Measure}|{s.Slice}|{s.Year}|{s.From}|{s.To}|{string.Join(',', s.States)}|{string.Join(';', s.Filters.Select(f => $"{f.Key}={string.Join(',', f.Value)}"))}|{s.Mine}|{s.Sort}|{s.Page}";

    [Fact]
    public void Whatever_a_list_shows_is_read_back_from_its_address() =>
        Prop.ForAll(States, state => All(EntryListState.Read(state.Link("/ledgers/lectures"))) == All(state)).QuickCheckThrowOnFailure();

    [Fact]
    public void Choosing_a_value_twice_leaves_the_list_as_it_was() =>
        Prop.ForAll(States, state => All(state.Toggled("kind", "other").Toggled("kind", "other")) == All(state with { Page = 1 })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_in_another_year_keeps_its_months_and_the_end_of_a_month_stays_its_end()
    {
        var moved = new EntryListState { Year = 2026, From = new(2026, 2, 1), To = new(2026, 2, 28) }.InYear(2028);
        Assert.Equal((new DateOnly(2028, 2, 1), new DateOnly(2028, 2, 29)), (moved.From!.Value, moved.To!.Value));
        Assert.Equal(new DateOnly(2027, 2, 28), moved.InYear(2027).To);
    }

    [Fact]
    public void A_roster_begins_open_and_ends_with_the_year()
    {
        Assert.Equal((null, new DateOnly(2026, 12, 31)), new EntryListState().Period(register: true, 2026));
        Assert.Equal((new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)), new EntryListState { Year = 2025 }.Period(register: false, 2026));
    }

    [Fact]
    public void What_cannot_be_read_in_an_address_is_left_out()
    {
        var state = EntryListState.Read("/ledgers/lectures?year=20x6&from=2026-13-01&state=approved,sleeping&page=-2&sort=-&f.kind=&q=%20");
        Assert.Equal(All(new EntryListState { States = [EntryState.Approved] }), All(state));
    }

    [Fact]
    public async Task A_question_names_only_what_the_ledger_has()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        EntryQuery? Ask(EntryListState state, out RowRule? rule) =>
            state.ToQuery(bench.Person(Role.Reviewer, "FZ"), bench.Tree, SampleCatalog.Lectures, bench.Get<IRowRules>(), 2026, out rule);

        Assert.Null(Ask(new() { Unit = "XX" }, out _));
        // Not an empty list, which would read as if that unit had logged nothing.
        Assert.Null(Ask(new() { Unit = "DH" }, out _));
        Assert.Null(Ask(new() { Measure = "lectures.nothing" }, out _));
        Assert.Null(Ask(new() { Measure = "lectures.held", Slice = "kind2=cadre" }, out _));
        var query = Ask(new() { Measure = "lectures.attended", Slice = "kind=cadre", States = [EntryState.Draft] }, out var rule);
        Assert.Equal(("参加人数（领导干部）", "attended"), (rule!.Name, rule.Sum));
        Assert.Equal([EntryState.Approved], query!.States);
        // Texts and numbers cannot be filtered by, whatever an address says.
        Assert.Equal(["kind"], Ask(new EntryListState().WithFilter("kind", ["cadre"]).WithFilter("topic", ["x"]).WithFilter("nothing", ["y"]), out _)!.Filters.Keys);
    }
}

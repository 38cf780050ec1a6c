using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Indicators;

public sealed class PrefillTests
{
    [Fact]
    public async Task A_prefilled_form_lacks_nothing_that_an_indicator_s_measure_compares_with_a_value()
    {
        var definitions = LawDashboard.Commands.Definitions.Load(Demonstration.SeedFolder);
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, definitions.Ledgers, definitions.Indicators);
        var (catalog, links) = (bench.Get<IndicatorCatalog>(), new RowLinks(bench.Get<IndicatorCatalog>(), bench.Unit("FZ"), 2026));
        var filled = 0;
        foreach (var indicator in catalog.Indicators.Where(indicator => !indicator.IsRatio))
        {
            var measure = catalog.Measure(indicator.Measure)!;
            var given = EntryListState.Read(links.New(indicator)!).Filters;
            var editor = (await bench.Get<FormOpening>().NewAsync(bench.Person(Role.Recorder, "FZ"), measure.Ledger, bench.Unit("FZ"), null, null, given)).Editor!;
            Assert.All(given.Keys, key => Assert.Null(editor.Form.Error(key)));
            // Opening it changes nothing, so leaving it asks nothing.
            Assert.False(editor.IsChanged);
            filled += given.Count;
            foreach (var part in Compared(measure.Where))
                Assert.True(part.Compile(editor.Form.Ledger)(editor.Form.Values), $"{indicator.Name} misses {part} in {editor.Form.Values}");
        }
        Assert.True(filled > 10);
    }

    [Theory]
    [InlineData("kind", "school", null)]
    [InlineData("kind", "<script>", "不在可选范围内")]
    [InlineData("attended", "许多", "请填数字")]
    [InlineData("heldOn", "昨天", null)]
    [InlineData("speaker", "张三", "")]
    [InlineData("unknown", "1", "")]
    public async Task What_an_address_gives_is_read_like_something_typed(string field, string text, string? error)
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var state = EntryListState.Read($"/ledgers/lectures/new?f.{field}={Uri.EscapeDataString(text)}");
        var form = (await bench.Get<FormOpening>().NewAsync(bench.Person(Role.Recorder, "FZ"), "lectures", bench.Unit("FZ"), null, null, state.Filters)).Editor!.Form;
        // A name never comes out of an address, and a field that is none is passed over.
        if (error is "") Assert.Equal("", form.Typed(field));
        else if (error is null) Assert.Equal(field == "heldOn" ? "2026-11-21" : text, form.Typed(field));
        else Assert.Contains(error, form.Error(field));
    }

    static IEnumerable<Condition> Compared(Condition? condition) => condition switch
    {
        Condition.All all => all.Parts.SelectMany(Compared),
        Condition.Is or Condition.Yes => [condition],
        _ => [],
    };
}

using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Commands.Demo;

/// <summary>Each way of filling a field, tried on the small sample ledger.</summary>
public sealed class FieldRuleTests
{
    static readonly DemoSpec Spec = new("lectures", 2000, [.. Enumerable.Repeat(1m, 12)], DemoLevel.Town, new Dictionary<string, DemoField>
    {
        ["topic"] = new() { Texts = ["{kind}{unit}{year}第{n}讲", "{laws}专题"] },
        ["kind"] = new()
        {
            Weights = new Dictionary<string, decimal> { ["cadre"] = 3, ["school"] = 1, ["village"] = 0 },
            InMonths = new Dictionary<int, IReadOnlyDictionary<string, decimal>> { [12] = new Dictionary<string, decimal> { ["village"] = 1 } },
        },
        ["laws"] = new() { Weights = new Dictionary<string, decimal> { ["constitution"] = 1000, ["civil"] = 1, ["petition"] = 2 }, Count = [1, 3] },
        ["speaker"] = new() { Person = true, Chance = 0.5 },
        ["invited"] = new() { Range = [20, 60], Step = 5 },
        ["attended"] = new() { ShareOf = "invited", Share = [0.8m, 1.2m] },
        ["hours"] = new() { Range = [1, 3] },
        ["cost"] = new() { Range = [100, 1100], Step = 50, Skew = true, When = new Condition.Is("kind", ["cadre"]) },
        ["exam"] = new() { Chance = 0.25 },
        ["filedOn"] = new() { After = "heldOn", Days = [-3, 40] },
    });

    static readonly List<DemoEntry> Entries = Make();

    [Fact]
    public void Codes_come_up_by_weight_and_by_other_weights_in_single_months()
    {
        Assert.All(Entries, entry => Assert.Equal(entry.Date.Month == 12, entry.Values.Text("kind") == "village"));
        Assert.InRange(Part(entry => entry.Values.Text("kind") == "school", entry => entry.Date.Month != 12), 0.2, 0.3);
        Assert.Equal([1, 2, 3], Entries.Select(entry => entry.Values.Items("laws").Count).Distinct().Order());
        Assert.All(Entries, entry => Assert.Equal(entry.Values.Items("laws").Distinct().Order(StringComparer.Ordinal), entry.Values.Items("laws").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Numbers_keep_to_range_step_share_and_limit_in_stored_steps()
    {
        Assert.All(Entries, entry =>
        {
            var values = entry.Values;
            Assert.True(values.Number("invited") is >= 20 and <= 60 and var invited && invited % 5 == 0);
            // A share above the whole is cut by the ledger's own limit.
            Assert.InRange(values.Number("attended")!.Value, (long)(values.Number("invited")!.Value * 0.8m), values.Number("invited")!.Value);
            Assert.Contains(values.Number("hours")!.Value, (long[])[10, 20, 30]);
            Assert.Equal(values.Text("kind") == "cadre", values.Filled("cost"));
            if (values.Number("cost") is { } fen) Assert.True(fen is >= 100_00 and <= 1100_00 && fen % 50_00 == 0);
        });
        Assert.InRange(Part(entry => entry.Values.Number("cost") < 350_00, entry => entry.Values.Filled("cost")), 0.42, 0.58);
    }

    [Fact]
    public void Texts_name_other_fields_unit_year_and_number()
    {
        var numbered = Entries.Where(entry => entry.Values.Text("topic")!.Contains('第')).ToList();
        Assert.All(numbered, entry => Assert.Matches($"^(领导干部|校园|村两委){entry.Unit.Name}{entry.Date.Year}第[0-9]+讲$", entry.Values.Text("topic")));
        var laws = SampleCatalog.Lectures.Field("laws")!;
        Assert.All(Entries.Except(numbered), entry =>
            Assert.Equal(string.Join('、', entry.Values.Items("laws").Select(code => SampleCatalog.Ledgers.Label(laws, code))) + "专题", entry.Values.Text("topic")));
        foreach (var year in numbered.GroupBy(entry => (entry.Unit, entry.Date.Year)))
            Assert.Equal(year.Count(), year.Select(entry => entry.Values.Text("topic")![^6..]).Distinct().Count());
    }

    [Fact]
    public void What_nobody_described_is_filled_plainly_where_it_is_required_and_dates_never_run_backwards()
    {
        Assert.InRange(Part(entry => entry.Values.Flag("exam") == true), 0.2, 0.3);
        Assert.All(Entries, entry => Assert.Equal(entry.Values.Flag("exam") == true, entry.Values.Filled("passed")));
        Assert.All(Entries, entry => Assert.True(entry.Values.Date("filedOn") >= entry.Date));
        Assert.InRange(Part(entry => entry.Values.Filled("speaker")), 0.45, 0.55);
        Assert.All(Entries, entry => Assert.False(entry.Values.Filled("village")));
    }

    static double Part(Func<DemoEntry, bool> chosen, Func<DemoEntry, bool>? among = null)
    {
        var all = Entries.Where(among ?? (_ => true)).ToList();
        return all.Count(chosen) / (double)all.Count;
    }

    static List<DemoEntry> Make()
    {
        var tree = new UnitTree(
        [
            new Unit { Id = 1, Code = "NZ", Name = "样例县", Kind = UnitKind.County, Path = "/1/" },
            new Unit { Id = 2, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, ParentId = 1, Path = "/1/2/" },
        ]);
        var frame = new DemoFrame(2025, DemoSample.Now);
        var calendar = new WorkCalendar([]);
        var plan = DemoPlan.Make([new(SampleCatalog.Lectures, Spec)], tree, calendar, frame, seed: 1, entries: null);
        var people = new DemoPeople(tree, DemoPeople.Staff(tree), new Dictionary<string, int>());
        return [.. new DemoGenerator(plan, frame, people, SampleCatalog.Ledgers, tree, calendar).Entries()];
    }
}

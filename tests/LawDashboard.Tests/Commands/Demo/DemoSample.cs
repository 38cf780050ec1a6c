using LawDashboard.Commands;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Commands.Demo;

/// <summary>The shipped definitions and the demonstration made of them in memory; now is 22 November 2026, ten o'clock in China.</summary>
static class DemoSample
{
    public static readonly DateTime Now = new(2026, 11, 22, 2, 0, 0, DateTimeKind.Utc);
    public static readonly Definitions Definitions = Definitions.Load(Demonstration.SeedFolder);
    public static readonly UnitTree Tree = ToTree(Definitions.Units);
    public static readonly IReadOnlyList<DemoLedger> Ledgers = DemoSpecs.Load(new SeedFolder(Demonstration.SeedFolder), Definitions.Ledgers);

    public static readonly DemoFrame Frame = new(2026, Now);

    public static DemoPlan Plan(int? entries = null, int seed = 1, DemoFrame? frame = null, IReadOnlyList<DemoLedger>? ledgers = null, UnitTree? tree = null) =>
        DemoPlan.Make(ledgers ?? Ledgers, tree ?? Tree, Definitions.Calendar, frame ?? Frame, seed, entries);

    public static DemoGenerator Generator(DemoPlan? plan = null, DemoFrame? frame = null, UnitTree? tree = null)
    {
        tree ??= Tree;
        var staff = DemoPeople.Staff(tree);
        var people = new DemoPeople(tree, staff, staff.Select((member, index) => (member.Account, index)).ToDictionary(pair => pair.Account, pair => pair.index + 1));
        return new DemoGenerator(plan ?? Plan(frame: frame, tree: tree), frame ?? Frame, people, Definitions.Ledgers, tree, Definitions.Calendar);
    }

    public static List<DemoEntry> Entries(int? entries = null, int seed = 1, DemoFrame? frame = null, IReadOnlyList<DemoLedger>? ledgers = null)
    {
        var plan = Plan(entries, seed, frame, ledgers);
        return [.. Generator(plan, frame).Entries()];
    }

    /// <summary>Everything about an entry as text.</summary>
    public static string Describe(DemoEntry entry) =>
        $"{entry.Ledger.Key} {entry.Unit.Code} {entry.Date:O}" + string.Concat(entry.Steps.Select(step => $"\n  {step.At:O} {step.Action} {step.State} {step.By.Name} {step.Note} {step.Values}"));

    public static bool Lies(Unit unit, string top) => Tree.Covers(Tree.Find(top)!, unit);

    static UnitTree ToTree(IReadOnlyList<UnitSeed> seeds)
    {
        var units = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var seed in seeds)
        {
            var parent = seed.Parent is null ? null : units[seed.Parent];
            var unit = new Unit { Id = units.Count + 1, Code = seed.Code, Name = seed.Name, Kind = seed.Kind, ParentId = parent?.Id, Population = seed.Population, Order = units.Count };
            unit.Path = $"{parent?.Path ?? "/"}{unit.Id}/";
            units[seed.Code] = unit;
        }
        return new UnitTree(units.Values);
    }
}

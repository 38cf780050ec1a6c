using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Overview;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Overview;

/// <summary>The overview's blocks stand as a role has them, or as a person arranged them himself.</summary>
public sealed class ArrangementTests
{
    [Fact]
    public async Task A_village_sees_its_own_work_first_whoever_looks()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var layout = Definitions.Load(Demonstration.SeedFolder).Overview;
        Assert.Equal(["village", "village", "town", "town", "leader", "leader", "inspector", "county"],
            new[] { (Role.Recorder, "FZ01"), (Role.Leader, "FZ01"), (Role.Recorder, "FZ"), (Role.Reviewer, "FZ"), (Role.Leader, "FZ"), (Role.Leader, "NZ"), (Role.Inspector, "NZ"), (Role.Administrator, "NZ") }
                .Select(who => Arrangement.KindOf(bench.Person(who.Item1, who.Item2), bench.Tree)));
        Assert.Equal(OverviewBlock.Todo, layout.Of("village").Blocks[0].Block);
        foreach (var kind in Arrangement.Kinds)
        {
            Assert.Equal(OverviewBlock.All.Count, layout.Of(kind).Blocks.Select(placed => placed.Block).Distinct().Count());
            Assert.Contains(layout.Of(kind).Blocks, placed => placed is { Shown: true, Block.Key: "tasks" });
        }
    }

    [Fact]
    public void However_blocks_are_moved_none_is_lost_and_what_is_kept_comes_back()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var role = Arrangement.Of([.. OverviewBlock.All.Select(block => block.Key).Where(_ => random.Next(3) > 0)]);
            var own = role;
            for (var step = 0; step < 20; step++)
            {
                var block = OverviewBlock.All[random.Next(OverviewBlock.All.Count)];
                var by = random.Next(3) - 1;
                var before = own.Blocks.Select(placed => placed.Block).ToList();
                own = random.Next(4) == 0 ? own.Toggled(block) : own.Moved(block, by);
                var after = own.Blocks.Select(placed => placed.Block).ToList();
                Assert.Equal(OverviewBlock.All.OrderBy(b => b.Key), after.OrderBy(b => b.Key));
                Assert.Equal(before.Where(b => b != block), after.Where(b => b != block));
            }
            Assert.Equal(own.Blocks, role.With(own.Text).Blocks);
            // What a later version has besides stands where the role has it last; what it has no longer falls away.
            var older = string.Join(',', own.Text.Split(',').Where(part => !part.EndsWith("gaps", StringComparison.Ordinal)).Append("gone"));
            Assert.Equal(role.Blocks.Single(placed => placed.Block == OverviewBlock.Gaps), role.With(older).Blocks[^1]);
        }
    }

    [DatabaseTheory, Databases]
    public async Task An_arrangement_is_the_persons_own_and_is_put_back_at_once(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (habits, person, other) = (bench.Get<OverviewHabits>(), bench.Person(Role.Leader, "FZ", 7), bench.Person(Role.Leader, "FZ", 8));
        var role = await habits.OfAsync(person);
        var own = role.Moved(OverviewBlock.Entries, -9).Toggled(OverviewBlock.Ledgers);
        await habits.SaveAsync(person, role.Toggled(OverviewBlock.Tasks));
        await habits.SaveAsync(person, own);
        Assert.Equal(own.Blocks, (await habits.OfAsync(person)).Blocks);
        Assert.Equal(role.Blocks, (await habits.OfAsync(other)).Blocks);
        Assert.Equal(role.Blocks, (await habits.ResetAsync(person)).Blocks);
        Assert.Equal(role.Blocks, (await habits.OfAsync(person)).Blocks);
    }

    [Fact]
    public async Task Fifty_viewers_of_the_same_figures_ask_for_their_rows_once()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var (years, reader, indicator) = (bench.Get<UnitYears>(), bench.Get<OverviewReader>(), SampleCatalog.Indicators.Indicator("study.filed")!);
        async Task<(OverviewRows, UnitYear)> LookAsync(int id)
        {
            var facts = (await years.ReadAsync(bench.Person(Role.Leader, "NZ", id), bench.Unit("FZ"), 2026))!;
            return (await reader.RowsAsync(facts), await years.ComparedByAsync(facts, indicator));
        }
        var seen = await Task.WhenAll(Enumerable.Range(1, 50).Select(LookAsync));
        Assert.Single(seen.Select(look => look.Item1).Distinct(ReferenceEqualityComparer.Instance));
        Assert.Single(seen.Select(look => look.Item2).Distinct(ReferenceEqualityComparer.Instance));

        await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), new(null, "lectures", "FZ", SampleCatalog.Complete("2026-05-20")));
        Assert.Single((await LookAsync(1)).Item1.Waiting);
    }

    [Fact]
    public void An_arrangement_that_cannot_be_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, OverviewLayout.File), """{ "breakdowns": [], "arrangements": { "mayor": ["tasks"], "town": ["tasks", "weather", "tasks"] } }""");
        var seed = new SeedFolder(folder.Path);
        OverviewLayout.Load(seed, SampleCatalog.Indicators);
        Assert.Equal(["没有“mayor”这类版面，应为village、town、county、leader、inspector之一", "没有版块“weather”，可用todo、tasks、gaps、trend、ledgers、parts、units、entries", "版块“tasks”写了两次"],
            seed.Findings.Select(finding => finding.Reason));
    }

    static Task<Workbench> BenchAsync(DatabaseKind kind) =>
        Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddOverview(OverviewLayout.Empty));
}

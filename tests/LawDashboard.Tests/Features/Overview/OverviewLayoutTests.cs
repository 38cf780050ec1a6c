using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Overview;

namespace LawDashboard.Tests.Features.Overview;

/// <summary>What the overview shows besides tasks and ledgers is data, and is checked like all definitions.</summary>
public sealed class OverviewLayoutTests
{
    [Fact]
    public void The_demonstration_countys_layout_is_sound()
    {
        var layout = Definitions.Load(Demonstration.SeedFolder).Overview;
        Assert.NotEmpty(layout.Breakdowns);
        Assert.NotNull(layout.Rate);
    }

    [Fact]
    public void Without_the_file_nothing_more_is_shown()
    {
        using var folder = new TemporaryFolder();
        var seed = new SeedFolder(folder.Path);
        Assert.Same(OverviewLayout.Empty, OverviewLayout.Load(seed, SampleCatalog.Indicators));
        Assert.Empty(seed.Findings);
    }

    [Fact]
    public void What_does_not_exist_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, OverviewLayout.File), """
            { "breakdowns": [ { "title": "一", "measure": "no.such", "slice": "kind" }, { "title": "二", "measure": "lectures.held", "slice": "speaker" } ], "rate": "study.lectures" }
            """);
        var seed = new SeedFolder(folder.Path);
        OverviewLayout.Load(seed, SampleCatalog.Indicators);
        Assert.Equal(["一：口径“no.such”不存在", "二：口径“lectures.held”没有分项“speaker”", "rate：“study.lectures”不是比率指标"],
            seed.Findings.Select(finding => $"{finding.Key}：{finding.Reason}"));
    }
}

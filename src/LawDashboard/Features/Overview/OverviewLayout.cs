using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Overview;

/// <summary>A measure shown by the parts of one of its dictionary fields.</summary>
public sealed record BreakdownChoice(string Title, string Measure, string Slice);

/// <summary>What the overview shows besides tasks and ledgers: <c>seed-data/overview.json</c>, so that another county shows what matters there.</summary>
/// <param name="Rate">Key of the ratio shown by month; null for none.</param>
public sealed record OverviewLayout(IReadOnlyList<BreakdownChoice> Breakdowns, string? Rate = null)
{
    public const string File = "overview.json";
    public static readonly OverviewLayout Empty = new([]);

    /// <summary>Loads and checks; what is wrong is reported to <paramref name="seed"/>. Without the file nothing more is shown.</summary>
    public static OverviewLayout Load(SeedFolder seed, IndicatorCatalog catalog)
    {
        if (!System.IO.File.Exists(Path.Combine(seed.Root, File)) || seed.Read<OverviewLayout>(File) is not { } layout) return Empty;
        foreach (var choice in layout.Breakdowns)
        {
            if (catalog.Measure(choice.Measure) is not { } measure) seed.Report(File, choice.Title, $"口径“{choice.Measure}”不存在");
            else if (!measure.Slices.Contains(choice.Slice)) seed.Report(File, choice.Title, $"口径“{choice.Measure}”没有分项“{choice.Slice}”");
        }
        if (layout.Rate is { } rate && catalog.Indicator(rate)?.IsRatio != true) seed.Report(File, "rate", $"“{rate}”不是比率指标");
        return layout;
    }
}

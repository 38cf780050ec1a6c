using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Overview;

/// <summary>A measure shown by the parts of one of its dictionary fields.</summary>
public sealed record BreakdownChoice(string Title, string Measure, string Slice);

/// <summary>What the overview shows besides tasks and ledgers: <c>seed-data/overview.json</c>, so that another county shows what matters there.</summary>
/// <param name="Rate">Key of the ratio shown by month; null for none.</param>
/// <param name="Arrangements">The blocks of each role in order, by <see cref="Arrangement.Kinds"/>; a role that is not named has all of them.</param>
public sealed record OverviewLayout(IReadOnlyList<BreakdownChoice> Breakdowns, string? Rate = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? Arrangements = null)
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
        foreach (var (kind, blocks) in layout.Arrangements ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (!Arrangement.Kinds.Contains(kind)) seed.Report(File, kind, $"没有“{kind}”这类版面，应为{string.Join('、', Arrangement.Kinds)}之一");
            foreach (var key in blocks.Where(key => OverviewBlock.Find(key) is null)) seed.Report(File, kind, $"没有版块“{key}”，可用{string.Join('、', OverviewBlock.All.Select(block => block.Key))}");
            foreach (var twice in blocks.GroupBy(key => key, StringComparer.Ordinal).Where(group => group.Count() > 1)) seed.Report(File, kind, $"版块“{twice.Key}”写了两次");
        }
        return layout;
    }

    /// <summary>The arrangement of a kind of role.</summary>
    public Arrangement Of(string kind) => Arrangement.Of(Arrangements?.GetValueOrDefault(kind) ?? [.. OverviewBlock.All.Select(block => block.Key)]);
}

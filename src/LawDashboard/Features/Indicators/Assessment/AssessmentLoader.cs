using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators.Assessment;

/// <summary>Turns stored trees into what a catalog can use. A leaf whose indicator or measure is gone is left out and named.</summary>
sealed class AssessmentLoader(IndicatorCatalog catalog, IDictionary<string, string> unusable)
{
    public List<IndicatorDefinition> Indicators { get; } = [];
    public List<JudgedIndicator> Judged { get; } = [];
    public List<YearAssessment> Years { get; } = [];

    public void Add(AssessmentTree tree)
    {
        if (tree.Read() is not { } leaves)
        {
            unusable[$"{tree.Year}年考核指标体系"] = "读不出来";
            return;
        }
        // Back to the shipped points.
        if (leaves.Count == 0) return;
        var kept = new List<AssessmentLeaf>();
        foreach (var leaf in leaves)
        {
            if (Add(leaf)) kept.Add(leaf);
            else unusable[$"{tree.Year}年“{leaf.Name}”"] = "程序中已没有它的指标或口径";
        }
        Years.Add(new(tree.Year, kept));
    }

    bool Add(AssessmentLeaf leaf)
    {
        switch (leaf.Source)
        {
            case LeafSource.Judged:
                Judged.Add(new() { Key = leaf.Of, Name = leaf.Name, Task = leaf.Task, Evidence = leaf.Evidence });
                return true;
            case LeafSource.Measure when catalog.Measure(leaf.Of) is { } measure:
                Indicators.Add(new() { Key = leaf.Key, Name = leaf.Name, Task = leaf.Task, Unit = measure.Unit, Measure = measure.Key });
                return true;
            default:
                return leaf.Source is LeafSource.Indicator && catalog.Indicator(leaf.Of) is not null;
        }
    }
}

using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators.Assessment;

/// <summary>What a year is assessed by today, in the form of a tree: the imported one, or the shipped points under their tasks.</summary>
public static class CurrentTree
{
    public static IReadOnlyList<AssessmentLeaf> Of(IndicatorCatalog catalog, int year) => catalog.Assessment(year)?.Leaves ?? [.. catalog.Tasks.SelectMany(task => Shipped(catalog, task))];

    static IEnumerable<AssessmentLeaf> Shipped(IndicatorCatalog catalog, TaskDefinition task)
    {
        // By its ledger, so that a second level says what kind of work it is.
        foreach (var indicator in catalog.OfTask(task.Key).Where(indicator => indicator.Points > 0))
            yield return new(task.Name, catalog.Ledgers.Ledger(catalog.Measure(indicator.Measure ?? indicator.Numerator)!.Ledger)!.ShortName, indicator.Name, indicator.Points, indicator.Rule, null, LeafSource.Indicator, indicator.Key, task.Key);
        foreach (var indicator in catalog.JudgedOf(task.Key).Where(indicator => indicator.Points > 0))
            yield return new(task.Name, "评议", indicator.Name, indicator.Points, null, indicator.Evidence, LeafSource.Judged, indicator.Key, task.Key);
    }
}

/// <summary>How a tree differs from the one before, leaf by leaf, held together by what each is scored by.</summary>
public sealed record TreeChanges(IReadOnlyList<AssessmentLeaf> Added, IReadOnlyList<AssessmentLeaf> Removed, IReadOnlyList<(AssessmentLeaf Before, AssessmentLeaf After)> Changed)
{
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count == 0;

    public static TreeChanges Of(IReadOnlyList<AssessmentLeaf> before, IReadOnlyList<AssessmentLeaf> after)
    {
        var (old, now) = (before.ToDictionary(leaf => leaf.Key, StringComparer.Ordinal), after.ToDictionary(leaf => leaf.Key, StringComparer.Ordinal));
        return new([.. after.Where(leaf => !old.ContainsKey(leaf.Key))], [.. before.Where(leaf => !now.ContainsKey(leaf.Key))],
            [.. after.Where(leaf => old.TryGetValue(leaf.Key, out var then) && then != leaf).Select(leaf => (old[leaf.Key], leaf))]);
    }
}

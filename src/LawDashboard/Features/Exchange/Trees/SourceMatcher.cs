using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Exchange.Trees;

/// <summary>Finds what a leaf could be scored by: by the name that the table gives, or by the likeness of its own.</summary>
sealed class SourceMatcher(IndicatorCatalog catalog)
{
    /// <summary>Below so much likeness a proposal would rather mislead.</summary>
    const double Least = 0.55;

    readonly List<(string Plain, string Name, TreeSource Source)> sources =
    [
        .. SourceNames.Indicators(catalog).Select(indicator => (CellText.Plain(indicator.Name), SourceNames.Of(catalog, indicator), new TreeSource(LeafSource.Indicator, indicator.Key))),
        .. SourceNames.Measures(catalog).Select(measure => (CellText.Plain(measure.Name), SourceNames.Of(catalog, measure), new TreeSource(LeafSource.Measure, measure.Key))),
    ];

    /// <summary>The one with that name or key.</summary>
    public TreeSource? Named(string text)
    {
        var plain = CellText.Plain(text);
        return sources.FirstOrDefault(one => CellText.Plain(one.Name) == plain || CellText.Plain(one.Source.Key) == plain).Source;
    }

    /// <summary>The one whose name is most alike; indicators before measures among equals.</summary>
    public TreeSource? Like(string name)
    {
        var plain = CellText.Plain(name);
        var best = sources.Select(one => (one.Source, likeness: Likeness(plain, one.Plain))).MaxBy(one => one.likeness);
        return best.likeness >= Least ? best.Source : null;
    }

    /// <summary>A judged leaf keeps the key of the shipped one with its name.</summary>
    public TreeSource Judged(string name) => new(LeafSource.Judged, catalog.Judged.FirstOrDefault(one => one.Name == name)?.Key ?? AssessmentLeaf.OfName(name));

    public string? Task(string name)
    {
        var plain = CellText.Plain(name);
        return catalog.Tasks.FirstOrDefault(task => CellText.Plain(task.Name) == plain || CellText.Plain(task.Heading) == plain || task.Key == name)?.Key;
    }

    /// <summary>The task whose name is most alike; there is always one, and the page lets another be chosen.</summary>
    public string TaskLike(string name)
    {
        var plain = CellText.Plain(name);
        return catalog.Tasks.MaxBy(task => Math.Max(Likeness(plain, CellText.Plain(task.Name)), Likeness(plain, CellText.Plain(task.Heading))))!.Key;
    }

    /// <summary>Dice's coefficient over pairs of characters: 1 for the same, 0 for nothing in common.</summary>
    static double Likeness(string a, string b)
    {
        if (a == b) return 1;
        if (a.Length < 2 || b.Length < 2) return 0;
        var left = Pairs(b);
        var common = Pairs(a).Count(left.Remove);
        return 2.0 * common / (a.Length + b.Length - 2);

        static List<string> Pairs(string text) => [.. Enumerable.Range(0, text.Length - 1).Select(at => text.Substring(at, 2))];
    }
}

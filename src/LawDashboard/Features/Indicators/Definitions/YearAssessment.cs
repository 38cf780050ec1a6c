namespace LawDashboard.Features.Indicators.Definitions;

/// <summary>Where the points of a leaf come from.</summary>
public enum LeafSource
{
    /// <summary>An indicator that is there already.</summary>
    Indicator,
    /// <summary>A measure that becomes an indicator of its own by standing in the tree.</summary>
    Measure,
    /// <summary>Nothing that could be counted: a grade is given.</summary>
    Judged,
}

/// <summary>A leaf of an indicator tree (三级指标) with its two levels above, its points and what they are given for.</summary>
/// <param name="Of">Key of the indicator or measure; of a judged leaf the key of its judged indicator.</param>
/// <param name="Scoring">Null for what holds where nothing is said.</param>
/// <param name="Evidence">What must be there to show for it (佐证要求).</param>
public sealed record AssessmentLeaf(string First, string Second, string Name, decimal Points, ScoringRule? Scoring, string? Evidence, LeafSource Source, string Of, string Task)
{
    const string Prefix = "own.";

    /// <summary>Key of the indicator that the leaf is scored by.</summary>
    public string Key => Source is LeafSource.Measure ? OfMeasure(Of) : Of;

    public static string OfMeasure(string measure) => Prefix + measure;

    /// <summary>A key for a judged leaf that stays the same from import to import.</summary>
    public static string OfName(string name) =>
        Prefix + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..16];
}

/// <summary>The tree by which one year is assessed: it alone says what carries points in that year, and how many.</summary>
public sealed class YearAssessment(int year, IReadOnlyList<AssessmentLeaf> leaves)
{
    readonly Dictionary<string, AssessmentLeaf> byKey = leaves.DistinctBy(leaf => leaf.Key).ToDictionary(leaf => leaf.Key, StringComparer.Ordinal);

    public int Year => year;
    public IReadOnlyList<AssessmentLeaf> Leaves => leaves;
    public AssessmentLeaf? Leaf(string indicator) => byKey.GetValueOrDefault(indicator);
    /// <summary>The leaves under each first level, in the tree's order.</summary>
    public IEnumerable<IGrouping<string, AssessmentLeaf>> Groups => leaves.GroupBy(leaf => leaf.First);
}

/// <summary>What the county decided and keeps in the database, to stand beside or in place of what is shipped.</summary>
public sealed record LocalRules(
    IReadOnlyCollection<MeasureDefinition> Measures, IReadOnlyCollection<IndicatorDefinition> Indicators, IReadOnlyCollection<JudgedIndicator> Judged, IReadOnlyCollection<YearAssessment> Years)
{
    public static readonly LocalRules None = new([], [], [], []);
}

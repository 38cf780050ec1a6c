using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Commands.Demo;

/// <summary>Who logs the entries of a ledger: the villages, each its share, or the town government itself.</summary>
public enum DemoLevel { Village, Town }

/// <summary>How the demonstration invents entries of one ledger: one file of <c>seed-data/demo</c>.</summary>
/// <param name="PerYear">Entries a year of the first town with all its villages; other towns have fewer.</param>
/// <param name="Months">Twelve seasonal weights.</param>
/// <param name="Initial">Registers only: members who were there before the first year.</param>
public sealed record DemoSpec(
    string Ledger, decimal PerYear, IReadOnlyList<decimal> Months, DemoLevel Level, IReadOnlyDictionary<string, DemoField> Fields, int Initial = 0);

/// <summary>How one field is invented: exactly one of the rules below, and whether it is filled at all.</summary>
public sealed record DemoField
{
    /// <summary>Codes of the field's dictionary with their weights.</summary>
    public IReadOnlyDictionary<string, decimal>? Weights { get; init; }
    /// <summary>Other weights in single months (1 to 12): the constitution in December, the Civil Code in May.</summary>
    public IReadOnlyDictionary<int, IReadOnlyDictionary<string, decimal>>? InMonths { get; init; }
    /// <summary>Fewest and most codes of a several-of field; one when not given.</summary>
    public IReadOnlyList<int>? Count { get; init; }
    /// <summary>One at random. {field} becomes that field as shown; {unit}, {town}, {year} and {n} work as in <see cref="Pattern"/>.</summary>
    public IReadOnlyList<string>? Texts { get; init; }
    /// <summary>A number of a paper: {year} and the running {n}, besides what <see cref="Texts"/> may hold.</summary>
    public string? Pattern { get; init; }
    /// <summary>Least and greatest value in shown units.</summary>
    public IReadOnlyList<decimal>? Range { get; init; }
    /// <summary>The value is a multiple of it.</summary>
    public decimal? Step { get; init; }
    /// <summary>Small values are more frequent.</summary>
    public bool Skew { get; init; }
    /// <summary>Key of the number that this one is a share of, rounded down.</summary>
    public string? ShareOf { get; init; }
    public IReadOnlyList<decimal>? Share { get; init; }
    /// <summary>Key of the date that this one follows by so many <see cref="Days"/>.</summary>
    public string? After { get; init; }
    public IReadOnlyList<int>? Days { get; init; }
    /// <summary>An invented name that no one could take for a real one.</summary>
    public bool Person { get; init; }
    public bool Phone { get; init; }
    public bool IdNumber { get; init; }
    /// <summary>Probability that the field is filled; for yes/no fields the probability of yes.</summary>
    public double Chance { get; init; } = 1;
    /// <summary>Filled only when this holds.</summary>
    public Condition? When { get; init; }

    /// <summary>Texts in which placeholders are filled.</summary>
    internal IEnumerable<string> Patterns => Pattern is null ? Texts ?? [] : [Pattern];
}

/// <summary>A ledger with the way its demonstration entries are invented.</summary>
public sealed record DemoLedger(LedgerDefinition Ledger, DemoSpec Spec);

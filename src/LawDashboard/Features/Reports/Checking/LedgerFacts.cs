using System.Text.RegularExpressions;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>A counted value that a number in a text may be meant to state.</summary>
/// <param name="Amount">As it would be written: of a ratio its percentage, rounded as reports round it.</param>
public sealed record KnownValue(string Key, string Name, string Unit, decimal Amount, string Printed);

/// <summary>What the ledgers of a unit and year say, in the form in which a document is held against it.</summary>
public sealed partial class LedgerFacts
{
    readonly DraftedReport report;
    readonly IndicatorCatalog catalog;
    readonly Dictionary<string, Figure> drafted;

    public LedgerFacts(DraftedReport report, IndicatorCatalog catalog, IReadOnlySet<string> privateNames)
    {
        (this.report, this.catalog, PrivateNames) = (report, catalog, privateNames);
        drafted = report.Draft.Marks.DistinctBy(figure => figure.Id).ToDictionary(figure => figure.Id, StringComparer.Ordinal);
        Values = [.. catalog.Indicators.Select(indicator => indicator.Key).Concat(catalog.Measures.Select(measure => measure.Key))
            .Select(Known).OfType<KnownValue>().DistinctBy(value => (value.Name, value.Unit, value.Amount))];
        Missed = report.Approved == 0 ? [] : [.. Judgement.Problems(report.Context.ToDate ?? report.Context).Where(problem => problem.Standing.Target is not null && problem.Kind != ProblemKind.Late).Select(problem => Phrase.Spoken(problem.Standing))];
    }

    /// <summary>What the report is for; each kind must have other things.</summary>
    public ReportKind Purpose => report.Choice.Template.Kind;

    /// <summary>False when the year has no approved entries: then the ledgers can neither support nor contradict anything.</summary>
    public bool HasEntries => report.Approved > 0;

    /// <summary>Everything that can be counted, for finding what a number without an id may mean.</summary>
    public IReadOnlyList<KnownValue> Values { get; }

    /// <summary>Names of the indicators that missed their target.</summary>
    public IReadOnlyList<string> Missed { get; }

    /// <summary>Names of private persons in the year's entries.</summary>
    public IReadOnlySet<string> PrivateNames { get; }

    /// <summary>How a figure is printed by today's ledgers; null when no such figure can be counted.</summary>
    public string? Print(string id) => Now(id)?.Text;

    /// <summary>A figure as today's ledgers count it; null when no such figure can be counted.</summary>
    public PrintedFigure? Now(string id)
    {
        if (drafted.GetValueOrDefault(id) is { } figure) return new(figure.Text, figure.Amount);
        if (Id().Match(id) is not { Success: true } match) return null;
        var format = FigureFormat.Plain;
        if (match.Groups["format"].Success && !Enum.TryParse(match.Groups["format"].Value, out format)) return null;
        var facts = report.Context.Facts(match.Groups["key"].Value);
        if (match.Groups["code"].Success)
        {
            var part = report.Figures.Parts(facts.Key, match.Groups["slice"].Value).FirstOrDefault(part => part.Code == match.Groups["code"].Value);
            if (part is null) return null;
            facts = facts with { Amount = part.Amount };
        }
        return facts.Amount is null ? null : facts.Print(format, report.Context.WholeYear);
    }

    /// <summary>The unit of the figure with that id, and whether it is one of several parts that overlap.</summary>
    public (string Unit, bool Overlaps) Kind(string id)
    {
        var match = Id().Match(id);
        var key = match.Success ? match.Groups["key"].Value : drafted.GetValueOrDefault(id)?.Key ?? "";
        var measure = catalog.Measure(key) ?? catalog.Measure(catalog.Indicator(key)?.Measure);
        var slice = match.Success ? match.Groups["slice"].Value : drafted.GetValueOrDefault(id)?.Slice?.Field;
        var overlaps = measure is not null && catalog.Ledgers.Ledger(measure.Ledger)?.Field(slice ?? "")?.Type == FieldType.SeveralOf;
        return (measure?.Unit ?? catalog.Indicator(key)?.Unit ?? "", overlaps);
    }

    /// <summary>How many a measure counts; null when nothing of its ledger was approved in the year, so that a zero says nothing.</summary>
    public decimal? Counted(string measure)
    {
        if (catalog.Measure(measure) is not { } definition) return null;
        var kept = report.Figures.Value(IndicatorCatalog.EveryEntryKey(definition.Ledger))?.Amount > 0;
        return kept ? report.Figures.Value(measure)?.Amount : null;
    }

    public string NameOf(string key) => catalog.Indicator(key)?.Name ?? catalog.Measure(key)?.Name ?? key;

    /// <summary>A ratio indicator's value as a share of 1; null when nothing is under it.</summary>
    public decimal? Ratio(string indicator) => report.Figures.Value(indicator)?.Amount;

    KnownValue? Known(string key)
    {
        if (report.Context.Facts(key) is not { Amount: { } amount } facts || facts.Print(FigureFormat.Plain) is not { } printed) return null;
        return new(key, facts.Name, facts.Unit, facts.IsRatio ? decimal.Parse(PercentDigits().Match(printed.Text).Value, System.Globalization.CultureInfo.InvariantCulture) : amount, printed.Text + (facts.IsRatio ? "" : facts.Unit));
    }

    /// <summary>The parts that <see cref="FigureIds"/> makes an id of.</summary>
    [GeneratedRegex("^(?<key>[A-Za-z][A-Za-z0-9.]*)(?:@(?<slice>[A-Za-z0-9]+)=(?<code>[A-Za-z0-9]+))?(?::(?<format>[A-Za-z]+))?(?:#\\d+)?$")]
    private static partial Regex Id();

    [GeneratedRegex("[\\d.]+")]
    private static partial Regex PercentDigits();
}

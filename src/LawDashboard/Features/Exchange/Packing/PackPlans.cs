using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>Works out what goes into a pack and what is missing, before anything is written.</summary>
public sealed class PackPlans(UnitYears years, UnitDirectory units, IndicatorReckoner reckoner, Counters counters, IEnumerable<IPackOutline> outlines, PackGaps gaps, TimeProvider clock)
{
    public IReadOnlyList<IPackOutline> Outlines { get; } = [.. outlines];

    /// <summary>Null when the person does not see the unit or nobody knows the outline.</summary>
    internal async Task<PackPlan?> MakeAsync(Person person, PackRequest request, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        if (tree.Find(request.Unit) is not { } unit || Outlines.FirstOrDefault(outline => outline.Key == request.Outline && outline.Applies(request.Year)) is not { } outline
            || await years.ReadAsync(person, unit, request.Year, cancel) is not { } facts) return null;
        var sections = outline.Sections(unit, request.Year);
        var indicators = Indicators(sections, facts);
        return new(person, unit, tree, request, sections, indicators, Ledgers(sections, indicators), await gaps.FindAsync(person, facts, cancel),
            ChinaTime.Local(ChinaTime.Now(clock)).ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture));
    }

    List<PackIndicator> Indicators(IReadOnlyList<PackSection> sections, UnitYear facts)
    {
        var (standings, words) = (new Standings(reckoner, facts), new MeasureWords(reckoner.Catalog.Ledgers));
        var all = new List<PackIndicator>();
        foreach (var (at, section) in sections.Index())
            foreach (var indicator in section.Indicators)
            {
                var standing = standings.Of(indicator);
                var target = standing.Target is { } set ? IndicatorValue.Print(set.Value, indicator.IsRatio) + indicator.Unit : "";
                all.Add(new(all.Count, at, indicator, standing.Value.WithUnit, target, string.Concat(Measures(indicator).Select(measure => words.Sentence(measure)))));
            }
        return all;
    }

    IEnumerable<MeasureDefinition> Measures(IndicatorDefinition indicator) =>
        new[] { indicator.Measure, indicator.Numerator, indicator.Denominator }.OfType<string>().Distinct(StringComparer.Ordinal).Select(reckoner.Catalog.Measure).OfType<MeasureDefinition>();

    List<PackLedger> Ledgers(IReadOnlyList<PackSection> sections, List<PackIndicator> indicators)
    {
        var byMeasure = indicators.SelectMany(indicator => Measures(indicator.Definition).Select(measure => (measure, indicator.Number))).ToLookup(pair => pair.measure.Key, pair => pair.Number, StringComparer.Ordinal);
        var asked = sections.SelectMany(section => section.Ledgers)
            .Concat(indicators.SelectMany(indicator => Measures(indicator.Definition)).Select(measure => reckoner.Catalog.Ledgers.Ledger(measure.Ledger)).OfType<LedgerDefinition>());
        return [.. asked.DistinctBy(ledger => ledger.Key).Select((ledger, at) => new PackLedger(at, ledger)
        {
            Counters = [.. counters.OfLedger(ledger.Key).Where(counter => byMeasure.Contains(counter.Measure.Key)).Select(counter => (counter, (IReadOnlyList<int>)[.. byMeasure[counter.Measure.Key]]))],
        })];
    }
}

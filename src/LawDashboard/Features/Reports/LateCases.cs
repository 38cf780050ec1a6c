using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Reports;

/// <summary>How many entries of a ledger are past a statutory limit and not done (超过法定时限).</summary>
/// <param name="Key">The measure that counts every entry of the ledger.</param>
/// <param name="Name">What the ledger is about.</param>
/// <param name="Clocks">The limits that are over, those that most entries are past first.</param>
public sealed record LateCases(string Key, string Name, string Unit, int Count, IReadOnlyList<string> Clocks)
{
    /// <summary>Which part of the ledger's entries a figure shows; as it stands in a figure's id.</summary>
    public static readonly FigureSlice Slice = new(ReportTemplate.ClockAxis, LateEntries.Filter, []);

    /// <summary>The same as it stands in a question for rows.</summary>
    public static readonly string Rows = Counter.SliceKey(ReportTemplate.ClockAxis, LateEntries.Filter);

    /// <summary>By ledger, the one with the most first.</summary>
    public static IReadOnlyList<LateCases> Of(IEnumerable<LateEntry> entries, IndicatorCatalog catalog) =>
        [.. from late in entries
            group late by late.Ledger into ledger
            let measure = catalog.Measure(IndicatorCatalog.EveryEntryKey(ledger.Key))
            where measure is not null
            orderby ledger.Count() descending, ledger.Key
            select new LateCases(measure.Key, measure.Name, measure.Unit, ledger.Count(), [.. ledger.SelectMany(late => late.Clocks).CountBy(name => name).OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal).Select(name => name.Key)])];
}

/// <summary>Words for what is past a statutory limit; its figures stand beside the ledgers' names.</summary>
static class LateWording
{
    const int MostClocks = 3;
    public const string Head = "有事项超过法定或规定时限没有办结";
    public const string Plan = "逐件明确承办人和办结日期，每周通报进展，办结前不销号";

    public static void Write(RunWriter writer, DraftContext context)
    {
        // A closed year is told of as it stands when the report is drafted.
        writer.Text(context.IsComplete ? $"{context.Term.Name}登记的事项中，" : $"{context.Word(OccasionWord.Period)}，");
        for (var i = 0; i < context.Late.Count; i++)
        {
            var late = context.Late[i];
            var facts = new FigureFacts(late.Key, late.Name + "超过法定或规定时限未办结", late.Unit, false, false, late.Count);
            writer.Text((i > 0 ? "、" : "") + late.Name).Figure(facts, FigureFormat.Plain, facts.Print(FigureFormat.Plain)!, LateCases.Slice).Text(late.Unit);
        }
        var clocks = context.Late.SelectMany(late => late.Clocks).Distinct().ToList();
        writer.Text($"超过法定或规定时限还没有办结，涉及{string.Join("、", clocks.Take(MostClocks))}{(clocks.Count > MostClocks ? "等" : "")}时限");
    }
}

using System.Text.RegularExpressions;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Reports.Templates;

/// <summary>A figure that can be put into a template, with what it says now.</summary>
/// <param name="Slices">Fields by which it can be broken down, with their labels.</param>
public sealed record FigureChoice(string Key, string Name, string Value, string? YearOnYear, bool HasTarget, bool IsMoney, IReadOnlyList<(string Field, string Label)> Slices);

/// <summary>A judged indicator that can be put into a template, with its grade as it is now.</summary>
public sealed record JudgedChoice(string Key, string Name, string Grade);

/// <summary>Finds figures by name or key for the picker beside a template.</summary>
public sealed partial class FigureChoices(IndicatorCatalog catalog)
{
    const int MostShown = 25;

    /// <summary>Those whose name or key holds every word typed; indicators before measures, those with something to say first.</summary>
    public IReadOnlyList<FigureChoice> Find(string? words, DraftContext context)
    {
        var wanted = (words ?? "").Split([' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
        return [.. catalog.Indicators.Select(indicator => (indicator.Key, indicator.Name)).Concat(catalog.Measures.Select(measure => (measure.Key, measure.Name)))
            .Where(known => wanted.All(word => known.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || known.Key.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(known => context.Facts(known.Key)).OrderByDescending(facts => !facts.CountsNothing).Take(MostShown).Select(facts => Choice(facts, context))];
    }

    /// <summary>The codes that a line of a template names, each once.</summary>
    public static IEnumerable<string> KeysIn(string line) => Code().Matches(line).Select(found => found.Value).Distinct(StringComparer.Ordinal);

    /// <summary>Judged indicators in the same way, in the order of the tasks.</summary>
    public IReadOnlyList<JudgedChoice> FindJudged(string? words, DraftContext context)
    {
        var wanted = (words ?? "").Split([' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
        return [.. catalog.Judged.Where(indicator => wanted.All(word => indicator.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || indicator.Key.Contains(word, StringComparison.OrdinalIgnoreCase) || "评议".Contains(word, StringComparison.Ordinal)))
            .Take(MostShown).Select(indicator => new JudgedChoice(indicator.Key, indicator.Name, context.Judged.GetValueOrDefault(indicator.Key)?.Grade ?? "尚未评定"))];
    }

    FigureChoice Choice(FigureFacts facts, DraftContext context)
    {
        var measure = catalog.Measure(facts.Key) ?? catalog.Measure(catalog.Indicator(facts.Key)?.Measure);
        var ledger = measure is null ? null : catalog.Ledgers.Ledger(measure.Ledger);
        return new(facts.Key, facts.Name, facts.Print(FigureFormat.Plain) is { } now ? now.Text + (facts.IsRatio ? "" : facts.Unit) : "—",
            facts.Print(FigureFormat.YearOnYear, context.WholeYear)?.Text, facts.Target is not null, facts.IsMoney,
            [.. (measure?.Slices ?? []).Select(slice => (slice, ledger?.Field(slice)?.Label ?? slice))]);
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+")]
    private static partial Regex Code();
}

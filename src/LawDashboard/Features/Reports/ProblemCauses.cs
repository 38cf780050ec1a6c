using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>
/// Why an indicator falls short, as far as the ledgers, the targets and the units below show it; where they don't, nothing is
/// said. In words without numbers: what is stated follows from the rows behind the figure beside it.
/// </summary>
public sealed class ProblemCauses(TallyReader tallies, UnitDirectory units, IndicatorReckoner reckoner)
{
    /// <summary>From this share on, a part is most of the whole.</summary>
    const decimal Most = 2m / 3;
    const int MostNamed = 2;
    const int MostMonths = 6;

    /// <summary>Clauses by the key of the indicator; those with none are left out.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(Person person, UnitYear facts, DraftContext context, CancellationToken cancel = default)
    {
        var told = Judgement.Problems(context).GroupBy(problem => problem.Group).SelectMany(group => group.Take(ProblemWording.MostInFull)).ToList();
        var indicators = told.ToDictionary(problem => problem.Standing.Key, problem => reckoner.Catalog.Indicator(problem.Standing.Key), StringComparer.Ordinal);
        string[] measures = [.. told.Where(problem => problem.Kind == ProblemKind.Behind).Select(problem => indicators[problem.Standing.Key]?.Measure).OfType<string>().Distinct(StringComparer.Ordinal)];
        List<Unit> below = [.. (await units.TreeAsync(cancel)).Children(facts.Unit).Where(child => child.Kind is UnitKind.Town or UnitKind.Village)];
        var books = measures.Length == 0 || below.Count < 2 ? new Dictionary<int, TallyBook>()
            : await tallies.BooksAsync(person, below, context.Term.Months, new(measures, []), cancel);
        var causes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var problem in told)
        {
            if (indicators[problem.Standing.Key] is not { } indicator) continue;
            List<string> clauses = [.. (problem.Kind == ProblemKind.Behind
                ? (string?[])[Months(context, problem.Standing.Key, facts.TargetOn(indicator.Key, context.Closing)), Raised(facts, context, indicator.Key), Units(indicator)]
                : [Raised(facts, context, indicator.Key), Kinds(context, problem, indicator)]).OfType<string>()];
            if (clauses.Count > 0) causes[indicator.Key] = clauses;
        }
        return causes;

        string? Units(IndicatorDefinition indicator)
        {
            var counted = facts.Below.Where(unit => books.ContainsKey(unit.Unit.Id))
                .Select(unit => (unit.Unit, Value: reckoner.Indicator(books[unit.Unit.Id], indicator, context.Term.Months).OnTargetScale ?? 0, Target: unit.Targets.GetValueOrDefault(indicator.Key)?.Value)).ToList();
            return facts.Unit.Kind is UnitKind.County ? Lagging([.. counted.Where(unit => unit.Target > unit.Value).Select(unit => (unit.Unit.Name, Gap: unit.Target!.Value - unit.Value))], counted.Count)
                : Silent([.. counted.Select(unit => unit.Value)], reckoner.Indicator(facts.Book, indicator, context.Term.Months).OnTargetScale ?? 0);
        }
    }

    /// <summary>In which months nothing was logged, of those in which the plan asks for something: fires are not fought off in July.</summary>
    static string? Months(DraftContext context, string indicator, Target? target)
    {
        var weights = (target?.Spread ?? "").Split(' ').Select(weight => decimal.TryParse(weight, System.Globalization.CultureInfo.InvariantCulture, out var part) ? part : 0).ToList();
        // The month that still runs is no month without anything.
        var over = context.Figures.Parts(indicator, ReportTemplate.MonthAxis).SkipLast(context.IsComplete ? 0 : 1).Where(month => IsPlanned(month.Code)).ToList();
        List<string> empty = [.. over.Where(month => month.Amount <= 0).Select(month => month.Label)];
        return empty.Count is > 0 and <= MostMonths && empty.Count < over.Count ? $"{string.Join("、", empty)}没有登记" : null;

        // Less than half of an even share is no month for it.
        bool IsPlanned(string month) => weights.Count != 12 || weights[int.Parse(month, System.Globalization.CultureInfo.InvariantCulture) % 100 - 1] * 24 >= weights.Sum();
    }

    /// <summary>The target in force was raised while the year ran.</summary>
    static string? Raised(UnitYear facts, DraftContext context, string indicator)
    {
        if (facts.Revisions.GetValueOrDefault(indicator) is not { } series || series.On(context.Closing) is not { } target) return null;
        var before = series.Revisions.LastOrDefault(other => other.EffectiveOn < target.EffectiveOn && !series.IsReplaced(other));
        return before is not null && before.Value < target.Value && target.EffectiveOn > new DateOnly(facts.Year, 1, 1) ? $"年度目标在{target.EffectiveOn.Month}月作了调增" : null;
    }

    /// <summary>Villages are not blamed by name; and only where they do most of the work is their silence a cause.</summary>
    static string? Silent(IReadOnlyList<decimal> villages, decimal whole)
    {
        var silent = villages.Count(value => value == 0);
        return silent == 0 || silent == villages.Count || villages.Sum() < whole * Most ? null
            : silent * 2 > villages.Count ? "多数村（社区）没有登记" : "部分村（社区）没有登记";
    }

    /// <summary>A town or two make most of what is missing.</summary>
    static string? Lagging(List<(string Name, decimal Gap)> towns, int all)
    {
        var (whole, named) = (towns.Sum(town => town.Gap), towns.OrderByDescending(town => town.Gap).Take(MostNamed).ToList());
        for (var count = 1; count <= named.Count && count * 2 < all; count++)
            if (named.Take(count).Sum(town => town.Gap) >= whole * Most) return $"差额主要在{string.Join("、", named.Take(count).Select(town => town.Name))}";
        return null;
    }

    /// <summary>Of cases that should not be, all or most are of one kind.</summary>
    string? Kinds(DraftContext context, Problem problem, IndicatorDefinition indicator)
    {
        if (problem.Kind is not (ProblemKind.Late or ProblemKind.Exceeded) || problem.Standing is not { IsRatio: false, LessIsBetter: true, Actual: >= 2 and { } whole } || reckoner.Catalog.Measure(indicator.Measure) is not { } measure) return null;
        foreach (var slice in measure.Slices)
        {
            var parts = context.Figures.Parts(indicator.Key, slice);
            if (parts.Count < 2 || parts.Sum(part => part.Amount) > whole || parts.MaxBy(part => part.Amount) is not { } main || Breakdown.IsRest(main) || main.Amount < whole * Most) continue;
            return $"{(main.Amount == whole ? "均为" : "主要是")}{main.Label}{(main.Label.EndsWith('类') ? "" : "类")}";
        }
        return null;
    }
}

using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;
using Xunit.Abstractions;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>Every cause that a draft states is held against counts of the test's own.</summary>
[Collection(DemonstrationCollection.Name)]
public sealed class ProblemCausesTests(Demonstration demo, ITestOutputHelper output)
{
    [Theory, InlineData("FZ", 2025), InlineData("FZ", 2026), InlineData("DH", 2025), InlineData("DH", 2026), InlineData("NZ", 2026)]
    public async Task What_is_said_of_causes_is_so(string code, int year)
    {
        var tree = await demo.Get<UnitDirectory>().TreeAsync();
        var (unit, catalog) = (tree.Find(code)!, demo.Get<IndicatorCatalog>());
        var context = (await demo.Get<ReportService>().ReadAsync(Person.Machine, unit, new ReportKey(year, null)))!.Context;
        var facts = (await demo.Get<UnitYears>().ReadAsync(Person.Machine, unit, year))!;
        using var connection = demo.Connect();
        decimal Of(string at, string key, string? slice = null, string? value = null) =>
            new IndependentCount(Demonstration.SeedFolder, connection, at).Value(key, new(year, 1, 1), new(year, 12, 31), slice, value) ?? 0;

        foreach (var problem in Judgement.Problems(context))
            foreach (var clause in context.Causes.GetValueOrDefault(problem.Standing.Key) ?? [])
            {
                output.WriteLine($"{problem.Standing.Name}：{clause}");
                var key = problem.Standing.Key;
                var below = tree.Children(unit).Where(child => child.Kind is UnitKind.Town or UnitKind.Village).ToList();
                if (clause.EndsWith("月没有登记", StringComparison.Ordinal))
                {
                    var counted = new IndependentCount(Demonstration.SeedFolder, connection, code);
                    foreach (var month in clause[..^"没有登记".Length].Split('、').Select(label => int.Parse(label.TrimEnd('月'), System.Globalization.CultureInfo.InvariantCulture)))
                    {
                        Assert.Equal(0, counted.Value(key, new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month))) ?? 0);
                        // A month in which the plan asks for next to nothing is no cause.
                        Assert.True(facts.Targets[key].Spread.Split(' ') is not { Length: 12 } weights || decimal.Parse(weights[month - 1], System.Globalization.CultureInfo.InvariantCulture) * 24 >= weights.Sum(weight => decimal.Parse(weight, System.Globalization.CultureInfo.InvariantCulture)));
                    }
                }
                else if (clause.EndsWith("没有登记", StringComparison.Ordinal))
                {
                    var counts = below.Select(child => Of(child.Code, key)).ToList();
                    Assert.InRange(counts.Count(count => count == 0), 1, counts.Count - 1);
                    Assert.Equal(clause.StartsWith("多数", StringComparison.Ordinal), counts.Count(count => count == 0) * 2 > counts.Count);
                    Assert.True(counts.Sum() * 3 >= Of(code, key) * 2);
                }
                else if (clause.StartsWith("年度目标在", StringComparison.Ordinal))
                    Assert.Contains(facts.Revisions[key].Revisions, target => clause.Contains($"{target.EffectiveOn.Month}月", StringComparison.Ordinal) && target.Value == facts.Targets[key].Value);
                else if (clause.StartsWith("差额主要在", StringComparison.Ordinal))
                    Assert.All(clause["差额主要在".Length..].Split('、'), name => Assert.Contains(below, town => town.Name == name && Of(town.Code, key) < facts.Below.Single(of => of.Unit == town).Targets[key].Value));
                else
                {
                    Assert.Matches("^(均为|主要是).+类$", clause);
                    var measure = catalog.Measure(catalog.Indicator(key)!.Measure)!;
                    var largest = measure.Slices.SelectMany(slice => catalog.Ledgers.Values(catalog.Ledgers.Ledger(measure.Ledger)!.Field(slice)!).Select(value => (slice, value)))
                        .First(part => clause.Contains(part.value.Label, StringComparison.Ordinal));
                    var part = Of(code, measure.Key, largest.slice, largest.value.Code);
                    Assert.True(clause.StartsWith("均为", StringComparison.Ordinal) ? part == Of(code, measure.Key) : part * 3 >= Of(code, measure.Key) * 2 && part < Of(code, measure.Key));
                }
            }
        output.WriteLine(string.Join('、', context.Late.Select(late => $"{late.Name}{late.Count}")));
    }
}

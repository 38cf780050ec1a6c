using System.Linq.Expressions;
using LawDashboard.Data;
using LawDashboard.Tests.Features.Indicators;

namespace LawDashboard.Tests.Data;

/// <summary>However a rule is carried out, its answer is the same.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void Generated_rules_decide_the_same_whether_they_are_interpreted_or_compiled()
    {
        var (held, failed) = (0, 0);
        for (var seed = 1; seed <= TestScale.Of(6, 200); seed++)
        {
            var dice = new CountingPropertyTests.Dice(seed);
            var catalog = dice.Catalog();
            foreach (var measure in dice.Measures(catalog).Where(measure => measure.Where is not null))
            {
                var ledger = catalog.Ledger(measure.Ledger)!;
                var values = Expression.Parameter(typeof(FieldValues));
                var rule = Expression.Lambda<Func<FieldValues, bool>>(measure.Where!.Build(values, ledger), values);
                var (decision, compiled) = (new Decision<FieldValues>(rule), rule.Compile());
                for (var i = 0; i < 2 * Decision<FieldValues>.Often; i++)
                {
                    var entry = dice.Values(ledger, catalog);
                    var holds = decision.Holds(entry);
                    Assert.True(compiled(entry) == holds, $"Seed {seed}, {measure.Key}, answer {i} on {entry.Json}");
                    if (holds) held++;
                    else failed++;
                }
            }
        }
        Assert.True(held > 500 && failed > 500, $"{held} {failed}");
    }
}

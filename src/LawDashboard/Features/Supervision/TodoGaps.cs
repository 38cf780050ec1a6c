using System.Globalization;
using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Supervision;

/// <summary>Pressing work left lying in the units, one line for each unit and kind: limits run out, case files incomplete, entries returned.</summary>
public sealed class TodoGaps(IEnumerable<ITodoGroup> groups, UnitDirectory units, TimeProvider clock) : IGapSource
{
    // A limit that ran out stands beside a target far behind; what merely waits, below one that will be missed.
    const decimal RanOut = 65, Late = 35, Waits = 15;

    public async Task<IReadOnlyList<Gap>> FindAsync(Person person, UnitYear facts, CancellationToken cancel)
    {
        if (facts.Year != ChinaTime.Today(clock).Year) return [];
        var tree = await units.TreeAsync(cancel);
        var scope = new TodoScope(person, facts.Unit, Everyone: true);
        var gaps = new List<Gap>();
        foreach (var group in groups.Where(group => group.Pressing && group.Tone is Tone.Bad or Tone.Late && group.Concerns(scope)))
            foreach (var (unit, count) in Below(tree, facts.Unit, await group.CountsAsync(scope, cancel)))
                gaps.Add(new($"todo:{group.Key}:{unit.Code}", $"{unit.Name}{group.Title(scope)}{count.ToString("#,##0", CultureInfo.InvariantCulture)}件", group.Hint,
                    $"/todo/{group.Key}?unit={Uri.EscapeDataString(unit.Code)}&year={facts.Year}&all=1", Weight(group.Tone) + Math.Min(9, count / 10m), unit));
        return gaps;
    }

    /// <summary>The counts of each unit right below, and of the unit itself.</summary>
    static IEnumerable<(Unit Unit, int Count)> Below(UnitTree tree, Unit top, IReadOnlyDictionary<int, int> counts) =>
        tree.Children(top).Select(child => (child, counts.Where(pair => tree.Find(pair.Key) is { } unit && tree.Covers(child, unit)).Sum(pair => pair.Value)))
            .Append((top, counts.GetValueOrDefault(top.Id))).Where(part => part.Item2 > 0);

    static decimal Weight(Tone tone) => tone switch { Tone.Bad => RanOut, Tone.Late => Late, _ => Waits };
}

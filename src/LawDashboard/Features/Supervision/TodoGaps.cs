using System.Globalization;
using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Supervision;

/// <summary>Pressing work left lying in the units, one line for each kind: limits run out, entries returned and not mended.</summary>
public sealed class TodoGaps(IEnumerable<ITodoGroup> groups, UnitDirectory units, TimeProvider clock) : IGapSource
{
    // A limit that ran out stands beside a target far behind; what merely waits, below one that will be missed.
    const decimal RanOut = 65, Waits = 35;
    const int Named = 3;

    public async Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts, CancellationToken cancel)
    {
        if (facts.Year != ChinaTime.Today(clock).Year) return [];
        var tree = await units.TreeAsync(cancel);
        var scope = new TodoScope(Person.Machine, facts.Unit, Everyone: true);
        var gaps = new List<Gap>();
        foreach (var group in groups.Where(group => group.Pressing && group.Tone is Tone.Bad or Tone.Late && group.Concerns(scope)))
        {
            var counts = await group.CountsAsync(scope, cancel);
            var sum = counts.Values.Sum();
            if (sum == 0) continue;
            gaps.Add(new($"todo:{group.Key}", $"{group.Title(scope)}{Number(sum)}件", Where(tree, facts.Unit, counts),
                $"/todo/{group.Key}?unit={Uri.EscapeDataString(facts.Unit.Code)}&year={facts.Year}&all=1", (group.Tone is Tone.Bad ? RanOut : Waits) + Math.Min(9, sum / 10m), facts.Unit));
        }
        return gaps;
    }

    /// <summary>The units that have most of them: 法镇本级19件、茶坊沟村5件等10个单位.</summary>
    static string Where(UnitTree tree, Unit top, IReadOnlyDictionary<int, int> counts)
    {
        var parts = tree.Children(top).Select(child => (child.Name, Count: counts.Where(pair => tree.Find(pair.Key) is { } unit && tree.Covers(child, unit)).Sum(pair => pair.Value)))
            .Append((Name: $"{top.Name}本级", Count: counts.GetValueOrDefault(top.Id))).Where(part => part.Count > 0).OrderByDescending(part => part.Count).ToList();
        var named = string.Join('、', parts.Take(Named).Select(part => $"{part.Name}{Number(part.Count)}件"));
        return parts.Count > Named ? $"{named}等{parts.Count}个单位" : named;
    }

    static string Number(int count) => count.ToString("#,##0", CultureInfo.InvariantCulture);
}

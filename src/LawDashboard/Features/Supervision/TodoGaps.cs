using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Supervision;

/// <summary>
/// Work left lying in the units, one line for each kind: limits that ran out or will within days, entries returned and not
/// mended, files and photographs that are missing.
/// </summary>
public sealed class TodoGaps(IEnumerable<ITodoGroup> groups, UnitDirectory units, TimeProvider clock) : IGapSource
{
    // A limit that ran out stands beside a target far behind, one that will this week above all that there is still time for;
    // what merely waits, below a target that will be missed; what is only not shown yet, last of these.
    const decimal RanOut = 65, RunsOut = 58, Waits = 35, Unshown = 25;
    const int Named = 3;

    /// <summary>What was long to count is not counted again before so many times that long: pages ask at every save.</summary>
    const int Rest = 20;

    readonly ConcurrentDictionary<(string Group, int Unit), (long Until, IReadOnlyDictionary<int, int> Counts)> known = new();

    public async Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts, CancellationToken cancel)
    {
        if (facts.Year != ChinaTime.Today(clock).Year) return [];
        var tree = await units.TreeAsync(cancel);
        var scope = new TodoScope(Person.Machine, facts.Unit, Everyone: true);
        var gaps = new List<Gap>();
        foreach (var (group, weight) in groups.Where(group => group.Concerns(scope)).Select(group => (group, Weight(group))))
        {
            if (weight is not { } pressing) continue;
            var counts = await CountsAsync(group, scope, cancel);
            var sum = counts.Values.Sum();
            if (sum == 0) continue;
            gaps.Add(new($"todo:{facts.Unit.Id}:{group.Key}", $"{group.Title(scope)}{Number(sum)}件", Where(tree, facts.Unit, counts),
                $"/todo/{group.Key}?unit={Uri.EscapeDataString(facts.Unit.Code)}&year={facts.Year}&all=1", pressing + Math.Min(9, sum / 10m), facts.Unit));
        }
        return gaps;
    }

    static decimal? Weight(ITodoGroup group) => group switch
    {
        DueSoonTodo => RunsOut,
        EvidenceTodo or CaseFileTodo => Unshown,
        { Pressing: true, Tone: Tone.Bad } => RanOut,
        { Pressing: true, Tone: Tone.Late } => Waits,
        _ => null,
    };

    async Task<IReadOnlyDictionary<int, int>> CountsAsync(ITodoGroup group, TodoScope scope, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        if (known.TryGetValue((group.Key, scope.Unit.Id), out var last) && began < last.Until) return last.Counts;
        var counts = await group.CountsAsync(scope, cancel);
        var now = Stopwatch.GetTimestamp();
        known[(group.Key, scope.Unit.Id)] = (now + (now - began - Stopwatch.Frequency / 20) * Rest, counts);
        return counts;
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

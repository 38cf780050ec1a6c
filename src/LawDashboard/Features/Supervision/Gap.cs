using System.Runtime.CompilerServices;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Supervision;

/// <summary>Something that needs doing this week (短板): a target that will be missed, a village that logs nothing, a limit that ran out.</summary>
/// <param name="Key">The same for the same gap of the same unit week after week, so that what is already under supervision is known.</param>
/// <param name="Text">What is wrong, with its figures.</param>
/// <param name="Why">What it is held against.</param>
/// <param name="Href">Where it can be seen or done.</param>
/// <param name="Weight">The more pressing, the higher; comparable over all sources.</param>
/// <param name="Unit">Who is to act.</param>
public sealed record Gap(string Key, string Text, string Why, string Href, decimal Weight, Unit Unit);

/// <summary>Finds gaps of one kind. Whoever knows of such registers a source.</summary>
public interface IGapSource
{
    /// <summary>The gaps of the unit with everything below it. What it finds is shown to all who see the unit: figures, never personal data.</summary>
    Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts, CancellationToken cancel);
}

/// <summary>The gap list (短板清单) of a unit and year, the most pressing first. Looked for once for all who share a reading of the unit.</summary>
public sealed class GapList(IEnumerable<IGapSource> sources)
{
    readonly ConditionalWeakTable<UnitYear, Task<IReadOnlyList<Gap>>> found = [];

    /// <param name="facts">As <see cref="UnitYears"/> gave them to somebody who sees the unit.</param>
    public async Task<IReadOnlyList<Gap>> ReadAsync(UnitYear facts, CancellationToken cancel = default)
    {
        // Shared, so nobody who leaves may cancel it for the others.
        var finding = found.GetValue(facts, shared => Task.Run(() => FindAsync(shared)));
        try
        {
            return await finding.WaitAsync(cancel);
        }
        catch when (finding.IsFaulted)
        {
            found.Remove(facts);
            throw;
        }
    }

    async Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts)
    {
        var gaps = new List<Gap>();
        foreach (var source in sources) gaps.AddRange(await source.FindAsync(facts, CancellationToken.None));
        return [.. gaps.OrderByDescending(gap => gap.Weight).ThenBy(gap => gap.Key, StringComparer.Ordinal)];
    }
}

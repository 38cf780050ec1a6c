using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Supervision;

/// <summary>Something that needs doing this week (短板): a target that will be missed, a village that logs nothing, a limit that ran out.</summary>
/// <param name="Key">The same for the same gap week after week, so that what is already under supervision is known.</param>
/// <param name="Text">What is wrong, with its figures.</param>
/// <param name="Why">What it is held against.</param>
/// <param name="Href">Where it can be seen or done.</param>
/// <param name="Weight">The more pressing, the higher; comparable over all sources.</param>
/// <param name="Unit">Who is to act.</param>
public sealed record Gap(string Key, string Text, string Why, string Href, decimal Weight, Unit Unit);

/// <summary>Finds gaps of one kind. Whoever knows of such registers a source.</summary>
public interface IGapSource
{
    Task<IReadOnlyList<Gap>> FindAsync(Person person, UnitYear facts, CancellationToken cancel);
}

/// <summary>The gap list (短板清单) of a unit and year: the most pressing first.</summary>
public sealed class GapList(IEnumerable<IGapSource> sources)
{
    public async Task<IReadOnlyList<Gap>> ReadAsync(Person person, UnitYear facts, CancellationToken cancel = default)
    {
        var gaps = new List<Gap>();
        foreach (var source in sources) gaps.AddRange(await source.FindAsync(person, facts, cancel));
        return [.. gaps.OrderByDescending(gap => gap.Weight).ThenBy(gap => gap.Key, StringComparer.Ordinal)];
    }
}

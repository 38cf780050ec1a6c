namespace LawDashboard.Features.Indicators;

/// <summary>Every revision of one indicator's target in one unit and year; at least one.</summary>
public sealed class TargetSeries(IEnumerable<Target> revisions)
{
    /// <summary>In the order in which they take effect; of several from the same day the one entered last stands last.</summary>
    public IReadOnlyList<Target> Revisions { get; } = [.. revisions.OrderBy(target => target.EffectiveOn).ThenBy(target => target.SetAt ?? DateTime.MinValue).ThenBy(target => target.Id)];

    /// <summary>The one in force on a day. The first holds from the year's beginning, whenever its paper came.</summary>
    public Target On(DateOnly day) => Revisions.LastOrDefault(target => target.EffectiveOn <= day) ?? Revisions[0];

    /// <summary>True when another from the same day has taken its place, so that it never was in force.</summary>
    public bool IsReplaced(Target target) => Revisions.Last(other => other.EffectiveOn == target.EffectiveOn) != target;

    public static IReadOnlyDictionary<string, Target> On(IReadOnlyDictionary<string, TargetSeries> all, DateOnly day) =>
        all.ToDictionary(pair => pair.Key, pair => pair.Value.On(day), StringComparer.Ordinal);
}

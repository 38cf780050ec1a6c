namespace LawDashboard.Features.Ledgers.Review;

/// <summary>The pile on a reviewer's desk: which one lies open, which come before and after it. What is decided leaves the pile, and the one after it lies open.</summary>
/// <param name="ids">Those that are at hand, in order.</param>
/// <param name="total">How many there are in all; more than are at hand where very many wait.</param>
public sealed class ReviewPile(IEnumerable<long> ids, int total)
{
    readonly List<long> left = [.. ids];

    /// <summary>From 0.</summary>
    public int At { get; private set; }
    public int Total { get; private set; } = total;
    public long? Current => left.Count == 0 ? null : left[At];
    public long? Next => At + 1 < left.Count ? left[At + 1] : null;
    public long? Previous => At > 0 ? left[At - 1] : null;
    /// <summary>Nothing is at hand any more, but more wait.</summary>
    public bool IsUsedUp => left.Count == 0 && Total > 0;

    /// <summary>Opens that one; false when it is not in the pile.</summary>
    public bool GoTo(long id)
    {
        var at = left.IndexOf(id);
        if (at >= 0) At = at;
        return at >= 0;
    }

    public void Remove(long id)
    {
        var at = left.IndexOf(id);
        if (at < 0) return;
        left.RemoveAt(at);
        Total--;
        if (at < At) At--;
        At = Math.Clamp(At, 0, Math.Max(0, left.Count - 1));
    }
}

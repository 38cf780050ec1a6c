namespace LawDashboard.Features.Reports.Checking;

/// <summary>How much of two texts is the same, by the longest common subsequence of their characters without punctuation.</summary>
public static class Similarity
{
    /// <summary>0 for nothing in common, 1 for the same.</summary>
    public static double Of(string a, string b) => OfBare(Bare(a), Bare(b));

    /// <summary>Letters and digits alone.</summary>
    public static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>The same for texts that are bare already.</summary>
    public static double OfBare(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return a.Length == b.Length ? 1 : 0;
        // No two texts of lengths that far apart can be alike; most pairs end here.
        if (2.0 * Math.Min(a.Length, b.Length) / (a.Length + b.Length) < 0.5) return 0;
        var (previous, current) = (new int[b.Length + 1], new int[b.Length + 1]);
        foreach (var c in a)
        {
            for (var j = 1; j <= b.Length; j++)
                current[j] = c == b[j - 1] ? previous[j - 1] + 1 : Math.Max(previous[j], current[j - 1]);
            (previous, current) = (current, previous);
        }
        return 2.0 * previous[b.Length] / (a.Length + b.Length);
    }
}

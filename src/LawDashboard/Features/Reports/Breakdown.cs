namespace LawDashboard.Features.Reports;

/// <summary>One printed part of a breakdown; 其他 has no code but names those that it leaves out.</summary>
public sealed record BreakdownPart(string Label, decimal Amount, FigureSlice Slice);

/// <summary>
/// A total in its parts, largest first, equal ones in dictionary order, the small ones and what no part claims gathered
/// as 其他, so that the parts add up to the total. Parts that overlap (an event in two categories) add up to more than
/// the total; they are listed without 其他, since nothing could close them.
/// </summary>
public static class Breakdown
{
    /// <param name="top">How many parts are named; null for all.</param>
    /// <returns>Empty when there is nothing to break down or no named part has anything.</returns>
    public static IReadOnlyList<BreakdownPart> Of(decimal total, IReadOnlyList<FigurePart> parts, string slice, int? top)
    {
        if (total <= 0) return [];
        var named = parts.Where(part => part.Amount > 0 && !IsRest(part)).OrderByDescending(part => part.Amount).Take(top ?? int.MaxValue).ToList();
        if (named.Count == 0) return [];
        List<BreakdownPart> lines = [.. named.Select(part => new BreakdownPart(part.Label, part.Amount, new(slice, part.Code, [])))];
        var rest = parts.Sum(part => part.Amount) > total ? 0 : total - named.Sum(part => part.Amount);
        if (rest > 0) lines.Add(new("其他", rest, new(slice, null, [.. named.Select(part => part.Code)])));
        return lines;
    }

    /// <summary>The dictionary's own remainder; 其他劳动争议 and the like are kinds of their own.</summary>
    internal static bool IsRest(FigurePart part) => part.Code == "other" || part.Label is "其他" or "其它";
}

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>
/// A line of an entry's history, with those behind it that only say the same again: sixteen downloads of a case file in a row
/// must not bury the approval beneath them.
/// </summary>
/// <param name="Line">The newest of them.</param>
/// <param name="Earlier">The others, newest first.</param>
public sealed record TimelineGroup(EntryHistoryLine Line, IReadOnlyList<EntryHistoryLine> Earlier)
{
    /// <summary>What takes something out and changes nothing.</summary>
    const string Export = "export";

    /// <param name="lines">Newest first.</param>
    public static IReadOnlyList<TimelineGroup> Of(IReadOnlyList<EntryHistoryLine> lines)
    {
        List<TimelineGroup> groups = [];
        for (var i = 0; i < lines.Count;)
        {
            var end = i + 1;
            if (lines[i].Event.Action == Export)
                while (end < lines.Count && lines[end].Event.Action == Export) end++;
            groups.Add(new(lines[i], [.. lines.Skip(i + 1).Take(end - i - 1)]));
            i = end;
        }
        return groups;
    }
}

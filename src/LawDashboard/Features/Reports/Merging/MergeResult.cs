namespace LawDashboard.Features.Reports.Merging;

/// <summary>One way to settle a conflict.</summary>
/// <param name="Unit">What then stands in the report; null to leave the sentence out.</param>
public sealed record MergeOption(string Label, TextUnit? Unit);

/// <summary>A place where person and new draft disagree. The first option keeps the person's words.</summary>
public sealed record MergeConflict(string Why, string Section, TextUnit? Base, IReadOnlyList<MergeOption> Options);

/// <summary>A unit of the merged report, or a conflict in its place.</summary>
public sealed record MergeItem(TextUnit? Unit, MergeConflict? Conflict = null);

/// <summary>What became of a sentence, for the list that is shown beside the conflicts.</summary>
public enum MergeNoteKind
{
    Kept,
    /// <summary>Taken out by the person, while the new draft says it as before.</summary>
    Deleted,
    Updated, Added, Removed,
    /// <summary>Taken out by the person, while the new draft says it otherwise.</summary>
    StaysDeleted,
    WithoutData,
}

/// <summary>Something that the merge did by itself, or met on its way.</summary>
public sealed record MergeNote(MergeNoteKind Kind, string Section, string Text);

/// <summary>A merge, ready but for the conflicts in it.</summary>
public sealed record MergeResult(IReadOnlyList<MergeItem> Items, IReadOnlyList<MergeNote> Notes, ReportDraft Theirs)
{
    public IReadOnlyList<MergeConflict> Conflicts { get; } = [.. Items.Select(item => item.Conflict).OfType<MergeConflict>()];

    /// <summary>The merged report.</summary>
    /// <param name="choices">For each conflict in order which option was chosen; the first where none is given.</param>
    public ReportDraft Resolve(IReadOnlyList<int>? choices = null)
    {
        List<TextUnit> units = [];
        var conflict = 0;
        foreach (var item in Items)
        {
            var unit = item.Unit;
            if (item.Conflict is { } open)
            {
                var chosen = choices?.ElementAtOrDefault(conflict++) ?? 0;
                unit = open.Options[Math.Clamp(chosen, 0, open.Options.Count - 1)].Unit;
            }
            if (unit is not null) units.Add(unit);
        }
        return TextUnits.ToDraft(units, Theirs);
    }
}

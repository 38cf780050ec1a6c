using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Merging;

/// <summary>
/// The three-way merge of a report: what was given out (base), what a person made of it (mine), and what it would be now
/// (theirs). Unchanged sentences take the new draft; edited ones keep the person's words with the figures in them updated;
/// deleted ones stay deleted; what both changed is a conflict. Every sentence that a person typed is in the result or in a
/// conflict's first option. Pure.
/// </summary>
public static class ReportMerge
{
    /// <param name="update">Counts a figure anew that the new draft no longer has; null when that is not possible.</param>
    public static MergeResult Merge(ReportDraft @base, ReportDraft mine, ReportDraft theirs, Func<Figure, Figure?>? update = null) =>
        Merge(@base, TextUnits.Of(mine), theirs, update);

    /// <param name="mine">The edited document in units, its figures found by their ids in what was given out.</param>
    public static MergeResult Merge(ReportDraft @base, IReadOnlyList<TextUnit> mine, ReportDraft theirs, Func<Figure, Figure?>? update = null) =>
        new Merging(@base, mine, theirs, update).Run();
}

/// <summary>One merge under way.</summary>
sealed class Merging(ReportDraft given, IReadOnlyList<TextUnit> edited, ReportDraft theirs, Func<Figure, Figure?>? update)
{
    readonly IReadOnlyList<TextUnit> before = TextUnits.Of(given);
    readonly IReadOnlyList<TextUnit> after = TextUnits.Of(theirs);
    readonly ILookup<string, Figure> figures = theirs.Marks.ToLookup(figure => FigureIds.Base(figure.Id), StringComparer.Ordinal);
    readonly Dictionary<string, Figure> byId = theirs.Marks.DistinctBy(figure => figure.Id).ToDictionary(figure => figure.Id, StringComparer.Ordinal);
    readonly List<MergeItem> items = [];
    readonly List<MergeNote> notes = [];
    string section = "";
    bool startPending;

    public MergeResult Run()
    {
        IReadOnlyList<TextUnit> mine = Rebound();
        var aligned = Alignment.Of(before, mine, unit => unit.Pattern);
        var drafted = Alignment.Of(before, after, unit => unit.Pattern);
        var (m, t) = (0, 0);
        for (var i = 0; i <= before.Count; i++)
        {
            // A unit that found no counterpart ends no gap: what was inserted waits for the next that did.
            var (mineEnd, draftEnd) = (Next(aligned, i, mine.Count), Next(drafted, i, after.Count));
            if (i == before.Count || aligned[i] >= 0 || drafted[i] >= 0)
            {
                if (i == before.Count || drafted[i] >= 0) t = Insert(after, t, draftEnd, mine, m, mineEnd);
                if (i == before.Count || aligned[i] >= 0) m = Typed(mine, m, mineEnd);
            }
            if (i == before.Count) break;
            Settle(before[i], aligned[i] < 0 ? null : mine[m++], drafted[i] < 0 ? null : after[t++]);
        }
        return new(items, notes, theirs);
    }

    /// <summary>What the person made of it, with the marks of figures that were lost on the way found again.</summary>
    TextUnit[] Rebound()
    {
        TextUnit[] mine = [.. edited];
        var aligned = Alignment.Of(before, mine, unit => unit.Text);
        for (var i = 0; i < before.Count; i++)
            if (aligned[i] is >= 0 and var j) mine[j] = FigureBinding.Rebind(mine[j], before[i]);
        return mine;
    }

    static int Next(int[] match, int from, int end)
    {
        for (var i = from; i < match.Length; i++)
            if (match[i] >= 0) return match[i];
        return end;
    }

    /// <summary>What the new draft has more; where the person wrote the very same, his stands.</summary>
    int Insert(IReadOnlyList<TextUnit> from, int start, int end, IReadOnlyList<TextUnit> mine, int mineStart, int mineEnd)
    {
        for (; start < end; start++)
        {
            var unit = from[start];
            if (Enumerable.Range(mineStart, Math.Max(0, mineEnd - mineStart)).Any(j => mine[j].Kind == unit.Kind && mine[j].Pattern == unit.Pattern)) continue;
            // Title, signature and date stand once; those that the person took out or replaced stay so.
            if (unit.Kind is not (PartKind.Heading or PartKind.Body) && mine.Any(own => own.Kind == unit.Kind)) continue;
            Emit(unit);
            notes.Add(new(MergeNoteKind.Added, section, unit.Text));
        }
        return start;
    }

    /// <summary>What the person added.</summary>
    int Typed(IReadOnlyList<TextUnit> mine, int start, int end)
    {
        for (; start < end; start++)
        {
            var unit = Updated(mine[start]);
            notes.Add(new(MergeNoteKind.Kept, section, unit.Text));
            if (mine[start].Typed is not null) Open("这里的数据项被改写成了别的数字。", null, Overwritten(mine[start]));
            else Emit(unit);
        }
        return start;
    }

    void Settle(TextUnit old, TextUnit? mine, TextUnit? draft)
    {
        if (mine is null)
        {
            if (draft is not null) notes.Add(new(draft.Pattern == old.Pattern ? MergeNoteKind.Deleted : MergeNoteKind.StaysDeleted, section, draft.Text));
            return;
        }
        var starts = mine.Starts != old.Starts || draft is null ? mine.Starts : draft.Starts;
        if (mine.Typed is null && mine.Pattern == old.Pattern) Unchanged(old, mine, draft, starts);
        else Edited(old, mine with { Starts = starts }, draft is null ? null : draft with { Starts = starts });
    }

    void Unchanged(TextUnit old, TextUnit mine, TextUnit? draft, bool starts)
    {
        if (draft is null)
        {
            notes.Add(new(MergeNoteKind.Removed, section, mine.Text));
            startPending |= mine.Starts;
            return;
        }
        if (draft.Text != old.Text) notes.Add(new(MergeNoteKind.Updated, section, draft.Text));
        Emit(draft with { Starts = starts });
    }

    void Edited(TextUnit old, TextUnit mine, TextUnit? draft)
    {
        List<MergeOption> own = mine.Typed is null ? [new("您的文字（数据已更新）", Updated(mine))] : Overwritten(mine);
        if (draft is null) Open("您改过这句话，新稿中已经没有它（台账没有数据）。", old, [.. own, new("删去", null)]);
        else if (draft.Pattern != old.Pattern && draft.Pattern != mine.Pattern) Open("您和新稿都改了这句话。", old, [.. own, new("新稿的文字", draft)]);
        else if (mine.Typed is not null) Open("这里的数据项被改写成了别的数字。", old, own);
        else if (draft.Pattern == mine.Pattern) Emit(draft);
        else
        {
            Emit(own[0].Unit!);
            notes.Add(new(MergeNoteKind.Kept, section, own[0].Unit!.Text));
        }
    }

    List<MergeOption> Overwritten(TextUnit mine) =>
    [
        new("您写的数字（不再随台账更新）", Updated(mine with { Runs = mine.Typed!, Typed = null })),
        new("台账的数字", Updated(mine with { Typed = null })),
    ];

    void Open(string why, TextUnit? old, IReadOnlyList<MergeOption> options)
    {
        var starts = startPending;
        startPending = false;
        items.Add(new(null, new(why, section, old, starts ? [.. options.Select(option => option with { Unit = option.Unit is { } unit ? unit with { Starts = true } : null })] : options)));
    }

    void Emit(TextUnit unit)
    {
        if (unit.Kind == PartKind.Heading) section = unit.Text.TrimEnd('。');
        // Where the new draft left out the sentence that began a paragraph, the next begins it.
        if (startPending && items is not [.., { Unit.Kind: PartKind.Heading }]) unit = unit with { Starts = true };
        startPending = false;
        items.Add(new(unit));
    }

    /// <summary>The person's words with today's numbers.</summary>
    TextUnit Updated(TextUnit unit) => unit with
    {
        Runs = [.. unit.Runs.Select(run =>
        {
            if (run.Figure is not { } figure) return run with { Text = PeriodWords.Moved(run.Text, given.Closing, theirs.Closing) };
            var now = byId.GetValueOrDefault(figure.Id) ?? figures[FigureIds.Base(figure.Id)].FirstOrDefault() ?? update?.Invoke(figure);
            if (now is null)
            {
                notes.Add(new(MergeNoteKind.WithoutData, section, $"{figure.Name}（{run.Text}）"));
                return run;
            }
            return new ReportRun(now.Text, now with { Id = figure.Id });
        })],
    };
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>The entries that wait for a reviewer, longest waiting first.</summary>
/// <param name="Ids">Those that the filter leaves; the first ones of <paramref name="Total"/>.</param>
/// <param name="ByLedger">How many wait in each ledger, whatever the filter.</param>
/// <param name="ByUnit">The same for units, by id.</param>
public sealed record ReviewList(IReadOnlyList<long> Ids, int Total, IReadOnlyDictionary<string, int> ByLedger, IReadOnlyDictionary<int, int> ByUnit)
{
    /// <summary>The same with one that was decided on no longer counted.</summary>
    public ReviewList Without(Entry entry) => this with { ByLedger = Less(ByLedger, entry.LedgerKey), ByUnit = Less(ByUnit, entry.UnitId) };

    static Dictionary<T, int> Less<T>(IReadOnlyDictionary<T, int> counts, T key) where T : notnull =>
        counts.Select(pair => pair.Key.Equals(key) ? KeyValuePair.Create(key, pair.Value - 1) : pair).Where(pair => pair.Value > 0).ToDictionary();
}

/// <summary>A field that was changed since somebody decided on the entry.</summary>
public sealed record ChangedField(FieldDefinition Field, FieldValues Before, FieldValues After);

/// <summary>What a reviewer works through, and what he needs to know of each entry.</summary>
public sealed class ReviewQueue(EntryLists lists, IDbContextFactory<AppDbContext> contexts, UnitDirectory units, LedgerCatalog catalog)
{
    const int Most = 1000;
    const int MostNotes = 8;

    /// <summary>Null when the role does not review.</summary>
    public async Task<ReviewList?> ReadAsync(Person person, Unit unit, LedgerDefinition? ledger, Unit? within, CancellationToken cancel = default)
    {
        if (ReviewTodo.ToReview(person, unit) is not { } all) return null;
        var asked = all with { Ledger = ledger, Unit = within ?? unit, OwnOnly = within is not null };
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var ids = await EntryReader.SelectSorted(db, tree, asked).Where(entry => entry.OriginId == null).Select(entry => entry.Id).Take(Most).ToListAsync(cancel);
        var groups = await EntryReader.Select(db, tree, all).GroupBy(entry => new { entry.LedgerKey, entry.UnitId })
            .Select(group => new { group.Key.LedgerKey, group.Key.UnitId, Count = group.Count() }).ToListAsync(cancel);
        return new(ids, ids.Count < Most ? ids.Count : await lists.CountAsync(asked, cancel),
            groups.GroupBy(g => g.LedgerKey).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            groups.GroupBy(g => g.UnitId).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)));
    }

    /// <summary>Notes offered for a return: those that stand most often on entries now returned, then those of the definitions.</summary>
    public async Task<IReadOnlyList<string>> NotesAsync(Person person, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var used = await EntryReader.Select(db, tree, new() { Person = person, States = [EntryState.Returned] })
            .Where(entry => entry.StateNote != null).GroupBy(entry => entry.StateNote!)
            .Select(group => new { Note = group.Key, Count = group.Count() }).Where(note => note.Count > 1)
            .OrderByDescending(note => note.Count).ThenBy(note => note.Note).Take(MostNotes / 2).ToListAsync(cancel);
        return [.. used.Select(note => note.Note).Where(note => note.Length <= 60).Concat(catalog.ReturnNotes).Distinct(StringComparer.Ordinal).Take(MostNotes)];
    }

    /// <summary>
    /// What was changed since the last decision on it (approval, return or unlocking), newest decision in words; null when
    /// nobody has decided yet.
    /// </summary>
    public static (EntryHistoryLine Decision, IReadOnlyList<ChangedField> Changes)? SinceDecision(LedgerDefinition ledger, Entry entry, IReadOnlyList<EntryHistoryLine> history) =>
        // What was unlocked is compared with what was approved, whatever was returned on the way.
        entry.ApprovedValues is { } approved && history.FirstOrDefault(line => line.Event.Action == "approve") is { } approval ? (approval, Between(ledger, approved, entry.Values))
        : history.FirstOrDefault(line => line.Event.Action is "approve" or "return" && line.After is not null) is { After: { } then } decision ? (decision, Between(ledger, then.FieldValues, entry.Values))
        : null;

    public static IReadOnlyList<ChangedField> Between(LedgerDefinition ledger, FieldValues before, FieldValues after) =>
        [.. FieldChanges.Between(ledger, before, after).Select(field => new ChangedField(field, before, after))];
}

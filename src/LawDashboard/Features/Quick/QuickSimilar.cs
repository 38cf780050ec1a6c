using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Quick;

/// <summary>A phone's form as far as it is typed.</summary>
public sealed record QuickTyped(string? Unit, Dictionary<string, string>? Fields);

/// <summary>An entry that may be the same event, as the phone shows it.</summary>
public sealed record SimilarLine(long Id, string Title, string Line, string Why);

/// <summary>What may have been logged already (可能重复), asked while a form is typed on the phone; by the same comparison as at the desk.</summary>
public sealed class QuickSimilar(EntryEditors editors, DuplicateService duplicates, EntryLists entries, LedgerCatalog catalog, UnitDirectory units, TimeProvider clock)
{
    /// <summary>The likeliest first; nothing for those who do not log.</summary>
    public async Task<IReadOnlyList<SimilarLine>> FindAsync(Person person, string ledger, QuickTyped typed, CancellationToken cancel = default)
    {
        if (await EntryAsync(person, ledger, typed, cancel) is not { } entry) return [];
        var tree = await units.TreeAsync(cancel);
        return [.. (await duplicates.FindAsync(person, entry, cancel)).Select(found =>
            new SimilarLine(found.Entry.Id, found.Entry.Title, found.Line(tree), string.Join("，", found.Likeness.Reasons)))];
    }

    /// <summary>Remembers that what is typed is another event (这是另一件).</summary>
    public async Task DismissAsync(Person person, string ledger, QuickTyped typed, long other, CancellationToken cancel = default)
    {
        if (await EntryAsync(person, ledger, typed, cancel) is { } entry && await entries.FindAsync(person, other, cancel) is { } known)
            await duplicates.DismissAsync(person, entry, known, cancel);
    }

    /// <summary>The entry as it would be saved now; null where none can be.</summary>
    async Task<Entry?> EntryAsync(Person person, string ledger, QuickTyped typed, CancellationToken cancel)
    {
        if (!person.CanRecord || catalog.Ledger(ledger) is not { } definition || typed.Fields is null) return null;
        var tree = await units.TreeAsync(cancel);
        var unit = tree.Find(typed.Unit) is { } chosen && person.Sees(tree, chosen) ? chosen : person.Tops(tree).FirstOrDefault();
        if (unit is null) return null;
        var editor = await editors.NewAsync(person, definition, unit, cancel: cancel);
        foreach (var field in definition.Fields)
            if (typed.Fields.TryGetValue(field.Key, out var text)) editor.Form.Set(field.Key, text);
        return editor.Preview(ChinaTime.Today(clock));
    }
}

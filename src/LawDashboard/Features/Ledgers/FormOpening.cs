using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>What a form's address leads to.</summary>
/// <param name="Editor">The form; null when its ledger or entry does not exist for this person.</param>
/// <param name="Resumed">What was left unfinished and is on the form again.</param>
/// <param name="Others">What else the person left unfinished in the ledger, to be offered.</param>
/// <param name="SavedAs">The entry that the form was saved as before; there is nothing to fill any more.</param>
public sealed record OpenedForm(EntryEditor? Editor, FormDraft? Resumed = null, IReadOnlyList<FormLine>? Others = null, long? SavedAs = null);

/// <summary>Opens forms as their person left them.</summary>
public sealed class FormOpening(EntryEditors editors, FormDrafts drafts, LedgerCatalog catalog)
{
    /// <param name="formId">Names the form in its address; null when a new one is begun.</param>
    /// <param name="filled">What the address wants filled in where nothing was typed before.</param>
    public async Task<OpenedForm> NewAsync(
        Person person, string key, Unit unit, long? copyOf, Guid? formId, IReadOnlyDictionary<string, IReadOnlyList<string>>? filled = null, CancellationToken cancel = default)
    {
        if (catalog.Ledger(key) is not { } ledger) return new(null);
        if (formId is { } id)
        {
            if (await drafts.SavedAsAsync(person, id, cancel) is { } saved) return new(null, SavedAs: saved);
            if (await drafts.FindAsync(person, id, cancel) is { EntryId: null } draft && draft.LedgerKey == key && await editors.ResumeAsync(person, draft, unit, copyOf, cancel) is { } resumed)
                return new(resumed, draft);
        }
        var editor = copyOf is { } copy ? await editors.CopyAsync(person, copy, cancel) : await editors.NewAsync(person, ledger, unit, filled, cancel);
        if (formId is { } given) editor?.Named(given);
        var others = formId is null && copyOf is null ? await drafts.OfPersonAsync(person, key, cancel) : [];
        return new(editor, Others: [.. others.Where(line => line.EntryId is null)]);
    }

    /// <summary>The form of an entry, with what the person typed there and did not save.</summary>
    public async Task<OpenedForm> EditAsync(Person person, long id, CancellationToken cancel = default)
    {
        if (await drafts.OfEntryAsync(person, id, cancel) is { } draft && await editors.ResumeAsync(person, draft, null!, cancel: cancel) is { } resumed)
        {
            if (resumed.IsChanged) return new(resumed, draft);
            // Typed and taken back: nothing was left.
            await drafts.DiscardAsync(person, draft.Id, cancel);
        }
        return new(await editors.OpenAsync(person, id, cancel));
    }
}

/// <summary>When something was typed, as people say it.</summary>
public static class Moments
{
    /// <summary>今天 10:42, 昨天 10:42, 11月20日 10:42; with the year where it is another.</summary>
    public static string Words(DateTime utc, DateOnly today)
    {
        var local = ChinaTime.Local(utc);
        var day = DateOnly.FromDateTime(local);
        var name = (today.DayNumber - day.DayNumber) switch { 0 => "今天", 1 => "昨天", _ => day.Year == today.Year ? $"{day.Month}月{day.Day}日" : $"{day.Year}年{day.Month}月{day.Day}日" };
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {local:HH:mm}");
    }
}

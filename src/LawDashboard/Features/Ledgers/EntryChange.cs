using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>One change of one entry: what it was (null when new) and what it became.</summary>
/// <param name="Action">create, import, edit, submit, approve, return, unlock, void or undo.</param>
/// <param name="Note">Reason or note that the person gave.</param>
public sealed record EntryChange(Entry? Before, Entry After, LedgerDefinition Ledger, string Action, string? Note, Person By, DateTime At)
{
    /// <summary>
    /// The entry is taken out of the ledger once all are told, because its creation is undone; <see cref="After"/> is how it
    /// last stood, voided. Who keeps rows of his own for an entry deletes them; who only counts need not look.
    /// </summary>
    public bool Removed { get; init; }

    /// <summary>The form that was saved; null for a change that no form made.</summary>
    public FormSubmission? Form { get; init; }
}

/// <summary>
/// A part that must act when entries change: audit, tallies, clocks. It is told inside the transaction of the change
/// and writes into the same context; when it throws, nothing of the change remains. A batch tells some thousand changes at a
/// time and clears the context between, so nothing tracked may be kept from one call to the next.
/// </summary>
public interface IEntryListener
{
    Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel);
}

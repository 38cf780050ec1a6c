using System.Security.Cryptography;
using System.Text;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>The form whose saving a change is.</summary>
public sealed record FormSubmission(Guid Id, string Fingerprint);

/// <summary>A part that keeps something of its own for forms; told inside the transaction that throws one away.</summary>
public interface IFormListener
{
    Task OnDiscardedAsync(AppDbContext db, Guid form, CancellationToken cancel);
}

/// <summary>
/// Ends a form in the transaction that saves its entry: the draft goes, a receipt stays. So a form sent twice, by a double
/// press or because the answer was lost on the way, makes one entry.
/// </summary>
sealed class FormEnding : IEntryListener
{
    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        foreach (var change in changes)
        {
            if (change.Form is not { } form) continue;
            await db.FormDrafts.Where(draft => draft.Id == form.Id && draft.PersonId == change.By.Id).ExecuteDeleteAsync(cancel);
            var receipt = await db.FormReceipts.FindAsync([form.Id], cancel);
            if (receipt is null)
                db.FormReceipts.Add(new() { Id = form.Id, PersonId = change.By.Id, EntryId = change.After.Id, Version = change.After.Version, Fingerprint = form.Fingerprint, At = change.At });
            else
                (receipt.Version, receipt.Fingerprint, receipt.At) = (change.After.Version, form.Fingerprint, change.At);
        }
    }

    /// <summary>The receipt of a form that was saved before; null for one that was not.</summary>
    public static async Task<FormReceipt?> ReceiptAsync(AppDbContext db, Guid? form, CancellationToken cancel) =>
        form is { } id ? await db.FormReceipts.AsNoTracking().SingleOrDefaultAsync(receipt => receipt.Id == id, cancel) : null;

    public static FormSubmission? Submission(EntryInput input, bool submit) => input.Form is not { } id ? null
        : new(id, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{input.Ledger}\n{input.UnitCode}\n{submit}\n{input.Values.Json}"))));
}

using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers.Batches;

/// <summary>What a batch is to do with one entry.</summary>
/// <param name="Row">Which of the caller's rows it is; errors name it.</param>
public abstract record BatchEdit(int Row)
{
    /// <summary>A new entry: a draft, or submitted where it is complete enough.</summary>
    /// <param name="Submit">What is incomplete is refused. See <see cref="OrDraft"/>.</param>
    /// <param name="Serial">The serial number that it already has on paper, in the ledger's own pattern; null for the next one.</param>
    public sealed record New(int Row, string UnitCode, FieldValues Values, bool Submit = false, string? Serial = null) : BatchEdit(Row)
    {
        /// <summary>What is right but incomplete becomes a draft instead of being refused.</summary>
        public bool OrDraft { get; init; }
    }

    /// <summary>Other values for an entry; it stays in its state, or is submitted.</summary>
    /// <param name="Version">The version that the person had before him; null to change whatever is there now.</param>
    /// <param name="Values">From the values as stored to the values wanted.</param>
    public sealed record Change(int Row, long EntryId, int? Version, Func<FieldValues, FieldValues> Values, bool Submit = false) : BatchEdit(Row);

    /// <summary>Another state: submitted, approved, returned, voided.</summary>
    public sealed record Move(int Row, long EntryId, int? Version, EntryAction Action, string? Note = null) : BatchEdit(Row);
}

/// <summary>What is the same for all entries of a batch.</summary>
/// <param name="Kind">A word by which the caller finds his batches again, such as import or edit.</param>
/// <param name="Sentence">What is being done, for the list of batches and the audit log; at most 500 characters.</param>
/// <param name="Unit">The unit it is done for, which with everything below it must cover the entries.</param>
public sealed record BatchRequest(string Kind, string Sentence, LedgerDefinition Ledger, Unit Unit)
{
    /// <summary>Rows with errors are left out and the others written; otherwise one error keeps everything from being written.</summary>
    public bool SkipFaulty { get; init; }
    /// <summary>Only look what would come of it: nothing is written, and nobody is kept waiting.</summary>
    public bool Trial { get; init; }
    /// <summary>What the audit log calls the making of an entry.</summary>
    public string CreateAction { get; init; } = "create";
    /// <summary>
    /// Highest serial number per unit code and year that new entries bring along, so that those without one are numbered
    /// after them wherever they stand in the batch.
    /// </summary>
    public IReadOnlyDictionary<(string UnitCode, int Year), int> BroughtNumbers { get; init; } = new Dictionary<(string, int), int>();
}

/// <summary>Why one row was not, or cannot be, written.</summary>
/// <param name="EntryId">The entry it speaks of; null for a new one.</param>
/// <param name="Errors">Keyed by field; an empty key speaks of the whole row, <c>unit</c> of the unit, <c>serial</c> of the number.</param>
public sealed record BatchError(int Row, long? EntryId, IReadOnlyList<FieldError> Errors);

/// <summary>What came of a batch.</summary>
/// <param name="Batch">The stored batch; null when nothing was written: a trial, nothing to change, or errors.</param>
/// <param name="Unchanged">Entries that were already as asked and keep their version.</param>
/// <param name="Errors">The first of the rows that were refused.</param>
/// <param name="Faulty">How many rows were refused.</param>
public sealed record BatchOutcome(EntryBatch? Batch, int Created, int Changed, int Unchanged, IReadOnlyList<BatchError> Errors, int Faulty);

/// <summary>What came of undoing a batch.</summary>
public abstract record UndoOutcome
{
    /// <param name="Removed">New entries that are gone.</param>
    /// <param name="Voided">New entries that had to stay because later numbers follow theirs.</param>
    /// <param name="Restored">Changed entries that are as before.</param>
    public sealed record Done(EntryBatch Batch, int Removed, int Voided, int Restored) : UndoOutcome;

    /// <summary>Entries that somebody changed since; nothing was undone.</summary>
    /// <param name="First">The first of them.</param>
    public sealed record Blocked(IReadOnlyList<Entry> First, int Count) : UndoOutcome;

    public sealed record Refused(string Reason) : UndoOutcome;
}

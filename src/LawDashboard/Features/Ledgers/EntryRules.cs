using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// What a person may make of one entry, decided in memory. Single saves and batches both ask here, so both allow, check and
/// refuse the same. Nothing is stored, and serial numbers are given by whoever stores.
/// </summary>
sealed class EntryRules(LedgerCatalog catalog, LedgerVersions versions, UnitTree tree, PeriodBook periods, DateOnly today)
{
    readonly EntryValidator validator = new(catalog, today);
    readonly FieldText texts = new(catalog, tree);

    /// <summary>An entry that is to be written for the first time.</summary>
    public static Entry New(Person person, LedgerDefinition ledger, Unit unit, DateTime now) => new()
    {
        LedgerKey = ledger.Key, UnitId = unit.Id, Date = DateOnly.FromDateTime(ChinaTime.Local(now)), Title = "", Values = FieldValues.Empty,
        Version = 0, CreatedById = person.Id, CreatedBy = person.Name, CreatedAt = now,
    };

    /// <summary>Whether the person records at all, and for that unit; null when so.</summary>
    public static EntryResult? Refusal(Person person, UnitTree tree, Unit? unit) =>
        !person.CanRecord ? new EntryResult.Refused($"{Person.Label(person.Role)}不能登记台账")
        : unit is null || !person.Sees(tree, unit) ? new EntryResult.Invalid([new("unit", "请选择您所在单位或其下级单位")]) : null;

    /// <summary>
    /// Makes the entry what was asked and returns null; or says why not and leaves it as it is. Drafts may be incomplete, what
    /// is submitted or under review may not.
    /// </summary>
    /// <param name="opened">The version that the person had before him; null where that does not matter.</param>
    /// <param name="also">What is wrong besides the values, such as compulsory files that are missing.</param>
    /// <param name="note">What the audit log is told of an exception by which a closed month was worked in; null without one.</param>
    public EntryResult? Write(Person person, Entry entry, int? opened, LedgerDefinition ledger, Unit unit, FieldValues values, bool submit, out string? note,
        IEnumerable<FieldError>? also = null)
    {
        note = null;
        if (entry.OriginId is not null) return new EntryResult.Refused(EntryWorkflow.Follows);
        if (!EntryWorkflow.CanEdit(person, entry))
            return new EntryResult.Refused($"记录现在是“{EntryWorkflow.Label(entry.State)}”，不能修改{(entry.State == EntryState.Approved ? "；确需修改，请审核员或负责人先解除锁定" : "")}");
        if (opened is { } version && entry.Version != version) return new EntryResult.Conflict(entry);
        values = EntryValidator.Clean(ledger, values);
        var errors = Errors(ledger, entry, unit, values, complete: submit || entry.State == EntryState.Submitted);
        errors.AddRange(also ?? []);
        if (errors.Count > 0) return new EntryResult.Invalid(errors);
        var after = entry.Copy();
        (after.UnitId, after.Date) = (unit.Id, values.Date(ledger.Date) ?? entry.Date);
        (var closed, note) = periods.Judge(person, ledger, entry.Id == 0 ? null : entry.Copy(), after);
        if (closed is not null) return new EntryResult.Invalid([new(ledger.Date, closed)]);
        entry.Backdated = after.Backdated;
        entry.UnitId = unit.Id;
        entry.Values = values;
        entry.Date = values.Date(ledger.Date) ?? entry.Date;
        entry.Title = texts.Title(ledger, values);
        entry.DefinitionVersion = versions.Current(ledger.Key);
        if (submit && entry.State is EntryState.Draft or EntryState.Returned)
        {
            entry.State = EntryState.Submitted;
            entry.StateNote = null;
        }
        return null;
    }

    /// <summary>Submits, approves, returns, unlocks or voids the entry and returns null; or says why not.</summary>
    /// <param name="told">The note as the audit log keeps it: with the exception by which a closed month was worked in.</param>
    public EntryResult? Move(Person person, Entry entry, int? opened, LedgerDefinition ledger, EntryAction action, string? note, out string? told,
        IEnumerable<FieldError>? also = null)
    {
        told = note;
        if (NoteRefusal(action, note) is { } missing) return missing;
        if (EntryWorkflow.Refusal(person, entry, action) is { } refusal) return new EntryResult.Refused(refusal);
        if (opened is { } version && entry.Version != version) return new EntryResult.Conflict(entry);
        if (action == EntryAction.Submit && validator.Check(ledger, entry.Values).Concat(also ?? []).ToList() is { Count: > 0 } errors) return new EntryResult.Invalid(errors);
        var (closed, excepted) = periods.Judge(person, ledger, entry, entry);
        if (closed is not null) return new EntryResult.Refused(closed);
        told = string.Join('；', new[] { note, excepted }.OfType<string>()) is { Length: > 0 } both ? both : null;
        entry.ApprovedValues = action switch { EntryAction.Unlock => entry.Values, EntryAction.Approve => null, _ => entry.ApprovedValues };
        entry.State = EntryWorkflow.Next(action);
        entry.StateNote = EntryWorkflow.NeedsNote(action) ? note : null;
        entry.ApprovedBy = action == EntryAction.Approve ? person.Name : null;
        return null;
    }

    /// <summary>What is wrong with the note that goes with the action; null when nothing is.</summary>
    public static EntryResult? NoteRefusal(EntryAction action, string? note) =>
        EntryWorkflow.NeedsNote(action) && note is null
            ? new EntryResult.Invalid([new("note", action == EntryAction.Return ? "请写明退回的原因和需要修改的内容" : $"请写明{EntryWorkflow.Label(action)}的原因")])
            : note?.Length > 500 ? new EntryResult.Invalid([new("note", "说明最多500字")]) : null;

    public static string Name(EntryAction action) => action.ToString().ToLowerInvariant();

    /// <summary>What is filled must be right; a number once given keeps its unit and year.</summary>
    List<FieldError> Errors(LedgerDefinition ledger, Entry entry, Unit unit, FieldValues values, bool complete)
    {
        var errors = validator.Check(ledger, values).Where(error => complete || values.Filled(error.Field)).ToList();
        if (entry.Number is null) return errors;
        if (values.Date(ledger.Date) is { } date && date.Year != entry.Date.Year)
            errors.Add(new(ledger.Date, $"编号{entry.Serial}属于{entry.Date.Year}年，日期不能改到{date.Year}年；请作废后重新登记"));
        if (unit.Id != entry.UnitId)
            errors.Add(new("unit", $"编号{entry.Serial}属于原单位，单位不能再改；请作废后重新登记"));
        return errors;
    }
}

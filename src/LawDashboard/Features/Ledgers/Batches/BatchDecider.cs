using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Batches;

/// <summary>A change that is allowed and checked, and waits for being written.</summary>
/// <param name="NeedsNumber">Submitted for the first time, and brings no serial number along.</param>
sealed record DecidedChange(EntryChange Change, bool NeedsNumber);

/// <summary>Decides edit by edit what becomes of the entries, by the same rules as single saves, and counts.</summary>
sealed class BatchDecider(EntryRules rules, IEnumerable<IEntryFiles> files, UnitTree tree, Person person, BatchRequest request, DateTime now)
{
    /// <summary>More errors than anybody reads are only counted.</summary>
    const int ErrorsKept = 1_000;

    static readonly FieldError Twice = new("", "这条记录在本批中已经改过一次，不能再改");
    readonly HashSet<long> touched = [];
    readonly HashSet<string> brought = new(StringComparer.Ordinal);
    readonly List<BatchError> errors = [];

    public DateTime Now => now;
    public int Created { get; private set; }
    public int Changed { get; private set; }
    public int Unchanged { get; private set; }
    public int Faulty { get; private set; }
    public IReadOnlyList<BatchError> Errors => errors;

    /// <summary>The changes that come of the edits, in their order; entries that change are tracked by the context.</summary>
    public async Task<IReadOnlyList<DecidedChange>> DecideAsync(AppDbContext db, IReadOnlyList<BatchEdit> edits, CancellationToken cancel)
    {
        var ids = edits.Select(IdOf).OfType<long>().Distinct().ToList();
        var known = ids.Count == 0 ? [] : await db.Entries.Where(entry => ids.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, cancel);
        var taken = await TakenAsync(db, edits, cancel);
        // New entries do not know of each other, so both cores check them; what changes stored ones goes in order.
        var news = new (DecidedChange? Change, IReadOnlyList<FieldError> Errors)[edits.Count];
        Parallel.For(0, edits.Count, new ParallelOptions { CancellationToken = cancel }, n =>
        {
            if (edits[n] is BatchEdit.New edit) news[n] = Create(edit, taken);
        });
        var changes = new List<DecidedChange>(edits.Count);
        for (var n = 0; n < edits.Count; n++)
        {
            var (change, wrong) = edits[n] switch
            {
                BatchEdit.New { Serial: { } serial } when news[n].Change is not null && !brought.Add(serial) => (null, [Double(serial)]),
                BatchEdit.New => news[n],
                var edit => await AlterAsync(db, edit, known.GetValueOrDefault(IdOf(edit)!.Value), cancel),
            };
            if (wrong.Count > 0) Refuse(edits[n], wrong);
            else if (change is null) Unchanged++;
            else
            {
                if (change.Change.Before is null) Created++; else Changed++;
                changes.Add(change);
            }
        }
        return changes;
    }

    public static IReadOnlyList<FieldError> Sentences(EntryResult refusal) => refusal switch
    {
        EntryResult.Invalid(var wrong) => wrong,
        EntryResult.Refused(var reason) => [new("", reason)],
        _ => [new("", "这条记录已被别人修改，请刷新后再改")],
    };

    static long? IdOf(BatchEdit edit) => edit switch
    {
        BatchEdit.Change change => change.EntryId,
        BatchEdit.Move move => move.EntryId,
        _ => null,
    };

    static FieldError Double(string serial) => new("serial", $"编号{serial}已经有一条记录");

    /// <summary>Which of the serial numbers that new entries bring along are in the ledger already.</summary>
    async Task<HashSet<string>> TakenAsync(AppDbContext db, IReadOnlyList<BatchEdit> edits, CancellationToken cancel)
    {
        var serials = edits.OfType<BatchEdit.New>().Select(edit => edit.Serial).OfType<string>().Distinct().ToList();
        return serials.Count == 0 ? [] : [.. await db.Entries.AsNoTracking()
            .Where(entry => entry.LedgerKey == request.Ledger.Key && serials.Contains(entry.Serial!)).Select(entry => entry.Serial!).ToListAsync(cancel)];
    }

    (DecidedChange?, IReadOnlyList<FieldError>) Create(BatchEdit.New edit, HashSet<string> taken)
    {
        var unit = tree.Find(edit.UnitCode);
        if (EntryRules.Refusal(person, tree, unit) is { } refused) return (null, Sentences(refused));
        var entry = EntryRules.New(person, request.Ledger, unit!, now);
        var refusal = rules.Write(person, entry, null, request.Ledger, unit!, edit.Values, edit.Submit, out var excepted, edit.Submit ? CompulsoryFiles.Wanted(request.Ledger, edit.Values) : null);
        if (refusal is EntryResult.Invalid && edit is { Submit: true, OrDraft: true })
            refusal = rules.Write(person, entry, null, request.Ledger, unit!, edit.Values, submit: false, out excepted);
        if (refusal is not null) return (null, Sentences(refusal));
        if (edit.Serial is { } serial)
        {
            if (SerialNumbers.Read(request.Ledger, unit!, entry.Date.Year, serial) is not { } number)
                return (null, [new("serial", $"编号{serial}不是{unit!.Name}{entry.Date.Year}年{request.Ledger.ShortName}台账的编号")]);
            if (taken.Contains(serial)) return (null, [Double(serial)]);
            (entry.Number, entry.Serial) = (number, serial);
        }
        return (new(new(null, entry, request.Ledger, request.CreateAction, Note(edit, excepted), person, now),
            entry.State == EntryState.Submitted && entry.Number is null), []);
    }

    async Task<(DecidedChange?, IReadOnlyList<FieldError>)> AlterAsync(AppDbContext db, BatchEdit edit, Entry? entry, CancellationToken cancel)
    {
        if (entry is null || entry.LedgerKey != request.Ledger.Key || tree.Find(entry.UnitId) is not { } unit || !person.Sees(tree, unit) || !tree.Covers(request.Unit, unit))
            return (null, [new("", "没有这条记录，或不在您的单位范围内")]);
        if (!touched.Add(entry.Id)) return (null, [Twice]);
        var before = entry.Copy();
        if (edit is BatchEdit.Move move)
        {
            var note = string.IsNullOrWhiteSpace(move.Note) ? null : move.Note.Trim();
            var unsent = move.Action == EntryAction.Submit ? await files.MissingAsync(db, request.Ledger, entry.Values, entry.Id, null, cancel) : [];
            if (rules.Move(person, entry, move.Version, request.Ledger, move.Action, note, out var told, unsent) is { } refused) return (null, Sentences(refused));
            return (new(new(before, entry, request.Ledger, EntryRules.Name(move.Action), told ?? Note(edit), person, now),
                entry.State == EntryState.Submitted && entry.Number is null), []);
        }
        var change = (BatchEdit.Change)edit;
        var values = EntryValidator.Clean(request.Ledger, change.Values(entry.Values));
        var submits = change.Submit && entry.State is EntryState.Draft or EntryState.Returned;
        if (!submits && values.Equals(entry.Values)) return (null, []);
        var missing = submits ? await files.MissingAsync(db, request.Ledger, values, entry.Id, null, cancel) : [];
        if (rules.Write(person, entry, change.Version, request.Ledger, unit, values, change.Submit, out var exception, missing) is { } refusal) return (null, Sentences(refusal));
        return (new(new(before, entry, request.Ledger, before.State == entry.State ? "edit" : "submit", Note(edit, exception), person, now),
            entry.State == EntryState.Submitted && entry.Number is null), []);
    }

    string Note(BatchEdit edit, string? exception = null) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{request.Sentence}，第{edit.Row}行{(exception is null ? "" : "；")}{exception}");

    void Refuse(BatchEdit edit, IReadOnlyList<FieldError> wrong)
    {
        Faulty++;
        if (errors.Count < ErrorsKept) errors.Add(new(edit.Row, IdOf(edit), wrong));
    }
}

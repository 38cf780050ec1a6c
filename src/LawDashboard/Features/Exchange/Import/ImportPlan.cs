using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>Why a row seems to be in the ledger already.</summary>
enum MatchKind { None, SameNumber, Similar, SameInFile }

/// <summary>What becomes of a row.</summary>
enum Fate { New, Draft, Update, Skip, Faulty, NoEntry }

/// <summary>The entry that a row seems to be.</summary>
sealed record KnownEntry(long Id, int UnitId, DateOnly Date, string Title, string? Serial, EntryState State);

/// <summary>A row and what is to be done with it.</summary>
/// <param name="Match">The entry that it seems to be; null for a row that stands twice in the file.</param>
sealed record PlannedRow(ReadRow Row, Fate Fate, MatchKind Kind, KnownEntry? Match, BatchEdit? Edit);

/// <summary>
/// Decides row by row what becomes of a file: which are new, which the ledger has already, which cannot be taken. The trial
/// and the import itself both go through here, so the one shows what the other does.
/// </summary>
sealed class ImportPlan(
    IDbContextFactory<AppDbContext> contexts, Person person, LedgerDefinition ledger, Unit unit, UnitTree tree, FieldText texts,
    RowReader reader, PeriodBook periods, ImportChoices choices)
{
    const int Chunk = 1_000;
    const double Alike = 0.75;
    /// <summary>Entries of one unit and day that a row is compared with: where there are more, a title says little.</summary>
    const int Compared = 100;
    /// <summary>Known entries that are kept; beyond that they are read again.</summary>
    const int KnownKept = 200_000;

    readonly Dictionary<long, int> rowOfContent = [];
    readonly Dictionary<string, int> rowOfSerial = new(StringComparer.Ordinal);
    /// <summary>What the ledger has of a unit and day; the rows of a file come back to the same days.</summary>
    readonly Dictionary<(int UnitId, DateOnly Date), List<KnownEntry>> known = [];
    int kept;

    public async IAsyncEnumerable<PlannedRow> RowsAsync(IEnumerable<SheetRow> rows, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        foreach (var chunk in rows.Chunk(Chunk))
        {
            cancel.ThrowIfCancellationRequested();
            var read = chunk.AsParallel().AsOrdered().Select(reader.Read).ToList();
            var numbers = await NumbersAsync(db, read, cancel);
            await KnowDaysAsync(db, read, cancel);
            foreach (var row in read) yield return row.Kind == RowKind.Entry ? Plan(row, numbers) : new(row, Fate.NoEntry, MatchKind.None, null, null);
        }
    }

    PlannedRow Plan(ReadRow row, Dictionary<string, KnownEntry> numbers)
    {
        if (row.Serial is { } serial && !rowOfSerial.TryAdd(serial, row.Number))
            row = With(row, ImportTarget.Serial, Severity.Error, serial, $"编号与第{rowOfSerial[serial]}行重复，请改正");
        if (row.Date is { } day && periods.Closed(person, row.Unit, day) is { } closed)
            row = With(row, ledger.Date, Severity.Error, FieldValues.Iso(day), periods.Sentence(closed));
        if (row.Faulty)
        {
            if (!choices.BlankFaulty || reader.Blanked(row) is not { } rest) return new(row, Fate.Faulty, MatchKind.None, null, null);
            row = rest;
        }
        if (row.Serial is { } own && numbers.GetValueOrDefault(own) is { } same)
            return same.State == EntryState.Voided
                ? New(With(row, ImportTarget.Serial, Severity.Info, own, "这个编号已经作废，按新记录重新编号") with { Serial = null }, MatchKind.None, null)
                : Decide(row, MatchKind.SameNumber, same, choices.SameNumber);
        if (Similar(row) is { } alike)
            return Decide(With(row, ledger.Date, Severity.Warning, "", $"可能与已有记录重复：{alike.Serial ?? "（未编号）"} {alike.Title}"), MatchKind.Similar, alike, choices.Similar);
        if (row.Serial is null && !rowOfContent.TryAdd(Content(row), row.Number))
            return Decide(With(row, ledger.Date, Severity.Warning, "", $"与本文件第{rowOfContent[Content(row)]}行完全相同"), MatchKind.SameInFile, null, choices.Similar);
        return New(row, MatchKind.None, null);
    }

    PlannedRow Decide(ReadRow row, MatchKind kind, KnownEntry? match, OnDuplicate usual)
    {
        switch (choices.Rows.TryGetValue(row.Number, out var own) ? own : usual)
        {
            case OnDuplicate.New:
                return New(kind == MatchKind.SameNumber ? row with { Serial = null } : row, kind, match);
            case OnDuplicate.Update when match is { State: EntryState.Draft or EntryState.Submitted or EntryState.Returned }:
                return new(row, Fate.Update, kind, match, new BatchEdit.Change(row.Number, match.Id, null, stored => Merged(stored, row)));
            case OnDuplicate.Update when match is not null:
                return new(With(row, kind == MatchKind.SameNumber ? ImportTarget.Serial : ledger.Date, Severity.Warning, match.Serial ?? "",
                    $"已有记录是“{EntryWorkflow.Label(match.State)}”，不能更新，这一行跳过"), Fate.Skip, kind, match, null);
            default:
                return new(row, Fate.Skip, kind, match, null);
        }
    }

    PlannedRow New(ReadRow row, MatchKind kind, KnownEntry? match)
    {
        var submit = choices.Submit && row.Complete;
        return new(row, submit ? Fate.New : Fate.Draft, kind, match,
            new BatchEdit.New(row.Number, row.Unit.Code, row.Values, choices.Submit, row.Serial) { OrDraft = true });
    }

    /// <summary>What the file says takes the place of what is stored; what it leaves empty or masked stays.</summary>
    static FieldValues Merged(FieldValues stored, ReadRow row) =>
        row.Values.Keys.Where(key => !row.Masked.Contains(key)).Aggregate(stored, (values, key) => values.With(key, row.Values[key]));

    ReadRow With(ReadRow row, string target, Severity severity, string read, string message) =>
        row with { Findings = [.. row.Findings, new(row.Number, reader.ColumnOf(target) ?? -1, severity, read, message)] };

    async Task<Dictionary<string, KnownEntry>> NumbersAsync(AppDbContext db, List<ReadRow> rows, CancellationToken cancel)
    {
        var serials = rows.Select(row => row.Serial).OfType<string>().Distinct().ToList();
        if (serials.Count == 0) return [];
        var found = await Known(db, Enum.GetValues<EntryState>()).Where(entry => serials.Contains(entry.Serial!)).Select(Slim).ToListAsync(cancel);
        return found.DistinctBy(entry => entry.Serial).ToDictionary(entry => entry.Serial!, StringComparer.Ordinal);
    }

    async Task KnowDaysAsync(AppDbContext db, List<ReadRow> rows, CancellationToken cancel)
    {
        if (kept > KnownKept)
        {
            known.Clear();
            kept = 0;
        }
        foreach (var asked in rows.Where(row => row.Date is not null).Select(row => (UnitId: row.Unit.Id, Date: row.Date!.Value)).Distinct().Where(day => !known.ContainsKey(day)).GroupBy(day => day.UnitId).ToList())
        {
            var (unitId, days) = (asked.Key, asked.Select(day => day.Date).ToList());
            foreach (var day in days) known[(unitId, day)] = [];
            await foreach (var entry in Known(db, []).Where(entry => entry.UnitId == unitId && days.Contains(entry.Date)).Select(Slim).AsAsyncEnumerable().WithCancellation(cancel))
            {
                known[(unitId, entry.Date)].Add(entry);
                kept++;
            }
        }
    }

    IQueryable<Entry> Known(AppDbContext db, IReadOnlyList<EntryState> states) =>
        EntryReader.Select(db, tree, new() { Person = person, Ledger = ledger, Unit = unit, States = states });

    static readonly System.Linq.Expressions.Expression<Func<Entry, KnownEntry>> Slim =
        entry => new(entry.Id, entry.UnitId, entry.Date, entry.Title, entry.Serial, entry.State);

    KnownEntry? Similar(ReadRow row)
    {
        if (row.Date is not { } date || known.GetValueOrDefault((row.Unit.Id, date)) is not { Count: > 0 } those) return null;
        var title = texts.Title(ledger, row.Values);
        // One with another number of the ledger is another one, however alike they are.
        var asked = those.Where(entry => row.Serial is null || entry.Serial is null);
        return asked.FirstOrDefault(entry => entry.Title == title)
            ?? asked.Take(Compared).Select(entry => (entry, alike: Similarity.Of(title, entry.Title))).Where(pair => pair.alike >= Alike).OrderByDescending(pair => pair.alike).Select(pair => pair.entry).FirstOrDefault();
    }

    /// <summary>Two rows with the same unit and values are the same; 64 bits are enough to tell some hundred thousand apart.</summary>
    static long Content(ReadRow row) =>
        BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(row.Unit.Code + "\n" + row.Values.Json)));
}

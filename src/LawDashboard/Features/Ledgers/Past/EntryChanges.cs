using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Past;

/// <summary>What became of an entry between a moment and now, taken together.</summary>
public enum ChangeKind { Added, Edited, Approved, Unlocked, Returned, Voided }

/// <summary>An entry that changed since a moment.</summary>
/// <param name="Then">As it was; null when it did not exist or was a draft that the person does not see.</param>
/// <param name="Now">As the log has it last; a row whose import was undone is voided there.</param>
/// <param name="Last">Its last line in the log.</param>
public sealed record ChangedEntry(EntrySnapshot? Then, EntrySnapshot Now, long Last)
{
    public long Id => Now.Id;

    public ChangeKind Kind => (Then?.State, Now.State) switch
    {
        (_, EntryState.Voided) when Then?.State is not EntryState.Voided => ChangeKind.Voided,
        (null, _) => ChangeKind.Added,
        (not EntryState.Returned, EntryState.Returned) => Now.Approved is not null && Then.Approved is null ? ChangeKind.Unlocked : ChangeKind.Returned,
        (not EntryState.Approved, EntryState.Approved) => ChangeKind.Approved,
        _ => ChangeKind.Edited,
    };

    public static string Label(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "新增", ChangeKind.Approved => "审核通过", ChangeKind.Unlocked => "解除锁定", ChangeKind.Returned => "退回", ChangeKind.Voided => "作废", _ => "修改",
    };
}

/// <summary>Who did what to an entry, and when (UTC).</summary>
public sealed record ChangeStep(long EntryId, string Action, string PersonName, DateTime At, string? Note);

/// <summary>What changed since a moment, the last changed first.</summary>
/// <param name="More">Older changes were left out: there were too many.</param>
public sealed record ChangeSurvey(PastPoint Since, IReadOnlyList<ChangedEntry> Entries, bool More);

/// <summary>Finds what changed since a moment in the units that a person sees. The cost follows what changed since.</summary>
public sealed class EntryChanges(IDbContextFactory<AppDbContext> contexts, UnitDirectory units)
{
    /// <summary>Beyond so many a list on a page is no help; figures are compared whole all the same, and <see cref="StreamAsync"/> gives all.</summary>
    public const int Most = 5_000;
    const int Chunk = 500;

    public async Task<ChangeSurvey> ReadAsync(Person person, Unit unit, PastPoint since, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        int?[] seen = [.. EntryReader.UnitsInScope(tree, new() { Person = person, Unit = unit })];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var moment = await db.BeginReadAsync(cancel);
        // A number once given keeps its unit, so an entry lies today where it lay; only drafts move.
        var last = await EntryLog.Within(db, since.Sequence).Where(line => seen.Contains(line.UnitId))
            .GroupBy(line => line.SubjectId!.Value).Select(group => new { Id = group.Key, Last = group.Max(line => line.Sequence) })
            .OrderByDescending(entry => entry.Last).Take(Most + 1).ToListAsync(cancel);
        var entries = new List<ChangedEntry>();
        foreach (var some in last.Take(Most).Select(entry => (entry.Id, entry.Last)).Chunk(Chunk)) entries.AddRange(await ReadAsync(db, person, since, some, cancel));
        return new(since, entries, last.Count > Most);
    }

    /// <summary>Every entry that changed since, the last changed first, some hundred at a time; of one moment, however long it takes.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ChangedEntry>> StreamAsync(Person person, Unit unit, PastPoint since, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        int?[] seen = [.. EntryReader.UnitsInScope(tree, new() { Person = person, Unit = unit })];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var moment = await db.BeginReadAsync(cancel);
        // Two numbers for each entry; what the log says of them comes in pieces.
        var last = await EntryLog.Within(db, since.Sequence).Where(line => seen.Contains(line.UnitId))
            .GroupBy(line => line.SubjectId!.Value).Select(group => new { Id = group.Key, Last = group.Max(line => line.Sequence) })
            .OrderByDescending(entry => entry.Last).ToListAsync(cancel);
        foreach (var some in last.Select(entry => (entry.Id, entry.Last)).Chunk(Chunk)) yield return await ReadAsync(db, person, since, some, cancel);
    }

    static async Task<List<ChangedEntry>> ReadAsync(AppDbContext db, Person person, PastPoint since, IReadOnlyCollection<(long Id, long Last)> some, CancellationToken cancel)
    {
        var (lines, ids, entries) = (some.Select(entry => entry.Last).ToList(), some.Select(entry => entry.Id).ToList(), new List<ChangedEntry>());
        var now = await ReadAsync(db.AuditEvents.AsNoTracking().Where(line => lines.Contains(line.Sequence)), cancel);
        var then = await ReadAsync(EntryLog.Were(db, since.Sequence, ids), cancel);
        foreach (var (id, at) in some)
        {
            var (before, after) = (then.GetValueOrDefault(id), now[id]);
            if (!Shows(person, before)) before = null;
            if (before is not null || Shows(person, after)) entries.Add(new(before, after, at));
        }
        return entries;
    }

    /// <summary>What was done to some entries since, in the order in which it was done.</summary>
    public async Task<ILookup<long, ChangeStep>> StepsAsync(PastPoint since, IReadOnlyCollection<ChangedEntry> entries, CancellationToken cancel = default)
    {
        var ids = entries.Select(entry => entry.Id).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var steps = await db.AuditEvents.AsNoTracking().Where(line => line.Subject == "entry" && ids.Contains(line.SubjectId!.Value) && line.Sequence > since.Sequence && line.After != null)
            .OrderBy(line => line.Sequence).Select(line => new ChangeStep(line.SubjectId!.Value, line.Action, line.PersonName, line.At, line.Note)).ToListAsync(cancel);
        return steps.ToLookup(step => step.EntryId);
    }

    /// <summary>Drafts are unfinished work: only those who record see them.</summary>
    static bool Shows(Person person, EntrySnapshot? entry) => entry is not null && (entry.State is not EntryState.Draft || person.CanRecord);

    static async Task<Dictionary<long, EntrySnapshot>> ReadAsync(IQueryable<AuditEvent> lines, CancellationToken cancel)
    {
        var found = await lines.Select(line => new { Id = line.SubjectId!.Value, line.After }).ToListAsync(cancel);
        return found.ToDictionary(line => line.Id, line => EntrySnapshot.Read(line.After!));
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>An entry that may be the same event as another one.</summary>
public sealed record LikelyDuplicate(Entry Entry, LedgerDefinition Ledger, Likeness Likeness)
{
    /// <summary>Where it stands: ledger, day, unit, number and who logged it.</summary>
    public string Line(UnitTree tree) =>
        string.Join("，", new[] { Ledger.ShortName, FieldValues.Iso(Entry.Date), tree.Find(Entry.UnitId)?.Name, Entry.Serial, $"{Entry.CreatedBy}登记" }.OfType<string>());
}

/// <summary>Finds entries that may record the same event, and remembers which do not.</summary>
public sealed class DuplicateService(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, UnitDirectory units, TimeProvider clock)
{
    /// <summary>Entries of one ledger that are compared; a town has a handful in three days.</summary>
    const int MostCompared = 200;
    const int MostShown = 5;
    /// <summary>How long an answer given while typing waits for the entry to be saved.</summary>
    internal static readonly TimeSpan PendingFor = TimeSpan.FromHours(12);

    /// <summary>
    /// The likeliest first: entries within a day, of the unit and of those above and below it, in the same ledger and those
    /// that may hold the same event. Never what the person does not see, nor what was said to be another event.
    /// </summary>
    public async Task<IReadOnlyList<LikelyDuplicate>> FindAsync(Person person, Entry entry, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (entry.State == EntryState.Voided || entry.OriginId is not null || catalog.Ledger(entry.LedgerKey) is not { } ledger || tree.Find(entry.UnitId) is not { } unit) return [];
        var text = new FieldText(catalog, tree);
        var traits = EventTraits.Of(entry, ledger, catalog, text);
        if (!traits.IsTelling) return [];

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var known = await DifferentAsync(db, person, entry, cancel);
        var found = new List<LikelyDuplicate>();
        foreach (var other in catalog.Related.With(ledger.Key).Select(catalog.Ledger).OfType<LedgerDefinition>())
            foreach (var candidate in await CandidatesAsync(db, tree, person, other, unit, entry, cancel))
                if (!known.Contains(candidate.Id) && traits.Compare(EventTraits.Of(candidate, other, catalog, text)) is { } likeness)
                    found.Add(new(candidate, other, likeness));
        return [.. found.OrderByDescending(duplicate => duplicate.Likeness.Score).ThenByDescending(duplicate => duplicate.Entry.Id).Take(MostShown)];
    }

    /// <summary>Remembers that the two are different events; for an entry not saved yet, until it is.</summary>
    public async Task DismissAsync(Person person, Entry entry, Entry other, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!person.CanRecord || !person.Sees(tree, other.UnitId) || (entry.Id > 0 && !person.Sees(tree, entry.UnitId))) return;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if ((await DifferentAsync(db, person, entry, cancel)).Contains(other.Id)) return;
        db.DifferentEvents.Add(new()
        {
            EntryId = entry.Id > 0 ? entry.Id : null, OtherId = other.Id, LedgerKey = entry.LedgerKey, Date = entry.Date,
            PersonId = person.Id, PersonName = person.Name, At = ChinaTime.Now(clock),
        });
        if (entry.Id > 0) await AuditTrail.AppendAsync(db, [Record(person.Id, person.Name, entry, other.Serial ?? other.Title, ChinaTime.Now(clock))], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    internal static AuditRecord Record(int personId, string personName, Entry entry, string other, DateTime at) =>
        new(at, personId, personName, "different", "entry", entry.Id, entry.LedgerKey, entry.UnitId, null, $"与“{other}”不是同一件");

    static async Task<IReadOnlyList<Entry>> CandidatesAsync(
        AppDbContext db, UnitTree tree, Person person, LedgerDefinition ledger, Unit unit, Entry entry, CancellationToken cancel)
    {
        var query = new EntryQuery { Person = person, Ledger = ledger, From = entry.Date.AddDays(-1), To = entry.Date.AddDays(1) };
        var ids = tree.Ancestors(unit).Concat(tree.Subtree(unit)).Select(u => u.Id).Distinct().ToList();
        var id = entry.Id;
        return await EntryReader.Select(db, tree, query).Where(e => ids.Contains(e.UnitId) && e.Id != id && e.OriginId == null).OrderByDescending(e => e.Date).Take(MostCompared).ToListAsync(cancel);
    }

    async Task<HashSet<long>> DifferentAsync(AppDbContext db, Person person, Entry entry, CancellationToken cancel)
    {
        var (id, me, ledger, date, since) = (entry.Id, person.Id, entry.LedgerKey, entry.Date, ChinaTime.Now(clock) - PendingFor);
        var pairs = id > 0 ? db.DifferentEvents.Where(d => d.EntryId == id || d.OtherId == id)
            : db.DifferentEvents.Where(d => d.EntryId == null && d.PersonId == me && d.LedgerKey == ledger && d.Date == date && d.At > since);
        return (await pairs.Select(d => new { d.EntryId, d.OtherId }).ToListAsync(cancel)).Select(d => d.OtherId == id ? d.EntryId ?? 0 : d.OtherId).ToHashSet();
    }
}

/// <summary>When an entry is saved for the first time, what its author answered while typing becomes the entry's.</summary>
sealed class DuplicateAnswers : IEntryListener
{
    static readonly PerModel<Func<AppDbContext, int, string, IAsyncEnumerable<DifferentEvent>>> Pending = new(() => EF.CompileAsyncQuery((AppDbContext db, int person, string ledger) =>
        db.Set<DifferentEvent>().Where(d => d.EntryId == null && d.PersonId == person && d.LedgerKey == ledger)));

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        // An import brings thousands at once, and nobody typed them.
        if (changes is not [{ Before: null } created]) return;
        var (me, entry) = (created.By.Id, created.After);
        var pending = new List<DifferentEvent>();
        await foreach (var answer in Pending.For(db)(db, me, entry.LedgerKey).WithCancellation(cancel)) pending.Add(answer);
        if (pending.Count == 0) return;
        var mine = pending.Where(d => d.Date == entry.Date && created.At - d.At < DuplicateService.PendingFor).ToList();
        foreach (var answer in mine) answer.EntryId = entry.Id;
        db.DifferentEvents.RemoveRange(pending.Except(mine));
        var others = mine.Select(d => d.OtherId).ToList();
        var names = await db.Entries.Where(e => others.Contains(e.Id)).Select(e => e.Serial ?? e.Title).ToListAsync(cancel);
        await AuditTrail.AppendAsync(db, names.Select(name => DuplicateService.Record(me, created.By.Name, entry, name, created.At)), cancel);
    }
}

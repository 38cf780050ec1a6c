using System.Data.Common;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>How many entries a query finds in each state, and sums of fields in stored steps.</summary>
public sealed record EntryTotals(IReadOnlyDictionary<EntryState, int> ByState, IReadOnlyDictionary<string, long> Sums)
{
    public int Count => ByState.Values.Sum();
    public int Of(EntryState state) => ByState.GetValueOrDefault(state);
}

/// <summary>A line of an entry's history: the audit line, the entry as it became, and as it was before.</summary>
public sealed record EntryHistoryLine(AuditEvent Event, EntrySnapshot? After, EntrySnapshot? Before);

/// <summary>Reads entries for pages and exports; every question is an <see cref="EntryQuery"/>.</summary>
public sealed class EntryLists(IDbContextFactory<AppDbContext> contexts, UnitDirectory units)
{
    /// <summary>One page of rows, paged in SQL. Pages count from 1.</summary>
    /// <param name="extra">Rows of the next page to read along, to know whether there is one.</param>
    public async Task<IReadOnlyList<Entry>> PageAsync(EntryQuery query, int page, int size, CancellationToken cancel = default, int extra = 0)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.SelectSorted(db, tree, query).Skip((Math.Max(page, 1) - 1) * size).Take(size + extra).ToListAsync(cancel);
    }

    /// <summary>
    /// The newest by date of some ledgers together. Asked ledger by ledger, because an entry's date is indexed within its
    /// ledger: it reads a few index rows of each, however many entries there are. The command is made once and asked with
    /// one ledger after the other; to put the question together takes longer than to answer it.
    /// </summary>
    /// <param name="query">Names no ledger itself.</param>
    public async Task<IReadOnlyList<Entry>> NewestAsync(EntryQuery query, IReadOnlyCollection<string> ledgers, int count, CancellationToken cancel = default)
    {
        if (ledgers.Count == 0) return [];
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        var asked = ledgers.First();
        await using var command = EntryReader.Select(db, tree, query).Where(e => e.LedgerKey == EF.Parameter(asked)).OrderByDescending(e => e.Date).ThenByDescending(e => e.Id)
            .Take(count).Select(e => new { e.Id, e.Date }).CreateDbCommand();
        var ledger = command.Parameters.Cast<DbParameter>().Single(parameter => parameter.Value is string value && value == asked);
        var newest = new List<(DateOnly Date, long Id)>();
        foreach (var key in ledgers)
        {
            ledger.Value = key;
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) newest.Add((reader.GetDay(1), reader.GetInt64(0)));
        }
        List<long> ids = [.. newest.OrderByDescending(entry => entry).Select(entry => entry.Id).Take(count)];
        var found = await EntryReader.Select(db, tree, query with { Ids = ids }).ToDictionaryAsync(e => e.Id, cancel);
        return [.. ids.Select(found.GetValueOrDefault).OfType<Entry>()];
    }

    /// <summary>Counts over the whole query, with the sums of the ledger's totalled fields and of <paramref name="also"/>.</summary>
    public async Task<EntryTotals> TotalsAsync(EntryQuery query, string? also = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var entries = EntryReader.Select(db, tree, query);
        var fields = (query.Ledger?.Fields ?? []).Where(field => field.IsNumber && (field.Total || field.Key == also)).Select(field => field.Key).ToArray();
        var states = new Dictionary<EntryState, int>();
        var sums = fields.ToDictionary(key => key, _ => 0L, StringComparer.Ordinal);
        // As many sums as there is room for in one pass over the rows; mostly that is all of them.
        foreach (var some in fields.Length == 0 ? [[]] : fields.Chunk(StateTotals.Room))
            foreach (var row in await entries.GroupBy(entry => entry.State).Select(StateTotals.Of(some)).ToListAsync(cancel))
            {
                states[row.State] = row.Count;
                for (var i = 0; i < some.Length; i++) sums[some[i]] += row[i] ?? 0;
            }
        return new(states, sums);
    }

    /// <summary>How many entries the query finds in each ledger; ledgers with none are left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsByLedgerAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, query).GroupBy(entry => entry.LedgerKey)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(ledger => ledger.Key, ledger => ledger.Count, cancel);
    }

    /// <summary>How many entries the query finds of each unit; units with none are left out.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountsByUnitAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, query).GroupBy(entry => entry.UnitId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(unit => unit.Key, unit => unit.Count, cancel);
    }

    /// <summary>So many rows in order after leaving out the first.</summary>
    public async Task<IReadOnlyList<Entry>> SliceAsync(EntryQuery query, int skip, int take, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.SelectSorted(db, tree, query).Skip(skip).Take(take).ToListAsync(cancel);
    }

    /// <summary>Entries by their ids, those that the person sees.</summary>
    public async Task<IReadOnlyDictionary<long, Entry>> FindAllAsync(Person person, IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, new EntryQuery { Person = person, Ids = ids }).ToDictionaryAsync(entry => entry.Id, cancel);
    }

    public async Task<int> CountAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, query).CountAsync(cancel);
    }

    /// <summary>Ids of the entries that the query finds, in order, at most so many.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(EntryQuery query, int most, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.SelectSorted(db, tree, query).Select(entry => entry.Id).Take(most).ToListAsync(cancel);
    }

    /// <summary>These entries as they are now, in this order, in whatever state; without those that the person does not see.</summary>
    public async Task<IReadOnlyList<Entry>> OfIdsAsync(Person person, IReadOnlyList<long> ids, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = await EntryReader.Select(db, tree, new EntryQuery { Person = person, States = Enum.GetValues<EntryState>(), WithListed = true, Ids = ids })
            .ToDictionaryAsync(entry => entry.Id, cancel);
        return [.. ids.Select(found.GetValueOrDefault).OfType<Entry>()];
    }

    /// <summary>All rows in order, streamed, oldest first unless sorted otherwise; memory stays flat.</summary>
    public async IAsyncEnumerable<Entry> StreamAsync(EntryQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await foreach (var entry in EntryReader.SelectSorted(db, tree, query).AsAsyncEnumerable().WithCancellation(cancel))
            yield return entry;
    }

    /// <summary>One entry, also a voided one; null when there is none in the person's scope.</summary>
    public Task<Entry?> FindAsync(Person person, long id, CancellationToken cancel = default) => FindAsync(person, id, null, cancel);

    /// <param name="asOf">The point in the past that is asked; null for now.</param>
    public async Task<Entry?> FindAsync(Person person, long id, PastPoint? asOf, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, new EntryQuery { Person = person, States = Enum.GetValues<EntryState>(), WithListed = true, AsOf = asOf })
            .SingleOrDefaultAsync(entry => entry.Id == id, cancel);
    }

    /// <summary>Who did what to the entry, newest first, each with the entry before and after.</summary>
    public Task<IReadOnlyList<EntryHistoryLine>> HistoryAsync(Person person, long id, CancellationToken cancel = default) => HistoryAsync(person, id, null, cancel);

    /// <param name="asOf">The point in the past up to which it is told; null for all.</param>
    public async Task<IReadOnlyList<EntryHistoryLine>> HistoryAsync(Person person, long id, PastPoint? asOf, CancellationToken cancel = default)
    {
        if (await FindAsync(person, id, asOf, cancel) is null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var until = asOf?.Sequence ?? long.MaxValue;
        var events = await db.AuditEvents.AsNoTracking().Where(a => a.Subject == "entry" && a.SubjectId == id && a.Sequence <= until).OrderBy(a => a.Sequence).ToListAsync(cancel);
        var lines = new List<EntryHistoryLine>();
        EntrySnapshot? before = null;
        foreach (var line in events)
        {
            var after = line.After is null ? null : EntrySnapshot.Read(line.After);
            lines.Add(new(line, after, before));
            before = after ?? before;
        }
        lines.Reverse();
        return lines;
    }

    /// <summary>Shows personal data of an entry unmasked: allowed by role, with a reason, and written into the audit log.</summary>
    public async Task<EntryResult> RevealAsync(Person person, long id, string? reason, TimeProvider clock, CancellationToken cancel = default)
    {
        if (!person.CanReveal) return new EntryResult.Refused($"{Person.Label(person.Role)}不能查看完整个人信息");
        if (string.IsNullOrWhiteSpace(reason)) return new EntryResult.Invalid([new("reason", "请写明查看完整个人信息的理由")]);
        if (await FindAsync(person, id, cancel) is not { } entry) return new EntryResult.Refused("没有这条记录，或不在您的单位范围内");
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "reveal", "entry", id, entry.LedgerKey, entry.UnitId, null, reason.Trim())], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new EntryResult.Done(entry);
    }
}

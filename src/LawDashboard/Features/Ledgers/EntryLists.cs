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

    /// <summary>Counts over the whole query, with the sums of the ledger's totalled fields and of <paramref name="also"/>.</summary>
    public async Task<EntryTotals> TotalsAsync(EntryQuery query, string? also = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var entries = EntryReader.Select(db, tree, query);
        var states = await entries.GroupBy(entry => entry.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var field in (query.Ledger?.Fields ?? []).Where(field => field.IsNumber && (field.Total || field.Key == also)))
            sums[field.Key] = await entries.SumAsync(EntryReader.Read<long?>(nameof(FieldValuesSql.Number), field.Key), cancel) ?? 0;
        return new(states.ToDictionary(state => state.Key, state => state.Count), sums);
    }

    /// <summary>How many entries the query finds in each ledger; ledgers with none are left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsByLedgerAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, query).GroupBy(entry => entry.LedgerKey)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(ledger => ledger.Key, ledger => ledger.Count, cancel);
    }

    public async Task<int> CountAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, query).CountAsync(cancel);
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
    public async Task<Entry?> FindAsync(Person person, long id, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.Select(db, tree, new EntryQuery { Person = person, States = Enum.GetValues<EntryState>(), WithListed = true })
            .SingleOrDefaultAsync(entry => entry.Id == id, cancel);
    }

    /// <summary>Who did what to the entry, newest first, each with the entry before and after.</summary>
    public async Task<IReadOnlyList<EntryHistoryLine>> HistoryAsync(Person person, long id, CancellationToken cancel = default)
    {
        if (await FindAsync(person, id, cancel) is null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var events = await db.AuditEvents.AsNoTracking().Where(a => a.Subject == "entry" && a.SubjectId == id).OrderBy(a => a.Sequence).ToListAsync(cancel);
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

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>How many entries a query finds, and the sums of the ledger's totalled fields in stored steps.</summary>
public sealed record EntryTotals(int Count, IReadOnlyDictionary<string, long> Sums);

/// <summary>A line of an entry's history: the audit line, the entry as it became, and as it was before.</summary>
public sealed record EntryHistoryLine(AuditEvent Event, EntrySnapshot? After, EntrySnapshot? Before);

/// <summary>Reads entries for pages and exports; every question is an <see cref="EntryQuery"/>.</summary>
public sealed class EntryLists(IDbContextFactory<AppDbContext> contexts, UnitDirectory units)
{
    /// <summary>One page of rows, paged in SQL. Pages count from 1.</summary>
    public async Task<IReadOnlyList<Entry>> PageAsync(EntryQuery query, int page, int size, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await EntryReader.SelectSorted(db, tree, query).Skip((Math.Max(page, 1) - 1) * size).Take(size).ToListAsync(cancel);
    }

    /// <summary>Count and sums over the whole query.</summary>
    public async Task<EntryTotals> TotalsAsync(EntryQuery query, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var entries = EntryReader.Select(db, tree, query);
        var count = await entries.CountAsync(cancel);
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var field in (query.Ledger?.Fields ?? []).Where(field => field.Total))
            sums[field.Key] = await entries.SumAsync(EntryReader.Read<long?>(nameof(FieldValuesSql.Number), field.Key), cancel) ?? 0;
        return new(count, sums);
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
        return await EntryReader.Select(db, tree, new EntryQuery { Person = person, States = Enum.GetValues<EntryState>() })
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

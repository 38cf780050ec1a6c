using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>How many comments an entry has, and whether some of them wait to be read by who asks.</summary>
public readonly record struct CommentCount(int Count, bool New);

/// <summary>Comments on entries: whoever sees the entry may read and write them. The entry's author and those named by @ find them in their to-do.</summary>
public sealed class CommentService(IDbContextFactory<AppDbContext> contexts, EntryLists lists, UnitDirectory units, TimeProvider clock)
{
    const int MostUnread = 500;

    /// <summary>Oldest first; those withdrawn without their text. Nothing when the entry is not the person's to see.</summary>
    public async Task<IReadOnlyList<EntryComment>> OfEntryAsync(Person person, long entryId, CancellationToken cancel = default)
    {
        if (await lists.FindAsync(person, entryId, cancel) is null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var comments = await db.EntryComments.AsNoTracking().Where(c => c.EntryId == entryId).OrderBy(c => c.Id).ToListAsync(cancel);
        foreach (var comment in comments.Where(c => c.WithdrawnAt is not null)) comment.Text = "";
        return comments;
    }

    /// <summary>Adds a comment; answers with what is wrong with it, or null.</summary>
    public async Task<string?> AddAsync(Person person, long entryId, string? text, CancellationToken cancel = default)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) return "请填写评论内容";
        if (text.Length > EntryComment.Length) return $"评论最多{EntryComment.Length}字，现有{text.Length}字";
        if (await lists.FindAsync(person, entryId, cancel) is not { } entry) return "没有这条记录，或不在您的单位范围内";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var comment = new EntryComment { EntryId = entryId, PersonId = person.Id, PersonName = person.Name, Text = text, At = ChinaTime.Now(clock) };
        db.EntryComments.Add(comment);
        await AuditAsync(db, person, entry, "comment", text, cancel);
        await db.SaveChangesAsync(cancel);
        var named = (await ReadersAsync(db, entry, cancel)).Where(reader => text.Contains("@" + reader.Name, StringComparison.Ordinal)).Select(reader => reader.Id);
        foreach (var id in named.Append(entry.CreatedById).Distinct().Where(id => id != person.Id && id != Person.Machine.Id))
            db.CommentNotices.Add(new() { PersonId = id, CommentId = comment.Id, EntryId = entryId });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Takes back one's own comment; answers with why it cannot be, or null.</summary>
    public async Task<string?> WithdrawAsync(Person person, long commentId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.EntryComments.FindAsync([commentId], cancel) is not { WithdrawnAt: null } comment || comment.PersonId != person.Id
            || await lists.FindAsync(person, comment.EntryId, cancel) is not { } entry) return "只能撤回自己的、还没有撤回的评论";
        comment.WithdrawnAt = ChinaTime.Now(clock);
        db.CommentNotices.RemoveRange(await db.CommentNotices.Where(n => n.EntryId == entry.Id && n.CommentId == commentId).ToListAsync(cancel));
        await AuditAsync(db, person, entry, "withdraw-comment", comment.Text, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>The person has the entry's comments before him.</summary>
    public async Task SeenAsync(Person person, long entryId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (!await db.CommentNotices.AnyAsync(n => n.PersonId == person.Id && n.EntryId == entryId, cancel)) return;
        await using var transaction = await db.BeginWriteAsync(cancel);
        await db.CommentNotices.Where(n => n.PersonId == person.Id && n.EntryId == entryId).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Counts for the rows of a list; entries without comments are left out.</summary>
    public async Task<IReadOnlyDictionary<long, CommentCount>> CountsAsync(Person person, IReadOnlyList<Entry> rows, CancellationToken cancel = default)
    {
        var ids = rows.Select(row => row.Id).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var counts = await db.EntryComments.Where(c => ids.Contains(c.EntryId) && c.WithdrawnAt == null)
            .GroupBy(c => c.EntryId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        if (counts.Count == 0) return new Dictionary<long, CommentCount>();
        var unread = (await db.CommentNotices.Where(n => n.PersonId == person.Id && ids.Contains(n.EntryId)).Select(n => n.EntryId).ToListAsync(cancel)).ToHashSet();
        return counts.ToDictionary(group => group.Key, group => new CommentCount(group.Count, unread.Contains(group.Key)));
    }

    /// <summary>Entries with comments that the person has not read.</summary>
    public async Task<IReadOnlyList<Entry>> UnreadAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var ids = await db.CommentNotices.Where(n => n.PersonId == person.Id).Select(n => n.EntryId).Distinct().OrderByDescending(id => id).Take(MostUnread).ToListAsync(cancel);
        if (ids.Count == 0) return [];
        var query = new EntryQuery { Person = person, Unit = unit, States = Enum.GetValues<EntryState>(), WithListed = true, Sort = new("updated"), Ids = ids };
        return await EntryReader.SelectSorted(db, await units.TreeAsync(cancel), query).ToListAsync(cancel);
    }

    /// <summary>Names that can be called by @: whoever sees the entry.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(Person person, Entry entry, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return [.. (await ReadersAsync(db, entry, cancel)).Where(reader => reader.Id != person.Id).Select(reader => reader.Name).Distinct().Take(8)];
    }

    async Task<List<(int Id, string Name)>> ReadersAsync(AppDbContext db, Entry entry, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        if (tree.Find(entry.UnitId) is not { } unit) return [];
        var above = tree.Ancestors(unit).Select(u => (int?)u.Id).ToList();
        var accounts = await db.Accounts.AsNoTracking().Where(a => !a.Disabled && (a.UnitId == null || above.Contains(a.UnitId))).ToListAsync(cancel);
        // Those nearest to the entry first: whoever works on it is called more often than the county.
        return [.. accounts.OrderByDescending(a => a.UnitId is { } own ? tree.Find(own)?.Path.Length ?? 0 : -1).ThenBy(a => a.Role).Select(a => (a.Id, a.DisplayName))];
    }

    Task AuditAsync(AppDbContext db, Person person, Entry entry, string action, string text, CancellationToken cancel) =>
        AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, action, "entry", entry.Id, entry.LedgerKey, entry.UnitId, null, text)], cancel);
}

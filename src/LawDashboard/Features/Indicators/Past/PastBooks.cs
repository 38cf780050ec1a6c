using System.Collections.Concurrent;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Past;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators.Past;

/// <summary>
/// Tallies as they stood at a line of the audit log: those of now, less what the entries changed since count as they became,
/// plus what they counted as they were. Counting is linear, so this is the recount of then, and its cost depends on what
/// changed since. What was worked out once is only carried on by what was written after it.
/// </summary>
public sealed class PastBooks(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, TallyReader reader, IndicatorCatalog catalog, Counters counters)
{
    const int Remembered = 16;

    /// <summary>What the entries changed after a line add to all tallies of now, up to a later line.</summary>
    sealed record Since(long To, TallySum Added, object Measures);

    readonly ConcurrentDictionary<long, Since> known = new();

    /// <summary>The tallies of units that the person sees.</summary>
    /// <param name="sequence">The last line of the log that counts.</param>
    public async Task<IReadOnlyDictionary<int, TallyBook>> BooksAsync(
        Person person, IReadOnlyCollection<Unit> asked, MonthRange months, TallyFocus? focus, long sequence, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        int[] ids = [.. asked.Where(unit => person.Sees(tree, unit)).Select(unit => unit.Id)];
        if (ids.Length == 0) return new Dictionary<int, TallyBook>();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        // Tallies and log must be of one moment: what is saved between two questions would count in one of them only.
        await using var moment = await db.BeginReadAsync(cancel);
        var books = await reader.BooksAsync(db, ids, months, focus, cancel);
        var added = (await SinceAsync(db, tree, sequence, cancel)).Added.Amounts.Where(pair => focus?.Wants(pair.Key.MeasureKey, pair.Key.Slice) != false).ToLookup(pair => pair.Key.UnitId);
        return books.ToDictionary(book => book.Key, book => book.Value.Less(added[book.Key]));
    }

    public async Task<TallyBook> BookAsync(Person person, Unit unit, MonthRange months, TallyFocus? focus, long sequence, CancellationToken cancel = default) =>
        (await BooksAsync(person, [unit], months, focus, sequence, cancel)).Values.SingleOrDefault() ?? new TallyBook(unit.Id, []);

    async Task<Since> SinceAsync(AppDbContext db, UnitTree tree, long sequence, CancellationToken cancel)
    {
        var last = await db.AuditEvents.MaxAsync(line => (long?)line.Sequence, cancel) ?? 0;
        // Taken before counting: a measure that is changed meanwhile makes what was counted worthless.
        var measures = catalog.Version;
        var before = known.TryGetValue(sequence, out var found) && found.To <= last && ReferenceEquals(found.Measures, measures) ? found : new(sequence, new(), measures);
        if (before.To == last) return before;
        var added = await ChangeAsync(db, before.To, last, cancel);
        var since = new Since(last, Both(before.Added, added.Spread(tree)), measures);
        if (known.Count >= Remembered && !known.ContainsKey(sequence)) known.Clear();
        return known[sequence] = since;
    }

    /// <summary>What the entries changed within (from, to] add to the tallies of their own units.</summary>
    async Task<TallySum> ChangeAsync(AppDbContext db, long from, long to, CancellationToken cancel)
    {
        var sum = new TallySum();
        foreach (var (lines, sign) in new[] { (EntryLog.Became(db, from, to), 1), (EntryLog.Were(db, from, to), -1) })
            await foreach (var json in lines.Select(line => line.After!).AsAsyncEnumerable().WithCancellation(cancel))
            {
                var entry = EntrySnapshot.Read(json).ToEntry();
                sum.Add(counters.OfLedger(entry.LedgerKey), entry, sign);
            }
        return sum;
    }

    static TallySum Both(TallySum a, TallySum b)
    {
        var sum = new TallySum();
        foreach (var (key, amount) in a.Amounts.Concat(b.Amounts)) sum.Add(key, amount);
        return sum;
    }
}

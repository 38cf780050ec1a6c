using System.Linq.Expressions;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Counts a stretch of days that is no whole number of months, which tallies cannot answer: reads the entries with a date in
/// it and counts them in memory by the same rules. For comparing a running year with the same stretch of the year before.
/// The cost follows the entries of those days, not how many there are.
/// </summary>
public sealed class StretchReader(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, Counters counters, CountedDays days)
{
    /// <summary>What the days add to the tallies of the unit with everything below it.</summary>
    /// <param name="focus">The measures asked for, and those whose slices are; all with all slices when null.</param>
    public async Task<TallySum> ReadAsync(Person person, Unit unit, DateOnly from, DateOnly to, TallyFocus? focus = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var stretch = new Stretch(counters.All.Where(counter => focus?.Wants(counter.Measure.Key, "") != false), unit.Id, from, to, focus);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var asked = new EntryQuery { Person = person, Unit = unit, Ledger = stretch.Ledgers is [var only] ? only : null, States = [EntryState.Submitted, EntryState.Approved], WithListed = true };
        await AddAsync(EntryReader.Select(db, tree, asked with { From = from, To = to }));
        // Those of another day of their own, but with a day in the stretch that counts.
        if (Pointed(db, tree, asked, stretch) is { } pointed && await pointed.ToListAsync(cancel) is { Count: > 0 } ids)
            await AddAsync(EntryReader.Select(db, tree, asked with { Ids = ids }).Where(entry => entry.Date < from || entry.Date > to));
        foreach (var ledger in stretch.Ledgers.Where(ledger => !days.Covers(ledger.Key)))
            await AddAsync(EntryReader.Select(db, tree, asked with { Ledger = ledger }).Where(DatedWithin(ledger, from, to)));
        return await stretch.SumAsync();

        async Task AddAsync(IQueryable<Entry> entries)
        {
            await foreach (var row in TallyRow.ReadAsync(db, entries, cancel)) await stretch.AddAsync(row);
        }
    }

    IQueryable<long>? Pointed(AppDbContext db, UnitTree tree, EntryQuery asked, Stretch stretch)
    {
        string[] keys = [.. stretch.Ledgers.Where(ledger => days.Fingerprint(ledger.Key) is not null).Select(ledger => EntryPointers.Key(ledger.Key, CountedDays.Name))];
        if (keys.Length == 0) return null;
        int[] scope = [.. EntryReader.UnitsInScope(tree, asked)];
        long first = stretch.From.DayNumber, last = stretch.To.DayNumber;
        return db.EntryPointers.Where(pointer => EF.Parameter(keys).Contains(pointer.Key) && EF.Parameter(scope).Contains(pointer.UnitId) && pointer.Order >= first && pointer.Order <= last)
            .Select(pointer => pointer.EntryId).Distinct();
    }

    /// <summary>Entries of which a date lies in the stretch by which some measure has only lately come to go.</summary>
    Expression<Func<Entry, bool>> DatedWithin(LedgerDefinition ledger, DateOnly from, DateOnly to)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        var any = days.Fields(ledger.Key).Select(field => new Condition.Dated(field, from, to).Build(Expression.Property(entry, nameof(Entry.Values)), ledger)).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<Entry, bool>>(any, entry);
    }
}

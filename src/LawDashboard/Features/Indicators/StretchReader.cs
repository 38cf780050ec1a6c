using System.Linq.Expressions;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Counts a stretch of days that is no whole number of months, which tallies cannot answer: reads the entries with a date in
/// it and counts them in memory by the same rules. For comparing a running year with the same stretch of the year before.
/// </summary>
public sealed class StretchReader(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, Counters counters)
{
    /// <summary>What the days add to the tallies of the unit with everything below it.</summary>
    public async Task<TallySum> ReadAsync(Person person, Unit unit, DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var sum = new TallySum();
        foreach (var ofLedger in counters.All.GroupBy(counter => counter.Ledger))
        {
            var query = new EntryQuery { Person = person, Unit = unit, Ledger = ofLedger.Key, States = [EntryState.Submitted, EntryState.Approved] };
            var entries = EntryReader.Select(db, tree, query).Where(DatedWithin(ofLedger.Key, [.. ofLedger], from, to));
            await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancel))
                foreach (var counter in ofLedger)
                    foreach (var (key, amount) in counter.Contributions(entry, from, to))
                        sum.Add(key with { UnitId = unit.Id }, amount);
        }
        return sum;
    }

    /// <summary>Entries of which any date that some measure goes by lies in the stretch.</summary>
    static Expression<Func<Entry, bool>> DatedWithin(LedgerDefinition ledger, IReadOnlyList<Counter> counters, DateOnly from, DateOnly to)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        var date = Expression.Property(entry, nameof(Entry.Date));
        Expression any = Expression.AndAlso(
            Expression.GreaterThanOrEqual(date, Expression.Constant(from)), Expression.LessThanOrEqual(date, Expression.Constant(to)));
        foreach (var field in counters.SelectMany(counter => new[] { counter.DateField, counter.Measure.Left }).OfType<string>().Distinct())
            any = Expression.OrElse(any, new Condition.Dated(field, from, to).Build(Expression.Property(entry, nameof(Entry.Values)), ledger));
        return Expression.Lambda<Func<Entry, bool>>(any, entry);
    }
}

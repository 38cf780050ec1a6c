using System.Linq.Expressions;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>A tally that does not agree with the entries.</summary>
public sealed record TallyDifference(TallyKey Key, TallyAmount Stored, TallyAmount Counted);

/// <summary>Counts measures again from the entries, by SQL; rebuilds tallies and compares them.</summary>
public static class Recount
{
    /// <summary>A measure counted by the database: GROUP BY unit, month and state, per slice.</summary>
    public static async Task<TallySum> BySqlAsync(AppDbContext db, Counter counter, CancellationToken cancel)
    {
        var sum = new TallySum();
        var entries = db.Entries.AsNoTracking()
            .Where(e => e.LedgerKey == counter.Ledger.Key && (e.State == EntryState.Submitted || e.State == EntryState.Approved));
        if (counter.Predicate is { } predicate) entries = entries.Where(predicate);
        await GroupAsync(entries, "");
        foreach (var slice in counter.Measure.Slices)
        {
            var field = counter.Ledger.Field(slice)!;
            foreach (var code in await CodesAsync(entries, field, cancel))
                await GroupAsync(entries.Where(EntryReader.Predicate(new Condition.Is(slice, [code]), counter.Ledger)), Counter.SliceKey(slice, code));
        }
        return sum;

        async Task GroupAsync(IQueryable<Entry> rows, string slice)
        {
            // Who has no date of joining is on no register, and so cannot leave it either.
            if (counter.DateField is { } joined) rows = rows.Where(Dated(joined));
            await AddAsync(rows, Joined, slice, 1);
            if (counter.Measure.Left is { } left)
                await AddAsync(rows.Where(Dated(left)), entry => Later(Joined(entry), Day(entry, left)), slice, -1);
        }

        Expression Joined(ParameterExpression entry) =>
            counter.DateField is { } field ? Day(entry, field) : Expression.Property(entry, nameof(Entry.Date));

        async Task AddAsync(IQueryable<Entry> rows, Func<ParameterExpression, Expression> date, string slice, int sign)
        {
            var groups = await Grouped(rows, date, counter.Measure.Sum).ToListAsync(cancel);
            foreach (var group in groups)
                sum.Add(new(group.UnitId, group.Year * 100 + group.Month, counter.Measure.Key, slice, group.State), new(sign * group.Count, sign * group.Sum));
        }
    }

    /// <summary>Throws the stored tallies of the measures away and builds them again from the entries.</summary>
    public static async Task RebuildAsync(AppDbContext db, UnitTree tree, IReadOnlyCollection<Counter> counters, CancellationToken cancel)
    {
        foreach (var counter in counters)
        {
            await db.Tallies.Where(tally => tally.MeasureKey == counter.Measure.Key).ExecuteDeleteAsync(cancel);
            await TallyKeeper.AddAsync(db, (await BySqlAsync(db, counter, cancel)).Spread(tree), cancel);
        }
    }

    /// <summary>Every stored tally that differs from a recount; empty when all agree.</summary>
    public static async Task<IReadOnlyList<TallyDifference>> DifferencesAsync(AppDbContext db, UnitTree tree, Counters counters, CancellationToken cancel)
    {
        var counted = new TallySum();
        foreach (var counter in counters.All)
            foreach (var (key, amount) in (await BySqlAsync(db, counter, cancel)).Spread(tree).Amounts)
                counted.Add(key, amount);
        return Compare(await StoredAsync(db, cancel), counted.Amounts.ToDictionary());
    }

    public static async Task<Dictionary<TallyKey, TallyAmount>> StoredAsync(AppDbContext db, CancellationToken cancel) =>
        await db.Tallies.AsNoTracking().Where(tally => tally.Count != 0 || tally.Sum != 0)
            .ToDictionaryAsync(t => new TallyKey(t.UnitId, t.Month, t.MeasureKey, t.Slice, t.State), t => new TallyAmount(t.Count, t.Sum), cancel);

    public static IReadOnlyList<TallyDifference> Compare(Dictionary<TallyKey, TallyAmount> stored, Dictionary<TallyKey, TallyAmount> counted) =>
        [.. stored.Keys.Union(counted.Keys)
            .Select(key => new TallyDifference(key, stored.GetValueOrDefault(key), counted.GetValueOrDefault(key)))
            .Where(difference => difference.Stored != difference.Counted)];

    sealed record Group(int UnitId, int Year, int Month, EntryState State, long Count, long Sum);

    /// <summary>What one entry brings to a group, before grouping.</summary>
    sealed class Row
    {
        public int UnitId { get; init; }
        public EntryState State { get; init; }
        public DateOnly Date { get; init; }
        public long Number { get; init; }
    }

    static IQueryable<Group> Grouped(IQueryable<Entry> rows, Func<ParameterExpression, Expression> date, string? sumField) =>
        rows.Select(ToRow(date, sumField))
            .GroupBy(row => new { row.UnitId, row.Date.Year, row.Date.Month, row.State })
            .Select(group => new Group(group.Key.UnitId, group.Key.Year, group.Key.Month, group.Key.State, group.LongCount(), group.Sum(row => row.Number)));

    static Expression<Func<Entry, bool>> Dated(string field)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        return Expression.Lambda<Func<Entry, bool>>(Expression.NotEqual(Read(entry, nameof(FieldValuesSql.Date), field), Expression.Constant(null, typeof(DateOnly?))), entry);
    }

    static Expression Day(ParameterExpression entry, string field) =>
        Expression.Property(Read(entry, nameof(FieldValuesSql.Date), field), nameof(Nullable<DateOnly>.Value));

    static Expression Later(Expression a, Expression b) => Expression.Condition(Expression.GreaterThan(a, b), a, b);

    static Expression<Func<Entry, Row>> ToRow(Func<ParameterExpression, Expression> date, string? sumField)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        Expression number = sumField is null ? Expression.Constant(0L)
            : Expression.Coalesce(Read(entry, nameof(FieldValuesSql.Number), sumField), Expression.Constant(0L));
        return Expression.Lambda<Func<Entry, Row>>(Expression.MemberInit(Expression.New(typeof(Row)),
            Bind(nameof(Row.UnitId), Expression.Property(entry, nameof(Entry.UnitId))),
            Bind(nameof(Row.State), Expression.Property(entry, nameof(Entry.State))),
            Bind(nameof(Row.Date), date(entry)), Bind(nameof(Row.Number), number)), entry);

        static MemberAssignment Bind(string name, Expression value) => Expression.Bind(typeof(Row).GetProperty(name)!, value);
    }

    static MethodCallExpression Read(ParameterExpression entry, string reader, string field) =>
        Expression.Call(typeof(FieldValuesSql), reader, null, Expression.Property(entry, nameof(Entry.Values)), Expression.Constant(field));

    /// <summary>The codes that occur: of one-of fields by DISTINCT, of several-of fields by reading their combinations.</summary>
    static async Task<IReadOnlyList<string>> CodesAsync(IQueryable<Entry> entries, FieldDefinition field, CancellationToken cancel)
    {
        if (field.Type != FieldType.SeveralOf)
            return [.. (await entries.Select(EntryReader.Read<string?>(nameof(FieldValuesSql.Text), field.Key)).Distinct().ToListAsync(cancel)).OfType<string>()];
        var combinations = await entries.Select(EntryReader.Read<string?>(nameof(FieldValuesSql.Text), field.Key)).Distinct().ToListAsync(cancel);
        return [.. combinations.OfType<string>().SelectMany(text => System.Text.Json.JsonSerializer.Deserialize<string[]>(text) ?? []).Distinct(StringComparer.Ordinal)];
    }
}

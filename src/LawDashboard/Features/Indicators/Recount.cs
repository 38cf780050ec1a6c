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
    /// <summary>How many entries each of these ledgers has, whatever their state; ledgers without any are left out.</summary>
    public static Task<Dictionary<string, long>> LedgerSizesAsync(AppDbContext db, IReadOnlyCollection<string> ledgers, CancellationToken cancel) =>
        db.Entries.Where(entry => ledgers.Contains(entry.LedgerKey)).GroupBy(entry => entry.LedgerKey).Select(group => new { group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(ledger => ledger.Key, ledger => ledger.Count, StringComparer.Ordinal, cancel);

    /// <summary>The entries of a ledger on the days after one; of all its days when that is null.</summary>
    public static IQueryable<Entry> After(AppDbContext db, string ledger, DateOnly? day)
    {
        var entries = db.Entries.AsNoTracking().Where(entry => entry.LedgerKey == ledger);
        return day is { } after ? entries.Where(entry => entry.Date > after) : entries;
    }

    /// <summary>A measure counted by the database: GROUP BY unit, month and state, per slice.</summary>
    public static Task<TallySum> BySqlAsync(AppDbContext db, Counter counter, CancellationToken cancel) =>
        BySqlAsync(db.Entries.AsNoTracking().Where(e => e.LedgerKey == counter.Ledger.Key), counter, counter.Measure.Slices, cancel);

    /// <summary>The same over some entries of the measure's ledger only, and by any of its dictionary fields.</summary>
    public static async Task<TallySum> BySqlAsync(IQueryable<Entry> entries, Counter counter, IEnumerable<string> slices, CancellationToken cancel)
    {
        var sum = new TallySum();
        entries = entries.Where(e => e.State == EntryState.Submitted || e.State == EntryState.Approved);
        if (counter.Predicate is { } predicate) entries = entries.Where(predicate);
        // Who has no date of joining is on no register, and so cannot leave it either.
        if (counter.DateField is { } joined) entries = entries.Where(Dated(joined));
        // All slices in one pass over the rows: reading them is what takes the time.
        var fields = slices.Select(key => counter.Ledger.Field(key)!).ToList();
        await AddAsync(entries, Joined, 1);
        if (counter.Measure.Left is { } left)
            await AddAsync(entries.Where(Dated(left)), entry => Later(Joined(entry), Day(entry, left)), -1);
        return sum;

        Expression Joined(ParameterExpression entry) =>
            counter.DateField is { } field ? Day(entry, field) : Expression.Property(entry, nameof(Entry.Date));

        async Task AddAsync(IQueryable<Entry> rows, Func<ParameterExpression, Expression> date, int sign)
        {
            var asked = rows.Select(ToRow(date, counter.Measure.Sum, [.. fields.Select(field => field.Key)]));
            foreach (var group in await (fields.Count == 0 ? Grouped(asked) : GroupedByCode(asked)).ToListAsync(cancel))
                foreach (var part in Parts(fields, group.Code))
                    sum.Add(new(group.UnitId, group.Year * 100 + group.Month, counter.Measure.Key, part, group.State), new(sign * group.Count, sign * group.Sum));
        }
    }

    /// <summary>The whole, and the slices that a group belongs to: of a several-of field one for each code in it, of an empty field none.</summary>
    static IEnumerable<string> Parts(List<FieldDefinition> slices, string? codes)
    {
        yield return "";
        foreach (var (slice, code) in slices.Zip((codes ?? "").Split(Between)))
            if (code.Length > 0 && slice.Type != FieldType.SeveralOf) yield return Counter.SliceKey(slice.Key, code);
            else if (code.Length > 0)
                foreach (var item in System.Text.Json.JsonSerializer.Deserialize<string[]>(code) ?? []) yield return Counter.SliceKey(slice.Key, item);
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

    /// <summary>Stands between the codes of several slices; no code holds it.</summary>
    const char Between = '\u001F';

    sealed record Group(int UnitId, int Year, int Month, EntryState State, string? Code, long Count, long Sum);

    /// <summary>What one entry brings to a group, before grouping.</summary>
    sealed class Row
    {
        public int UnitId { get; init; }
        public EntryState State { get; init; }
        public DateOnly Date { get; init; }
        public string? Code { get; init; }
        public long Number { get; init; }
    }

    /// <summary>What the rows of one day bring to a group.</summary>
    sealed class DaySum
    {
        public int UnitId { get; init; }
        public EntryState State { get; init; }
        public DateOnly Date { get; init; }
        public string? Code { get; init; }
        public long Count { get; init; }
        public long Sum { get; init; }
    }

    // By day first: taking month and year out of a date costs SQLite as much as reading the row, and there are fewer days than rows.
    static IQueryable<Group> Grouped(IQueryable<Row> rows) =>
        rows.GroupBy(row => new { row.Date, row.UnitId, row.State })
            .Select(day => new DaySum { UnitId = day.Key.UnitId, State = day.Key.State, Date = day.Key.Date, Count = day.LongCount(), Sum = day.Sum(row => row.Number) })
            .GroupBy(day => new { day.UnitId, day.Date.Year, day.Date.Month, day.State })
            .Select(group => new Group(group.Key.UnitId, group.Key.Year, group.Key.Month, group.Key.State, null, group.Sum(day => day.Count), group.Sum(day => day.Sum)));

    static IQueryable<Group> GroupedByCode(IQueryable<Row> rows) =>
        rows.GroupBy(row => new { row.Date, row.UnitId, row.State, row.Code })
            .Select(day => new DaySum { UnitId = day.Key.UnitId, State = day.Key.State, Date = day.Key.Date, Code = day.Key.Code, Count = day.LongCount(), Sum = day.Sum(row => row.Number) })
            .GroupBy(day => new { day.UnitId, day.Date.Year, day.Date.Month, day.State, day.Code })
            .Select(group => new Group(group.Key.UnitId, group.Key.Year, group.Key.Month, group.Key.State, group.Key.Code, group.Sum(day => day.Count), group.Sum(day => day.Sum)));

    static Expression<Func<Entry, bool>> Dated(string field)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        return Expression.Lambda<Func<Entry, bool>>(Expression.NotEqual(Read(entry, nameof(FieldValuesSql.Date), field), Expression.Constant(null, typeof(DateOnly?))), entry);
    }

    static Expression Day(ParameterExpression entry, string field) =>
        Expression.Property(Read(entry, nameof(FieldValuesSql.Date), field), nameof(Nullable<DateOnly>.Value));

    static Expression Later(Expression a, Expression b) => Expression.Condition(Expression.GreaterThan(a, b), a, b);

    static Expression<Func<Entry, Row>> ToRow(Func<ParameterExpression, Expression> date, string? sumField, IReadOnlyList<string> slices)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        Expression number = sumField is null ? Expression.Constant(0L)
            : Expression.Coalesce(Read(entry, nameof(FieldValuesSql.Number), sumField), Expression.Constant(0L));
        List<MemberAssignment> members =
        [
            Bind(nameof(Row.UnitId), Expression.Property(entry, nameof(Entry.UnitId))), Bind(nameof(Row.State), Expression.Property(entry, nameof(Entry.State))),
            Bind(nameof(Row.Date), date(entry)), Bind(nameof(Row.Number), number),
        ];
        if (slices.Count > 0)
            members.Add(Bind(nameof(Row.Code), slices.Select(key => (Expression)Expression.Coalesce(Read(entry, nameof(FieldValuesSql.Text), key), Expression.Constant("")))
                .Aggregate((codes, code) => Joined(Joined(codes, Expression.Constant(Between.ToString())), code))));
        return Expression.Lambda<Func<Entry, Row>>(Expression.MemberInit(Expression.New(typeof(Row)), members), entry);

        static BinaryExpression Joined(Expression a, Expression b) => Expression.Add(a, b, typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)]));
        static MemberAssignment Bind(string name, Expression value) => Expression.Bind(typeof(Row).GetProperty(name)!, value);
    }

    static MethodCallExpression Read(ParameterExpression entry, string reader, string field) =>
        Expression.Call(typeof(FieldValuesSql), reader, null, Expression.Property(entry, nameof(Entry.Values)), Expression.Constant(field));
}

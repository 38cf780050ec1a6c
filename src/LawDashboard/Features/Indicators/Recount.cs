using System.Linq.Expressions;
using System.Runtime.InteropServices;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>A tally that does not agree with the entries.</summary>
public sealed record TallyDifference(TallyKey Key, TallyAmount Stored, TallyAmount Counted);

/// <summary>Counts measures again from the entries, by SQL, and holds tallies against it; what a recount writes is counted by <see cref="RecountStep"/>.</summary>
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

    /// <summary>These entries, as many as there are.</summary>
    public static Task<List<Entry>> OfIdsAsync(AppDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancel) =>
        db.Entries.AsNoTracking().Where(entry => ids.Contains(entry.Id)).ToListAsync(cancel);

    /// <summary>
    /// A measure counted anew: the database selects the rows and reads what counts out of their values. They are added up here as
    /// they come, since sorting them into groups would cost SQLite more than reading them.
    /// </summary>
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
            var groups = new Dictionary<Group, TallyAmount>();
            await foreach (var row in rows.Select(ToRow(date, counter.Measure.Sum, [.. fields.Select(field => field.Key)])).AsAsyncEnumerable().WithCancellation(cancel))
                CollectionsMarshal.GetValueRefOrAddDefault(groups, new(row.UnitId, Tally.MonthOf(row.Date), row.State, row.Code), out _) += new TallyAmount(sign, sign * row.Number);
            foreach (var (group, amount) in groups)
                foreach (var part in Parts(fields, group.Code))
                    sum.Add(new(group.UnitId, group.Month, counter.Measure.Key, part, group.State), amount);
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

    readonly record struct Group(int UnitId, int Month, EntryState State, string? Code);

    /// <summary>What one entry brings to a group, before grouping.</summary>
    sealed class Row
    {
        public int UnitId { get; init; }
        public EntryState State { get; init; }
        public DateOnly Date { get; init; }
        public string? Code { get; init; }
        public long Number { get; init; }
    }

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

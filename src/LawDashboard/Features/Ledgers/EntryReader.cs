using System.Linq.Expressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>Turns an <see cref="EntryQuery"/> into SQL. The only door to entries for reading.</summary>
public static class EntryReader
{
    static readonly EntryState[] Alive = [EntryState.Draft, EntryState.Submitted, EntryState.Approved, EntryState.Returned];

    /// <summary>The entries asked for, in no particular order.</summary>
    public static IQueryable<Entry> Select(AppDbContext db, UnitTree tree, EntryQuery query)
    {
        var entries = db.Entries.AsNoTracking();
        entries = InScope(entries, tree, query);
        if (query.Ledger is { } ledger) entries = entries.Where(e => e.LedgerKey == ledger.Key);
        var states = query.States.Count > 0 ? query.States : Alive;
        // Drafts are unfinished work: only those who record see them.
        if (!query.Person.CanRecord) states = [.. states.Where(state => state != EntryState.Draft)];
        entries = states.Count switch
        {
            0 => entries.Where(e => false),
            1 => entries.Where(Equal(states[0])),
            _ => entries.Where(e => states.Contains(e.State)),
        };
        if (query.CreatedById is { } author) entries = entries.Where(e => e.CreatedById == author);
        if (query.ListedOnly) entries = entries.Where(e => e.OriginId != null);
        else if (query.Ledger is null && !query.WithListed) entries = entries.Where(e => e.OriginId == null);
        if (query.Backdated) entries = entries.Where(e => e.Backdated);
        entries = InPeriod(entries, query);
        if (query.Ledger is { } of)
        {
            if (query.Where is { } where) entries = entries.Where(Predicate(where, of));
            foreach (var condition in FilterConditions(query, of)) entries = entries.Where(Predicate(condition, of));
        }
        if (!string.IsNullOrWhiteSpace(query.Search)) entries = Matching(entries, query.Search);
        return entries;
    }

    /// <summary>The entries asked for, in the order asked for.</summary>
    public static IQueryable<Entry> SelectSorted(AppDbContext db, UnitTree tree, EntryQuery query)
    {
        var entries = Select(db, tree, query);
        var down = query.Sort.Descending;
        var field = query.Ledger?.Field(query.Sort.Key);
        var sorted = query.Sort.Key switch
        {
            "serial" => Order(e => e.Serial),
            "title" => Order(e => e.Title),
            "unit" => Order(e => e.UnitId),
            "state" => Order(e => e.State),
            "updated" => Order(e => e.UpdatedAt),
            _ when field is { IsNumber: true } => Order(Read<long?>(nameof(FieldValuesSql.Number), field.Key)),
            _ when field is { Type: FieldType.YesNo } => Order(Read<bool?>(nameof(FieldValuesSql.Flag), field.Key)),
            _ when field is not null && field.Key != query.Ledger!.Date => Order(Read<string?>(nameof(FieldValuesSql.Text), field.Key)),
            _ => null,
        };
        // The entry's date is in the index; its reverse is the newest-first tie-breaker of every other order.
        if (sorted is not null) return sorted.ThenByDescending(e => e.Date).ThenByDescending(e => e.Id);
        return down ? entries.OrderByDescending(e => e.Date).ThenByDescending(e => e.Id) : entries.OrderBy(e => e.Date).ThenBy(e => e.Id);

        IOrderedQueryable<Entry> Order<T>(Expression<Func<Entry, T>> key) => down ? entries.OrderByDescending(key) : entries.OrderBy(key);
    }

    /// <summary>A condition over an entry's values as a predicate over entries; runs compiled and as SQL.</summary>
    public static Expression<Func<Entry, bool>> Predicate(Condition condition, LedgerDefinition ledger)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        return Expression.Lambda<Func<Entry, bool>>(condition.Build(Expression.Property(entry, nameof(Entry.Values)), ledger), entry);
    }

    /// <summary>The value of a number field of an entry; null when empty.</summary>
    public static Expression<Func<Entry, T>> Read<T>(string reader, string key)
    {
        var entry = Expression.Parameter(typeof(Entry), "entry");
        return Expression.Lambda<Func<Entry, T>>(Expression.Call(typeof(FieldValuesSql), reader, null,
            Expression.Property(entry, nameof(Entry.Values)), Expression.Constant(key)), entry);
    }

    static IQueryable<Entry> InScope(IQueryable<Entry> entries, UnitTree tree, EntryQuery query)
    {
        var tops = query.Person.Tops(tree).ToList();
        // A unit outside the person's scope gives nothing; a unit that covers the scope gives the scope.
        var asked = query.Unit is not { } unit ? tops
            : query.Person.Sees(tree, unit) ? [unit]
            : query.OwnOnly ? [] : tops.Where(top => tree.Covers(unit, top)).ToList();
        if (asked.Count == 0) return entries.Where(e => false);
        if (!query.OwnOnly && asked.Count >= tree.Roots.Count() && asked.All(top => top.ParentId is null)) return entries;
        var ids = (query.OwnOnly ? asked : asked.SelectMany(tree.Subtree)).Select(u => u.Id).ToList();
        if (ids.Count > 1) return entries.Where(e => ids.Contains(e.UnitId));
        var only = ids[0];
        return entries.Where(e => e.UnitId == only);
    }

    static IQueryable<Entry> InPeriod(IQueryable<Entry> entries, EntryQuery query)
    {
        if (query.PeriodField is { } field && query.Ledger is { } ledger && field != ledger.Date)
            return query.From is null && query.To is null ? entries
                : entries.Where(Predicate(new Condition.Dated(field, query.From, query.To), ledger));
        if (query.From is { } from) entries = entries.Where(e => e.Date >= from);
        if (query.To is { } to) entries = entries.Where(e => e.Date <= to);
        return entries;
    }

    static IEnumerable<Condition> FilterConditions(EntryQuery query, LedgerDefinition ledger)
    {
        foreach (var (key, values) in query.Filters)
        {
            if (values.Count == 0 || ledger.Field(key) is not { } field) continue;
            yield return field.Type == FieldType.YesNo
                ? new Condition.Yes(key, values[0] == "yes")
                : new Condition.Is(key, values);
        }
    }

    static IQueryable<Entry> Matching(IQueryable<Entry> entries, string search)
    {
        foreach (var word in search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = "%" + word.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + "%";
            entries = entries.Where(e => EF.Functions.Like(e.Title, pattern, "\\") || EF.Functions.Like(e.Serial!, pattern, "\\")
                || EF.Functions.Like(FieldValuesSql.All(e.Values), pattern, "\\"));
        }
        return entries;
    }

    static Expression<Func<Entry, bool>> Equal(EntryState state) => e => e.State == state;
}

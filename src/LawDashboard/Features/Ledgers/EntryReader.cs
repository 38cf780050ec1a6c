using System.Linq.Expressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Past;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>Turns an <see cref="EntryQuery"/> into SQL. The only door to entries for reading.</summary>
public static class EntryReader
{
    const int MostUnitsNamed = 100, MostYearsNamed = 5;

    static readonly EntryState[] Alive = [EntryState.Draft, EntryState.Submitted, EntryState.Approved, EntryState.Returned];

    /// <summary>The entries asked for, in no particular order.</summary>
    public static IQueryable<Entry> Select(AppDbContext db, UnitTree tree, EntryQuery query)
    {
        var entries = (query.AsOf is { } past ? PastEntries.At(db, past.Sequence) : query.InOrderOfWaiting ? WaitingEntries.InOrder(db) : db.Entries).AsNoTracking();
        if (query.Ids is { } ids) entries = OfIds(entries, ids);
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
        if (query.UpdatedBefore is { } moment) entries = entries.Where(e => e.UpdatedAt < moment);
        entries = InPeriod(entries, query);
        if (query.Ledger is { } of)
        {
            if (query.Where is { } where) entries = entries.Where(Predicate(where, of));
            foreach (var condition in FilterConditions(query, of)) entries = entries.Where(Predicate(condition, of));
        }
        foreach (var narrowing in query.Narrowings) entries = narrowing.Apply(db, entries);
        if (query.AsOf is not null) return Named(entries, query);
        // Joined rather than asked for by IN: SQLite then begins with the few that are found, not with all there are.
        return Found(db, tree, query, [], 0) is { } found ? found.Join(entries, id => id, entry => entry.Id, (_, entry) => entry) : entries;
    }

    /// <summary>
    /// The entries that a search finds, those recorded last first. In that order the index hands them out by itself, so the
    /// first few of very many come at once.
    /// </summary>
    /// <param name="but">Keys of ledgers to leave out.</param>
    /// <param name="after">Only entries with a higher id.</param>
    public static IQueryable<Entry> SelectFound(AppDbContext db, UnitTree tree, EntryQuery query, IReadOnlyCollection<string>? but = null, long after = 0)
    {
        var entries = Select(db, tree, query.AsOf is null ? query with { Search = null } : query);
        if (Found(db, tree, query, but ?? [], after) is { } found)
            return found.Join(entries, id => id, entry => entry.Id, (id, entry) => new { id, entry }).OrderByDescending(pair => pair.id).Select(pair => pair.entry);
        if (but is { Count: > 0 }) entries = entries.Where(e => !but.Contains(e.LedgerKey));
        return entries.Where(e => e.Id > after).OrderByDescending(e => e.Id);
    }

    /// <summary>The entries asked for, in the order asked for.</summary>
    public static IQueryable<Entry> SelectSorted(AppDbContext db, UnitTree tree, EntryQuery query)
    {
        var entries = Select(db, tree, query);
        var down = query.Sort.Descending;
        var field = query.Ledger?.Field(query.Sort.Key) is { IsPersonal: false } open ? open : null;
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

    /// <summary>The ids of the units whose entries a question may find; for those who keep rows of their own beside entries.</summary>
    public static IReadOnlyList<int> UnitsInScope(UnitTree tree, EntryQuery query)
    {
        var asked = Asked(tree, query);
        return [.. (query.OwnOnly ? asked : asked.SelectMany(tree.Subtree)).Select(unit => unit.Id)];
    }

    /// <summary>A unit outside the person's scope gives nothing; a unit that covers the scope gives the scope.</summary>
    static List<Unit> Asked(UnitTree tree, EntryQuery query)
    {
        var tops = query.Person.Tops(tree).ToList();
        return query.Unit is not { } unit ? tops
            : query.Person.Sees(tree, unit) ? [unit]
            : query.OwnOnly ? [] : [.. tops.Where(top => tree.Covers(unit, top))];
    }

    static IQueryable<Entry> InScope(IQueryable<Entry> entries, UnitTree tree, EntryQuery query)
    {
        switch (UnitsAsked(tree, query))
        {
            case null: return entries;
            case []: return entries.Where(e => false);
            case [var only]: return entries.Where(e => e.UnitId == only);
            case var ids: return entries.Where(e => ids.Contains(e.UnitId));
        }
    }

    /// <summary>Ids of the units whose entries are asked for and may be seen; null for all there are.</summary>
    static List<int>? UnitsAsked(UnitTree tree, EntryQuery query)
    {
        var asked = Asked(tree, query);
        if (asked.Count == 0) return [];
        if (!query.OwnOnly && asked.Count >= tree.Roots.Count() && asked.All(top => top.ParentId is null)) return null;
        return [.. (query.OwnOnly ? asked : asked.SelectMany(tree.Subtree)).Select(u => u.Id)];
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

    /// <summary>
    /// Taken before anything else is asked: between ids and an index over units and states, SQLite would choose the index and
    /// read through every entry of the unit. A limit keeps it from choosing.
    /// </summary>
    static IQueryable<Entry> OfIds(IQueryable<Entry> entries, IReadOnlyCollection<long> ids) =>
        entries.Where(e => EF.Parameter(ids).Contains(e.Id)).OrderBy(e => e.Id).Take(ids.Count);

    /// <summary>
    /// Ids that the index finds; null when nothing is searched for. What is named besides the words only keeps the index
    /// from handing out what the rest of the question would drop again.
    /// </summary>
    static IQueryable<long>? Found(AppDbContext db, UnitTree tree, EntryQuery query, IReadOnlyCollection<string> but, long after)
    {
        if (query.AsOf is not null) return null;
        if (SearchTokens.Words(query.Search) is not { Count: > 0 } words) return null;
        var scopes = new List<IReadOnlyList<string>>();
        if (query.Ledger is { } ledger) scopes.Add([EntryText.LedgerScope(ledger.Key)]);
        if (UnitsAsked(tree, query) is { Count: > 0 and <= MostUnitsNamed } asked) scopes.Add([.. asked.Select(EntryText.UnitScope)]);
        if (query is { From: { } from, To: { } to } && (query.PeriodField is null || query.PeriodField == query.Ledger?.Date) && to.Year - from.Year is >= 0 and < MostYearsNamed)
            scopes.Add([.. Enumerable.Range(from.Year, to.Year - from.Year + 1).Select(EntryText.YearScope)]);
        return SearchIndex.Matching(db, new(words, query.Person.CanReveal, scopes, [.. but.Select(EntryText.LedgerScope)], after));
    }

    /// <summary>What holds every word in its title or serial number.</summary>
    static IQueryable<Entry> Named(IQueryable<Entry> entries, EntryQuery query)
    {
        foreach (var word in SearchTokens.Words(query.Search).Select(word => word.ToLowerInvariant()))
            entries = entries.Where(e => e.Title.ToLower().Contains(word) || (e.Serial != null && e.Serial.ToLower().Contains(word)));
        return entries;
    }

    static Expression<Func<Entry, bool>> Equal(EntryState state) => e => e.State == state;
}

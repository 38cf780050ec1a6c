using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>Keeps filters of lists under names, and how each person left each list.</summary>
public sealed class SavedFilters(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, UnitDirectory units)
{
    public const int NameLimit = 32, QueryLimit = 2000;
    /// <summary>More names than this nobody finds his way in.</summary>
    const int MostOwn = 40;

    /// <summary>Reviewers and leaders share filters with their unit.</summary>
    public static bool CanShare(Person person) => person.Role is Role.Reviewer or Role.Leader;

    public static bool CanChange(Person person, SavedFilter filter) => filter.OwnerId == person.Id;

    /// <summary>The person's own filters of the ledger, then those shared with his unit, each by name.</summary>
    public async Task<IReadOnlyList<SavedFilter>> OfAsync(Person person, string ledger, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = await db.SavedFilters.AsNoTracking().Where(filter => filter.LedgerKey == ledger && (filter.Shared || filter.OwnerId == person.Id)).ToListAsync(cancel);
        return [.. found.Where(filter => filter.OwnerId == person.Id || Reaches(tree, filter, person))
            .OrderBy(filter => filter.OwnerId != person.Id).ThenBy(filter => filter.Name, StringComparer.Ordinal)];
    }

    /// <summary>Keeps the list's filter and order under a name; one's own filter of the same name is replaced. Null when done, else why not.</summary>
    public async Task<string?> SaveAsync(Person person, string ledger, string? name, EntryListState state, bool shared, CancellationToken cancel = default)
    {
        name = name?.Trim() ?? "";
        var query = Kept(state);
        if (Refusal(name) is { } refusal) return refusal;
        if (catalog.Ledger(ledger) is null) return $"没有台账“{ledger}”";
        if (shared && !CanShare(person)) return $"{Person.Label(person.Role)}不能把筛选共享给本单位";
        if (query.Length > QueryLimit) return "筛选条件太长，不能保存；请去掉一些条件";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var own = await db.SavedFilters.Where(filter => filter.LedgerKey == ledger && filter.OwnerId == person.Id).ToListAsync(cancel);
        var filter = own.Find(other => other.Name == name);
        if (filter is null && own.Count >= MostOwn) return $"每本台账最多保存{MostOwn}个筛选，请先删除不用的";
        if (filter is null) db.SavedFilters.Add(filter = new() { LedgerKey = ledger, Name = name, Query = query, OwnerId = person.Id, OwnerName = person.Name });
        (filter.Query, filter.Shared, filter.UnitId) = (query, shared, person.UnitId);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Gives one's own filter another name. Null when done, else why not.</summary>
    public Task<string?> RenameAsync(Person person, int id, string? name, CancellationToken cancel = default) => ChangeAsync(person, id, async (db, filter) =>
    {
        var wanted = name?.Trim() ?? "";
        if (Refusal(wanted) is { } refusal) return refusal;
        if (await db.SavedFilters.AnyAsync(other => other.Id != id && other.LedgerKey == filter.LedgerKey && other.OwnerId == person.Id && other.Name == wanted, cancel))
            return $"您已有名为“{wanted}”的筛选";
        filter.Name = wanted;
        return null;
    }, cancel);

    /// <summary>Null when done, else why not.</summary>
    public Task<string?> DeleteAsync(Person person, int id, CancellationToken cancel = default) => ChangeAsync(person, id, (db, filter) =>
    {
        db.SavedFilters.Remove(filter);
        return Task.FromResult<string?>(null);
    }, cancel);

    /// <summary>What a filter asks that its ledger no longer has: fields, values. Empty when all is there.</summary>
    public static IReadOnlyList<string> Gone(LedgerCatalog catalog, LedgerDefinition ledger, EntryListState state)
    {
        var gone = new List<string>();
        foreach (var (key, values) in state.Filters)
        {
            if (ledger.Field(key) is not { IsFilter: true } field) gone.Add($"字段“{key}”已不在台账中");
            else if (field.IsDictionary)
                gone.AddRange(values.Where(value => catalog.Dictionary(field.Dictionary)?.ByCode.ContainsKey(value) != true).Select(value => $"{field.Label}已没有选项“{value}”"));
        }
        if (!CanSort(ledger, state.Sort)) gone.Add($"排序字段“{state.Sort.Key}”已不在台账中");
        return gone;
    }

    /// <summary>Whether the ledger has what the order goes by.</summary>
    public static bool CanSort(LedgerDefinition ledger, EntrySort sort) => EntrySort.Fixed.Contains(sort.Key) || ledger.Field(sort.Key) is not null;

    /// <summary>What is kept of a list: neither where nor when nor which page.</summary>
    public static string Kept(EntryListState state) => (state with { Unit = null, Year = null, AsOf = null, Page = 1 }).ToQueryString();

    /// <summary>How the person last had the list; null when he never changed it.</summary>
    public async Task<ListHabit?> HabitAsync(Person person, string ledger, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.ListHabits.AsNoTracking().FirstOrDefaultAsync(habit => habit.PersonId == person.Id && habit.LedgerKey == ledger, cancel);
    }

    /// <summary>Remembers columns and order of a list for the person; returns them as they are now.</summary>
    public async Task<ListHabit> RememberAsync(Person person, string ledger, Action<ListHabit> change, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var habit = await db.ListHabits.FindAsync([person.Id, ledger], cancel);
        if (habit is null) db.ListHabits.Add(habit = new() { PersonId = person.Id, LedgerKey = ledger });
        change(habit);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return habit;
    }

    async Task<string?> ChangeAsync(Person person, int id, Func<AppDbContext, SavedFilter, Task<string?>> change, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.SavedFilters.FindAsync([id], cancel) is not { } filter || filter.OwnerId != person.Id) return "没有这个筛选，或不是您保存的";
        if (await change(db, filter) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Shared by a unit, a filter is seen by those who belong to it or to a unit below.</summary>
    static bool Reaches(UnitTree tree, SavedFilter filter, Person person) =>
        filter.Shared && (filter.UnitId is not { } id || (tree.Find(id) is { } unit && person.UnitId is { } own && tree.Find(own) is { } home && tree.Covers(unit, home)));

    static string? Refusal(string name) => name.Length == 0 ? "请给筛选起个名字" : name.Length > NameLimit ? $"名称最多{NameLimit}字，现有{name.Length}字" : null;
}

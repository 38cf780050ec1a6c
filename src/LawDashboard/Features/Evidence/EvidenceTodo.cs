using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>
/// 待补佐证材料: recent entries without any file, of ledgers whose definition would like to have one. A reminder; nothing is
/// refused for it.
/// </summary>
sealed class EvidenceTodo(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, LedgerCatalog catalog, TimeProvider clock) : ITodoGroup
{
    /// <summary>Who has not found the photograph within so many days will not find it.</summary>
    const int Days = 60;

    static readonly EntryState[] Filed = [EntryState.Submitted, EntryState.Approved, EntryState.Returned];

    readonly string[] ledgers = [.. catalog.Ledgers.Where(ledger => ledger.Fields.Any(field => field.Type == FieldType.Files && (field.Wanted || field.Required))).Select(ledger => ledger.Key)];

    public string Key => "evidence";
    public int Order => 70;
    public string Title(TodoScope scope) => "待补佐证材料";
    public string Hint => $"近{Days}天的活动记录，台账要求附照片、签到表等而还没有附件的；可以事后补传，不影响审核。";
    public Tone Tone => Tone.Neutral;
    public bool Pressing => false;
    public bool Concerns(TodoScope scope) => ledgers.Length > 0;
    public bool IsPersonal(TodoScope scope) => Author(scope) is not null;

    public async Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Bare(db, tree, scope).GroupBy(entry => entry.UnitId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    public async Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await Bare(db, tree, scope).OrderByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id).Skip(skip).Take(take).ToListAsync(cancel);
        return [.. rows.Select(entry => new TodoRow(entry, $"{FieldValues.Iso(entry.Date)}，还没有附件", Tone.Neutral, Glyph.Clip))];
    }

    /// <summary>Whoever only records is asked for his own.</summary>
    static int? Author(TodoScope scope) => !scope.Everyone && scope.Person.CanRecord && !scope.Person.CanReview ? scope.Person.Id : null;

    IQueryable<Entry> Bare(AppDbContext db, UnitTree tree, TodoScope scope)
    {
        var evidence = db.Evidence;
        var own = Author(scope);
        return EntryReader.Select(db, tree, new EntryQuery { Person = scope.Person, Unit = scope.Unit, States = Filed, From = ChinaTime.Today(clock).AddDays(-Days), CreatedById = own })
            .Where(entry => ledgers.Contains(entry.LedgerKey) && !evidence.Any(file => file.EntryId == entry.Id && !file.Removed));
    }
}

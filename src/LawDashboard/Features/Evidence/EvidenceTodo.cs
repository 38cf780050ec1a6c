using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Evidence;

/// <summary>
/// 待补佐证材料: recent entries without any file, of ledgers whose definition would like to have one. A reminder; nothing is
/// refused for it.
/// </summary>
sealed class EvidenceTodo(EvidenceWanting wanting, TimeProvider clock) : ITodoGroup
{
    /// <summary>Who has not found the photograph within so many days will not find it.</summary>
    const int Days = 60;

    static readonly EntryState[] Filed = [EntryState.Submitted, EntryState.Approved, EntryState.Returned];

    public string Key => "evidence";
    public int Order => 70;
    public string Title(TodoScope scope) => "待补佐证材料";
    public string Hint => $"近{Days}天的活动记录，台账要求附照片、签到表等而还没有附件的；可以事后补传，不影响审核。";
    public Tone Tone => Tone.Neutral;
    public bool Pressing => false;
    public bool Concerns(TodoScope scope) => wanting.Asks;
    public bool IsPersonal(TodoScope scope) => Author(scope) is not null;

    public Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel) => wanting.CountsByUnitAsync(Recent(scope), cancel);

    public async Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel) =>
        [.. (await wanting.PageAsync(Recent(scope), skip, take, cancel)).Select(entry => new TodoRow(entry, $"{FieldValues.Iso(entry.Date)}，还没有附件", Tone.Neutral, Glyph.Clip))];

    /// <summary>Whoever only records is asked for his own.</summary>
    static int? Author(TodoScope scope) => !scope.Everyone && scope.Person.CanRecord && !scope.Person.CanReview ? scope.Person.Id : null;

    EntryQuery Recent(TodoScope scope) =>
        new() { Person = scope.Person, Unit = scope.Unit, States = Filed, From = ChinaTime.Today(clock).AddDays(-Days), CreatedById = Author(scope) };
}

using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Deadlines;

/// <summary>Limits that are overdue, due soon or not computable, as to-do groups: one line a limit, not an entry.</summary>
abstract class ClockTodo(ClockReader reader, EntryLists lists, ClockCatalog catalog, TimeProvider clock, DueKind kind) : ITodoGroup
{
    public abstract string Key { get; }
    public abstract int Order { get; }
    public abstract string Title(TodoScope scope);
    public abstract string Hint { get; }
    public abstract Tone Tone { get; }
    public virtual bool Pressing => true;
    public bool Concerns(TodoScope scope) => true;
    public bool IsPersonal(TodoScope scope) => false;

    public Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel) => reader.CountsAsync(scope.Person, scope.Unit, kind, cancel);

    public async Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel)
    {
        var due = await reader.RowsAsync(scope.Person, scope.Unit, kind, skip, take, cancel);
        var entries = await lists.FindAllAsync(scope.Person, [.. due.Select(row => row.EntryId).Distinct()], cancel);
        var today = ChinaTime.Today(clock);
        return [.. due.Where(row => entries.ContainsKey(row.EntryId)).Select(row => Row(entries[row.EntryId], row, today))];
    }

    TodoRow Row(Entry entry, EntryClock due, DateOnly today) => due.OpenDue is { } day
        ? new(entry, $"{catalog.Name(due.ClockKey)} {ClockWords.Left(day, today)}（{FieldValues.Iso(day)}）", day < today && due.Force == ClockForce.Hard ? Tone.Bad : Tone.Late, day < today ? Glyph.Warning : Glyph.Clock)
        : new(entry, $"{catalog.Name(due.ClockKey)}：缺少节假日安排", Tone.Late, Glyph.Calendar);
}

/// <summary>已逾期.</summary>
sealed class OverdueTodo(ClockReader reader, EntryLists lists, ClockCatalog catalog, TimeProvider clock) : ClockTodo(reader, lists, catalog, clock, DueKind.Overdue)
{
    public override string Key => "overdue";
    public override int Order => 10;
    public override string Title(TodoScope scope) => "已逾期";
    public override string Hint => "法定期限或约定期限已过、还没有办结的事项，逾期最久的在前。";
    public override Tone Tone => Tone.Bad;
}

/// <summary>七日内到期.</summary>
sealed class DueSoonTodo(ClockReader reader, EntryLists lists, ClockCatalog catalog, TimeProvider clock) : ClockTodo(reader, lists, catalog, clock, DueKind.Soon)
{
    public override string Key => "week";
    public override int Order => 20;
    public override string Title(TodoScope scope) => "七日内到期";
    public override string Hint => "今天起七日内到期的事项，最先到期的在前。";
    public override Tone Tone => Tone.Late;
}

/// <summary>到期日不能确定: said rather than left out, since nobody would notice such a limit passing.</summary>
sealed class UnknownDueTodo(ClockReader reader, EntryLists lists, ClockCatalog catalog, TimeProvider clock) : ClockTodo(reader, lists, catalog, clock, DueKind.Unknown)
{
    public override string Key => "uncertain";
    public override int Order => 25;
    public override string Title(TodoScope scope) => "到期日不能确定";
    public override string Hint => "期限延伸到没有导入节假日安排的年份；请系统管理员导入国务院办公厅通知的安排后重新启动。";
    public override Tone Tone => Tone.Late;
    public override bool Pressing => false;
}

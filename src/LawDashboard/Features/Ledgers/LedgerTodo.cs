using System.Globalization;
using LawDashboard.Components;
using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>A group of entries that one question finds. The year does not matter: what waits from last December waits still.</summary>
public abstract class EntryTodo(EntryLists lists, TimeProvider clock) : ITodoGroup
{
    public abstract string Key { get; }
    public abstract int Order { get; }
    public abstract string Title(TodoScope scope);
    public abstract string Hint { get; }
    public virtual Tone Tone => Tone.Primary;
    public abstract bool Pressing { get; }
    public abstract bool Concerns(TodoScope scope);
    public bool IsPersonal(TodoScope scope) => Query(scope).CreatedById is not null;
    public virtual string? Page(TodoScope scope, WorkContext work) => null;
    protected abstract EntryQuery Query(TodoScope scope);
    protected abstract string Note(Entry entry, int days);
    protected virtual Glyph Glyph => Glyph.Clock;
    protected virtual Tone ToneOf(int days) => Tone;

    /// <summary>The moment so many days ago, for questions about what has been left lying.</summary>
    protected DateTime DaysAgo(int days) => ChinaTime.Now(clock).AddDays(-days);

    public Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel) => lists.CountsByUnitAsync(Query(scope), cancel);

    public async Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel)
    {
        var now = ChinaTime.Now(clock);
        var rows = await lists.SliceAsync(Query(scope), skip, take, cancel);
        return [.. rows.Select(entry => (entry, days: (int)(now - entry.UpdatedAt).TotalDays)).Select(row => new TodoRow(row.entry, Note(row.entry, row.days), ToneOf(row.days), Glyph))];
    }

    protected static string Days(int days) => days == 0 ? "今天" : string.Create(CultureInfo.InvariantCulture, $"{days}天前");
}

/// <summary>待我审核.</summary>
sealed class ReviewTodo(EntryLists lists, TimeProvider clock) : EntryTodo(lists, clock)
{
    /// <summary>The page of the reviewer's queue; the one place where its address stands.</summary>
    public const string QueuePage = "/review";

    /// <summary>What waits for the person's review, the longest waiting first; null when his role does not review.</summary>
    public static EntryQuery? ToReview(Person person, Unit unit) => person.CanReview ? Waiting(person, unit) : null;

    static EntryQuery Waiting(Person person, Unit unit) => new() { Person = person, Unit = unit, States = [EntryState.Submitted], Sort = new("updated", Descending: false) };

    public override string Key => "review";
    public override int Order => 40;
    public override string Title(TodoScope scope) => scope.Everyone ? "待审核" : "待我审核";
    public override string Hint => "已提交、等审核员审核的记录，等得最久的在前。";
    public override bool Pressing => true;
    public override bool Concerns(TodoScope scope) => scope.Everyone || scope.Person.CanReview;
    public override string? Page(TodoScope scope, WorkContext work) => scope.Person.CanReview ? work.Link(QueuePage) : null;
    protected override EntryQuery Query(TodoScope scope) => Waiting(scope.Person, scope.Unit);
    protected override string Note(Entry entry, int days) => $"{entry.CreatedBy}提交，{Days(days)}";
}

/// <summary>退回给我的.</summary>
sealed class ReturnedTodo(EntryLists lists, TimeProvider clock) : EntryTodo(lists, clock)
{
    public override string Key => "returned";
    public override int Order => 30;
    public override string Title(TodoScope scope) => scope.Everyone ? "退回待修改" : "退回给我的";
    public override string Hint => "审核员退回、等填报人修改后重新提交的记录。";
    public override Tone Tone => Tone.Late;
    public override bool Pressing => true;
    public override bool Concerns(TodoScope scope) => scope.Everyone || scope.Person.CanRecord;
    protected override Glyph Glyph => Glyph.Return;
    protected override EntryQuery Query(TodoScope scope) => scope.Everyone
        ? new() { Person = scope.Person, Unit = scope.Unit, States = [EntryState.Returned], Sort = new("updated", Descending: false) }
        : new() { Person = scope.Person, CreatedById = scope.Person.Id, States = [EntryState.Returned], Sort = new("updated", Descending: false) };
    protected override string Note(Entry entry, int days) => entry.StateNote is { } note ? $"{Days(days)}退回：{note}" : $"{Days(days)}退回";
}

/// <summary>我的草稿; in a unit, the drafts that have been left lying.</summary>
sealed class DraftTodo(EntryLists lists, TimeProvider clock) : EntryTodo(lists, clock)
{
    /// <summary>A draft untouched for so many days has been left lying.</summary>
    const int LyingDays = 3;

    public override string Key => "drafts";
    public override int Order => 50;
    public override string Title(TodoScope scope) => scope.Everyone ? "搁置的草稿" : "我的草稿";
    public override string Hint => $"没有提交的草稿，放得最久的在前；{LyingDays}天没有动的标为搁置。";
    public override Tone Tone => Tone.Neutral;
    public override bool Pressing => false;
    public override bool Concerns(TodoScope scope) => scope.Person.CanRecord;
    protected override Glyph Glyph => Glyph.Edit;
    protected override Tone ToneOf(int days) => days >= LyingDays ? Tone.Late : Tone.Neutral;
    protected override EntryQuery Query(TodoScope scope) => scope.Everyone
        ? new() { Person = scope.Person, Unit = scope.Unit, States = [EntryState.Draft], UpdatedBefore = DaysAgo(LyingDays), Sort = new("updated", Descending: false) }
        : new() { Person = scope.Person, CreatedById = scope.Person.Id, States = [EntryState.Draft], Sort = new("updated", Descending: false) };
    protected override string Note(Entry entry, int days) => days >= LyingDays ? string.Create(CultureInfo.InvariantCulture, $"搁置{days}天") : $"{Days(days)}保存";
}

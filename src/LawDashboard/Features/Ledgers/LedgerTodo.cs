using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// What waits for a person (待办), as questions: to review in the unit, returned to him, his own drafts. The year does
/// not matter: what waits from last December waits still.
/// </summary>
public sealed class LedgerTodo(EntryLists lists) : ITodoSource
{
    /// <summary>Null when the role does not review.</summary>
    public static EntryQuery? ToReview(Person person, Unit unit) => person.CanReview
        ? new() { Person = person, Unit = unit, States = [EntryState.Submitted], Sort = new("updated", Descending: false) } : null;

    public static EntryQuery? Returned(Person person) => Own(person, EntryState.Returned);

    public static EntryQuery? Drafts(Person person) => Own(person, EntryState.Draft);

    public async Task<int> CountAsync(Person person, Unit unit, int year, CancellationToken cancel)
    {
        var sum = 0;
        foreach (var query in new[] { ToReview(person, unit), Returned(person), Drafts(person) }.OfType<EntryQuery>())
            sum += await lists.CountAsync(query, cancel);
        return sum;
    }

    static EntryQuery? Own(Person person, EntryState state) => person.CanRecord
        ? new() { Person = person, CreatedById = person.Id, States = [state], Sort = new("updated") } : null;
}

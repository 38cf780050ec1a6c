using LawDashboard.Components;
using LawDashboard.Components.Ui;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>Whose to-do list it is.</summary>
/// <param name="Everyone">What waits in the unit for whomever, rather than for this person.</param>
public sealed record TodoScope(Person Person, Unit Unit, bool Everyone = false);

/// <summary>One line of a to-do list.</summary>
/// <param name="Note">Why it stands there: 受理告知 逾期3天.</param>
public sealed record TodoRow(Entry Entry, string Note, Tone Tone, Glyph Glyph);

/// <summary>
/// One kind of thing that waits (待办的一类). Rooms to the right of Ledgers register theirs; the page shows each with its count
/// and first rows, and sums the pressing ones into the badge.
/// </summary>
public interface ITodoGroup
{
    /// <summary>Stands in addresses: <c>/todo/overdue</c>.</summary>
    string Key { get; }
    /// <summary>Smaller ones stand first.</summary>
    int Order { get; }
    string Title(TodoScope scope);
    /// <summary>What belongs here, in a sentence.</summary>
    string Hint { get; }
    Tone Tone { get; }
    /// <summary>Counted in the badge: somebody waits or a limit runs.</summary>
    bool Pressing { get; }
    /// <summary>Whether the person's role has anything to do with it.</summary>
    bool Concerns(TodoScope scope);
    /// <summary>Whether it is counted by who asks, beyond his role and the units he sees; otherwise those who see the same share one count.</summary>
    bool IsPersonal(TodoScope scope) => true;
    /// <summary>How many there are by the unit whose entries they are; units with none are left out.</summary>
    Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel);
    /// <summary>The most pressing first.</summary>
    Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel);
    /// <summary>A page made for this work; null when the group's own list is all there is.</summary>
    string? Page(TodoScope scope, WorkContext work) => null;
}

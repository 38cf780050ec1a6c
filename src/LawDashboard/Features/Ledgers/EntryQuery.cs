using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>What a list is ordered by; ties by newest first.</summary>
/// <param name="Key"><c>date</c>, <c>serial</c>, <c>title</c>, <c>unit</c>, <c>state</c>, <c>updated</c> or the key of a field.</param>
public sealed record EntrySort(string Key = "date", bool Descending = true)
{
    /// <summary>Keys that every ledger can be ordered by.</summary>
    public static readonly IReadOnlySet<string> Fixed = new HashSet<string>(StringComparer.Ordinal) { "date", "serial", "title", "unit", "state", "updated" };
}

/// <summary>
/// The one question about entries. Grid, chart, drill-down, export and report figure all ask it, so a number and the
/// list behind it cannot disagree; and it always carries the person, so nothing is read past his scope.
/// </summary>
public sealed record EntryQuery
{
    public required Person Person { get; init; }
    /// <summary>Only of these entries; of all when null.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }
    /// <summary>One ledger, or all when null.</summary>
    public LedgerDefinition? Ledger { get; init; }
    /// <summary>The unit with everything below it; all that the person sees when null.</summary>
    public Unit? Unit { get; init; }
    /// <summary>Only what the unit logged itself, without the units below it.</summary>
    public bool OwnOnly { get; init; }
    /// <summary>First and last day, both included.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    /// <summary>Date field that the period speaks of; the entry's own date when null.</summary>
    public string? PeriodField { get; init; }
    /// <summary>States asked for; every state but voided when empty.</summary>
    public IReadOnlyList<EntryState> States { get; init; } = [];
    /// <summary>Account id of who logged it; null for anybody.</summary>
    public int? CreatedById { get; init; }
    /// <summary>Only what was logged afterwards (补录).</summary>
    public bool Backdated { get; init; }
    /// <summary>Only rows that list an event of another ledger.</summary>
    public bool ListedOnly { get; init; }
    /// <summary>Over several ledgers an event counts once, where it was logged; only whoever asks for a certain row finds the others.</summary>
    public bool WithListed { get; init; }
    /// <summary>Only what nobody has touched since that moment (UTC).</summary>
    public DateTime? UpdatedBefore { get; init; }
    /// <summary>The counting rule of a measure, when the list stands behind a figure.</summary>
    public Condition? Where { get; init; }
    /// <summary>Chosen values per dictionary, yes/no or unit field: any of them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    /// <summary>Free text: every word must occur in what <see cref="EntryText"/> lets this person find.</summary>
    public string? Search { get; init; }
    public EntrySort Sort { get; init; } = new();
    /// <summary>So many wait for review that the first of them are looked for in the order of waiting; only of submitted entries of now.</summary>
    public bool InOrderOfWaiting { get; init; }
    /// <summary>What rooms that know more of an entry than its values leave of the rows: those with an overdue time limit.</summary>
    public IReadOnlyList<EntryNarrowing> Narrowings { get; init; } = [];
    /// <summary>The point in the past that is asked; null for now. Words are then looked for in titles and serial numbers, since only now is indexed.</summary>
    public PastPoint? AsOf { get; init; }
}

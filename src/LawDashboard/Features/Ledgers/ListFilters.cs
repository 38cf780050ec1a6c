using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>A choice of an <see cref="IListFilter"/> made for a question: which entries remain, as SQL.</summary>
public sealed record EntryNarrowing(string Filter, string Value, Func<AppDbContext, IQueryable<Entry>, IQueryable<Entry>> Apply);

/// <summary>
/// A filter of lists by something that is not among an entry's values, such as its time limits. Rooms to the right of
/// Ledgers register it; the list offers it, and its choice stands in the address as <c>x.KEY=VALUE</c>.
/// </summary>
public interface IListFilter
{
    string Key { get; }
    /// <summary>What it asks: 时限.</summary>
    string Label { get; }
    /// <summary>Values with their labels; none where the ledger has nothing of the kind.</summary>
    IReadOnlyList<(string Value, string Label)> Options(LedgerDefinition ledger);
    /// <summary>Whether it can tell how it was; other filters leave nothing out of the past.</summary>
    bool TellsPast => false;
    /// <summary>Null for a value that it does not know.</summary>
    /// <param name="past">The point in the past that is asked; null for now.</param>
    EntryNarrowing? Narrow(Person person, string value, PastPoint? past);
}

/// <summary>A few words beside an entry in a list: 逾期3天.</summary>
public sealed record RowMark(string Text, Components.Ui.Tone Tone, Components.Ui.Glyph Glyph, string? Title = null);

/// <summary>Marks the rows of a list; asked once for a page of rows.</summary>
public interface IRowMarks
{
    /// <summary>By entry id; entries without a mark are left out.</summary>
    Task<IReadOnlyDictionary<long, IReadOnlyList<RowMark>>> OfAsync(LedgerDefinition ledger, IReadOnlyList<Entry> rows, CancellationToken cancel);
}

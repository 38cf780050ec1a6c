using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>A year task as ledgers are grouped by it.</summary>
public sealed record TaskName(string Key, string Name);

/// <summary>The year tasks, in the order of the report. They are defined where they are counted; ledgers only stand under them.</summary>
public interface ITaskNames
{
    IReadOnlyList<TaskName> Tasks { get; }
}

/// <summary>Approved entries of a ledger, and those that wait for review.</summary>
public readonly record struct LedgerCount(long Approved, long Submitted);

/// <summary>Counts of all ledgers at once, for the page that lists them; whoever keeps tallies has them at hand.</summary>
public interface ILedgerCounts
{
    /// <summary>By ledger; of rosters all who were entered by the year's end. Ledgers without entries may be missing.</summary>
    Task<IReadOnlyDictionary<string, LedgerCount>> OfYearAsync(Person person, Unit unit, int year, Audit.PastPoint? past = null, CancellationToken cancel = default);
}

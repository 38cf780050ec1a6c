using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Deadlines;

/// <summary>An approved entry with a statutory limit that is over and was not met.</summary>
/// <param name="Since">The last day of the limit that has been over longest.</param>
/// <param name="Clocks">Names of the limits that are over.</param>
public sealed record LateEntry(long EntryId, string Ledger, DateOnly Since, IReadOnlyList<string> Clocks);

/// <summary>
/// Approved entries past a limit that is a duty by law or by order, and not done (超过法定时限). Customary limits and parties'
/// rights are not among them. The cost follows how many are late, not how many entries there are.
/// </summary>
public sealed class LateEntries(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, ClockCatalog catalog, ClockReckoner reckoner)
{
    /// <summary>The list filter <c>x.clock</c> that leaves exactly these.</summary>
    public const string Filter = "statutory";

    /// <summary>Those of a unit with everything below it whose own date lies between the days, as of a day.</summary>
    public async Task<IReadOnlyList<LateEntry>> ReadAsync(Person person, Unit unit, DateOnly from, DateOnly to, DateOnly today, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var query = new EntryQuery { Person = person, Unit = unit, States = [EntryState.Approved], From = from, To = to, WithListed = true };
        int[] scope = [.. EntryReader.UnitsInScope(tree, query)];
        var limits = ClockReader.Of(db.EntryClocks.AsNoTracking().Where(due => EF.Parameter(scope).Contains(due.UnitId)), DueKind.Statutory, today);
        var rows = await limits.Select(due => new { due.EntryId, due.LedgerKey, due.ClockKey, due.OpenDue }).ToListAsync(cancel);
        long[] ids = [.. rows.Select(row => row.EntryId).Distinct()];
        var asked = (await EntryReader.Select(db, tree, query with { Ids = ids }).Select(entry => entry.Id).ToListAsync(cancel)).ToHashSet();
        return [.. rows.Where(row => asked.Contains(row.EntryId)).GroupBy(row => (row.EntryId, row.LedgerKey)).Select(entry => new LateEntry(entry.Key.EntryId, entry.Key.LedgerKey, entry.Min(row => row.OpenDue!.Value),
            [.. entry.Select(row => catalog.Name(row.ClockKey)).Distinct().Order(StringComparer.Ordinal)]))];
    }

    /// <summary>Whether an entry with such values is among them on a day; it must be approved besides.</summary>
    public bool IsLate(string ledger, FieldValues values, DateOnly today) => reckoner.Of(ledger, values).Any(clock =>
        clock is { Start: not null, Stopped: false, PausedSince: null, Definition: { Force: ClockForce.Hard, Reminds: true } } && clock.Due < today);
}

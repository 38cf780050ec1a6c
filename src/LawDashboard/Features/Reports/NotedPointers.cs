using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports;

/// <summary>
/// Points to the approved entries of a year that a report may tell of, those marked as highlights and those whose size is
/// known, by size and within it by day. How well each is documented is asked when reading, since files come and go without
/// the entry changing.
/// </summary>
public sealed class NotedPointers(ReportTemplates templates) : IPointerRule
{
    /// <summary>The day of the year fits below the size.</summary>
    internal const int Days = 512;
    const long Largest = long.MaxValue / Days - 1;

    public IEnumerable<(string Name, long Order)> Of(Entry entry)
    {
        if (entry.State != EntryState.Approved || Find(entry.LedgerKey) is not { } noted) yield break;
        var size = noted.Size is { } field ? entry.Values.Number(field) : null;
        var order = Math.Clamp(size ?? 0, 0, Largest) * Days + entry.Date.DayOfYear;
        if (entry.Values.Flag(NotedLedger.Mark) == true) yield return (Marked(entry.Date.Year), order);
        if (size > 0) yield return (Sized(entry.Date.Year), order);
    }

    public string? Fingerprint(string ledger) => Find(ledger) is { } noted ? $"{NotedLedger.Mark}:{noted.Size}" : null;

    internal static string Marked(int year) => FormattableString.Invariant($"marked/{year}");
    internal static string Sized(int year) => FormattableString.Invariant($"sized/{year}");

    NotedLedger? Find(string ledger) => templates.Noted.FirstOrDefault(noted => noted.Ledger == ledger);
}

/// <summary>Follows those pointers in a unit, over days of one year.</summary>
sealed class NotedSearch(AppDbContext db, UnitTree tree, Person person, Unit unit, DateOnly from, DateOnly to)
{
    readonly int[] scope = [.. EntryReader.UnitsInScope(tree, new() { Person = person, Unit = unit })];

    /// <summary>Marked ones, the best documented first, of those the largest, of those the latest.</summary>
    public Task<List<long>> MarkedAsync(NotedLedger noted, int most, CancellationToken cancel) =>
        Ordered(Within(noted, NotedPointers.Marked(from.Year)).Where(pointer => EF.Parameter(scope).Contains(pointer.UnitId))).Take(most).ToListAsync(cancel);

    /// <summary>The largest below a size, and those of the same size, the best documented first; the size is null when there are none.</summary>
    public async Task<(long? Size, IReadOnlyList<long> Ids)> LargestAsync(NotedLedger noted, long below, int most, CancellationToken cancel)
    {
        var sized = Within(noted, NotedPointers.Sized(from.Year));
        var under = below > long.MaxValue / NotedPointers.Days ? long.MaxValue : below * NotedPointers.Days;
        // The index hands out the largest of each unit by itself, without looking at the others.
        var tops = await db.Units.Where(part => EF.Parameter(scope).Contains(part.Id))
            .Select(part => sized.Where(pointer => pointer.UnitId == part.Id && pointer.Order < under).Max(pointer => (long?)pointer.Order)).ToListAsync(cancel);
        if (tops.Max() is not { } top) return (null, []);
        var (first, next) = (top / NotedPointers.Days * NotedPointers.Days, (top / NotedPointers.Days + 1) * NotedPointers.Days);
        return (top / NotedPointers.Days, await Ordered(sized.Where(pointer => EF.Parameter(scope).Contains(pointer.UnitId) && pointer.Order >= first && pointer.Order < next)).Take(most).ToListAsync(cancel));
    }

    IQueryable<EntryPointer> Within(NotedLedger noted, string name)
    {
        var key = EntryPointers.Key(noted.Ledger, name);
        long first = from.DayOfYear, last = to.DayOfYear;
        return db.EntryPointers.Where(pointer => pointer.Key == key && pointer.Order % NotedPointers.Days >= first && pointer.Order % NotedPointers.Days <= last);
    }

    IQueryable<long> Ordered(IQueryable<EntryPointer> pointers)
    {
        var files = db.Evidence;
        return pointers.OrderByDescending(pointer => files.Count(file => file.EntryId == pointer.EntryId && !file.Removed))
            .ThenByDescending(pointer => pointer.Order).ThenByDescending(pointer => pointer.EntryId).Select(pointer => pointer.EntryId);
    }
}

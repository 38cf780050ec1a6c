using LawDashboard.Data;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// The submitted entries in the order in which they began to wait for review. Worth it where very many wait: the first few are
/// read off an index of its own, while those of a unit would all be sorted.
/// </summary>
static class WaitingEntries
{
    public const string Index = "IX_Entries_Waiting", Filter = "\"State\" = 'Submitted'";

    public static IQueryable<Entry> InOrder(AppDbContext db) => db.ReadBy<Entry>(Index, Filter);
}

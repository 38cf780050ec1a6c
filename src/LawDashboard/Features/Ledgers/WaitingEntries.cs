using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// The submitted entries in the order in which they began to wait for review. Worth it where very many wait: the first few are
/// read off an index of its own, while those of a unit would all be sorted.
/// </summary>
static class WaitingEntries
{
    public const string Index = "IX_Entries_Waiting", Filter = "\"State\" = 'Submitted'";

    /// <summary>SQLite does not weigh that only a few are asked for and must be told; PostgreSQL does.</summary>
    public static IQueryable<Entry> InOrder(AppDbContext db) =>
        db.Database.IsNpgsql() ? db.Entries : db.Entries.FromSqlRaw($"""SELECT * FROM "Entries" INDEXED BY "{Index}" WHERE {Filter}""");
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LawDashboard.Features.Ledgers.Past;

/// <summary>
/// All entries as they stood at a line of the audit log: the rows of now that nothing happened to since, and beside them
/// what the log says of those that changed. It is one more source of rows for <see cref="EntryReader"/>, so lists, counts,
/// sums and exports of the past are the same questions as those of now. What changed since is all that is read besides.
/// </summary>
static class PastEntries
{
    /// <summary>The key in <see cref="EntrySnapshot"/> of each column that the log tells; others are as they are now.</summary>
    static readonly IReadOnlyDictionary<string, string> Told = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(Entry.DefinitionVersion)] = "definition", [nameof(Entry.UnitId)] = "unit", [nameof(Entry.Date)] = "date", [nameof(Entry.Serial)] = "serial",
        [nameof(Entry.Title)] = "title", [nameof(Entry.StateNote)] = "note", [nameof(Entry.Values)] = "values", [nameof(Entry.Version)] = "version",
        [nameof(Entry.CreatedById)] = "createdById", [nameof(Entry.CreatedBy)] = "createdBy", [nameof(Entry.CreatedAt)] = "createdAt",
        [nameof(Entry.ApprovedBy)] = "approvedBy", [nameof(Entry.ApprovedValues)] = "approved", [nameof(Entry.OriginId)] = "origin",
    };

    public static IQueryable<Entry> At(AppDbContext db, long sequence) => db.Entries.FromSqlRaw(Sql(db), sequence);

    static string Sql(AppDbContext db)
    {
        var (json, columns) = (JsonSql.Of(db), db.Model.FindEntityType(typeof(Entry))!.GetProperties().ToList());
        const string changed = """SELECT DISTINCT "SubjectId" FROM "AuditEvents" WHERE "Sequence" > {0} AND "LedgerKey" IS NOT NULL AND "SubjectId" IS NOT NULL AND "After" IS NOT NULL""";
        // Outer joins rather than NOT IN: either database then looks the changed ones up by hash or index, however many they are.
        return $"""
            SELECT {string.Join(", ", columns.Select(column => $"e.\"{column.GetColumnName()}\""))}
            FROM "Entries" AS e LEFT JOIN ({changed}) AS c ON c."SubjectId" = e."Id" WHERE c."SubjectId" IS NULL
            UNION ALL
            SELECT {string.Join(", ", columns.Select(column => $"{Then(json, column)} AS \"{column.GetColumnName()}\""))}
            FROM "AuditEvents" AS a LEFT JOIN "Entries" AS n ON n."Id" = a."SubjectId"
            WHERE a."Sequence" IN (SELECT MAX(b."Sequence") FROM "AuditEvents" AS b
                WHERE b."Subject" = 'entry' AND b."Sequence" <= {"{0}"} AND b."After" IS NOT NULL AND b."SubjectId" IN ({changed}) GROUP BY b."SubjectId")
            """;
    }

    static string Then(JsonSql json, IProperty column)
    {
        const string after = "a.\"After\"";
        return column.Name switch
        {
            nameof(Entry.Id) => "a.\"SubjectId\"",
            nameof(Entry.LedgerKey) => "a.\"LedgerKey\"",
            nameof(Entry.UpdatedAt) => "a.\"At\"",
            // The log writes states with a small letter.
            nameof(Entry.State) => JsonSql.Cast($"upper(substr({json.Value(after, "state", column)}, 1, 1)) || substr({json.Value(after, "state", column)}, 2)", column),
            nameof(Entry.Backdated) => $"coalesce({json.Value(after, "backdated", column)}, {JsonSql.Cast("'0'", column)})",
            var name when Told.TryGetValue(name, out var key) => json.Value(after, key, column),
            _ => $"n.\"{column.GetColumnName()}\"",
        };
    }
}

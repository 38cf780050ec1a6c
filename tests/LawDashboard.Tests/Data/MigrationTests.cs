using System.Data.Common;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Data;

/// <summary>The migrations are written by hand for two databases; what they make must be what the model says.</summary>
public sealed class MigrationTests
{
    [DatabaseTheory, Databases]
    public async Task Migrations_make_the_schema_that_the_model_describes(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.CreateContext();
        var migrated = await SchemaAsync(db, kind);
        await db.Database.EnsureDeletedAsync();
        await db.Database.EnsureCreatedAsync();
        var described = await SchemaAsync(db, kind);
        Assert.Equal(string.Join('\n', described), string.Join('\n', migrated));
        Assert.True(described.Count > 60);
    }

    static async Task<List<string>> SchemaAsync(AppDbContext db, DatabaseKind kind)
    {
        var sql = kind == DatabaseKind.Sqlite
            ? """
              SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
              WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\_\_%' ESCAPE '\'
              UNION ALL SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
              """
            : """
              SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || is_identity || ' ' || coalesce(character_maximum_length::text, '')
              FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_%'
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_%'
              """;
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        var lines = new List<string>();
        await using (DbDataReader reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        await db.Database.CloseConnectionAsync();
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LawDashboard.Data;

/// <summary>
/// The words by which a statement written by hand reads JSON that is kept as text, such as the entries in the audit log, as
/// the columns that they came from.
/// </summary>
public sealed class JsonSql(bool postgres)
{
    public static JsonSql Of(AppDbContext db) => new(db.Database.IsNpgsql());

    /// <summary>The value under a key, as the type of a column; null when there is none.</summary>
    /// <param name="json">A column of text.</param>
    /// <param name="key">A plain key of the outermost object.</param>
    public string Value(string json, string key, IProperty column) => Cast(Text(json, key, column), column);

    /// <summary>Any expression as the type of a column.</summary>
    public static string Cast(string sql, IProperty column) => $"CAST({sql} AS {column.GetColumnType()})";

    string Text(string json, string key, IProperty column) =>
        postgres ? $"(({json})::jsonb ->> '{key}')"
        // SQLite keeps moments as text of another form than JSON, and compares them as text.
        : column.ClrType == typeof(DateTime) ? $"replace(replace(json_extract({json}, '$.{key}'), 'T', ' '), 'Z', '')"
        : $"json_extract({json}, '$.{key}')";
}

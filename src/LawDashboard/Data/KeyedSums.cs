using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LawDashboard.Data;

/// <summary>A column of <see cref="KeyedSums"/> and its type on PostgreSQL.</summary>
public readonly record struct SumColumn(string Name, string PostgresType);

/// <summary>
/// Adds to numbers that a table keeps under a key; rows that are not there yet come into being. All rows go to the database
/// as one parameter: hundreds of them would take the databases longer to tell apart than the rows take to write.
/// </summary>
public sealed class KeyedSums(string table, IReadOnlyList<SumColumn> keys, IReadOnlyList<SumColumn> sums)
{
    /// <summary>Rows of one statement.</summary>
    const int Batch = 2_000;

    readonly string onSqlite = Sql(table, keys, sums, (column, at) => $"value ->> {at}", "json_each(@rows) WHERE true");
    readonly string onPostgres = Sql(table, keys, sums, (column, at) => $"CAST(value ->> {at} AS {column.PostgresType})", "jsonb_array_elements(CAST(@rows AS jsonb))");

    /// <summary>Adds within the caller's transaction. A row holds the values of the keys and then the amounts; no key twice.</summary>
    public async Task AddAsync(AppDbContext db, IEnumerable<object[]> rows, CancellationToken cancel)
    {
        foreach (var chunk in rows.Chunk(Batch))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = db.Database.IsNpgsql() ? onPostgres : onSqlite;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("rows", Json(chunk));
            command.Parameters.Add(parameter);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    static string Json(object[][] rows)
    {
        var buffer = new ArrayBufferWriter<byte>(rows.Length * 64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartArray();
                foreach (var value in row)
                    if (value is string text) json.WriteStringValue(text);
                    else json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static string Sql(string table, IReadOnlyList<SumColumn> keys, IReadOnlyList<SumColumn> sums, Func<SumColumn, int, string> read, string rows)
    {
        List<SumColumn> columns = [.. keys, .. sums];
        return $"""
            INSERT INTO "{table}" ({Names(columns)}) SELECT {string.Join(',', columns.Select(read))} FROM {rows}
            ON CONFLICT ({Names(keys)}) DO UPDATE SET {string.Join(',', sums.Select(sum => $"\"{sum.Name}\" = \"{table}\".\"{sum.Name}\" + excluded.\"{sum.Name}\""))}
            """;

        static string Names(IEnumerable<SumColumn> columns) => string.Join(',', columns.Select(column => $"\"{column.Name}\""));
    }
}

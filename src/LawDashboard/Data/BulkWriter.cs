using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LawDashboard.Data;

interface IBulkWriter : IAsyncDisposable
{
    Task FlushAsync(CancellationToken cancel);

    /// <summary>Makes PostgreSQL count on after the keys that were given; null when the key is not counted up.</summary>
    string? NextKeySql { get; }
}

/// <summary>Inserts rows of one entity, several by one prepared statement; names, types and conversions are the model's.</summary>
public sealed class BulkWriter<T> : IBulkWriter where T : class
{
    /// <summary>More rows a statement save little, and SQLite looks each parameter up by its name among all others.</summary>
    const int RowsPerStatement = 4;

    sealed record Column(string Name, IClrPropertyGetter Read, RelationalTypeMapping Mapping, Func<object?, object?>? Convert);

    readonly AppDbContext db;
    readonly string table;
    /// <summary>Column of the key that the database counts up; null when there is none.</summary>
    readonly string? key;
    readonly Column[] columns;
    readonly List<T> waiting = new(RowsPerStatement);
    DbCommand? full;

    internal BulkWriter(AppDbContext db)
    {
        this.db = db;
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not an entity.");
        table = db.GetService<ISqlGenerationHelper>().DelimitIdentifier(type.GetTableName()!, type.GetSchema());
        columns = [.. type.GetProperties().Select(ToColumn)];
        if (type.FindPrimaryKey() is not { Properties: [{ ValueGenerated: ValueGenerated.OnAdd } counted] } || (counted.ClrType != typeof(int) && counted.ClrType != typeof(long))) return;
        key = counted.GetColumnName();
        NextKeySql = $"SELECT setval({Sequence}, (SELECT coalesce(max(\"{key}\"), 0) + 1 FROM {table}), false)";
    }

    public string? NextKeySql { get; }

    /// <summary>
    /// Takes so many keys that the database would have counted up, and returns the first: whoever needs to know keys before
    /// writing. Only inside the write transaction; a key is never given twice, not even after its row was deleted.
    /// </summary>
    public async Task<long> TakeKeysAsync(int count, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        // SQLite notes the highest key itself when the rows come in.
        command.CommandText = db.Database.IsSqlite()
            ? $"SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table.Trim('"')}'), 0) + 1"
            : FormattableString.Invariant($"SELECT setval({Sequence}, nextval({Sequence}) + {count - 1}) - {count - 1}");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    string Sequence => $"pg_get_serial_sequence('{table}', '{key}')";

    public async Task AddAsync(T row, CancellationToken cancel = default)
    {
        waiting.Add(row);
        if (waiting.Count < RowsPerStatement) return;
        full ??= await PrepareAsync(RowsPerStatement, cancel);
        await ExecuteAsync(full, cancel);
    }

    /// <summary>Writes what still waits for a full statement.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (waiting.Count == 0) return;
        await using var command = await PrepareAsync(waiting.Count, cancel);
        await ExecuteAsync(command, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (full is not null) await full.DisposeAsync();
    }

    async Task ExecuteAsync(DbCommand command, CancellationToken cancel)
    {
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var at = 0;
        foreach (var row in waiting)
            foreach (var column in columns)
            {
                var value = column.Read.GetClrValue(row);
                command.Parameters[at++].Value = (column.Convert is null || value is null ? value : column.Convert(value)) ?? DBNull.Value;
            }
        await command.ExecuteNonQueryAsync(cancel);
        waiting.Clear();
    }

    async Task<DbCommand> PrepareAsync(int rows, CancellationToken cancel)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(',', columns.Select(column => column.Name))}) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ",(");
            foreach (var column in columns)
            {
                var name = $"@p{command.Parameters.Count}";
                command.Parameters.Add(column.Mapping.CreateParameter(command, name, null, nullable: true));
                sql.Append(name).Append(',');
            }
            sql[^1] = ')';
        }
        command.CommandText = sql.ToString();
        await command.PrepareAsync(cancel);
        return command;
    }

    Column ToColumn(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        return new(db.GetService<ISqlGenerationHelper>().DelimitIdentifier(property.GetColumnName()), property.GetGetter(), mapping, mapping.Converter?.ConvertToProvider);
    }
}

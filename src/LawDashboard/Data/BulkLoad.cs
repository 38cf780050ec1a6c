using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Data;

/// <summary>
/// Fills a database that nobody uses yet with many rows: prepared inserts in a few large transactions. What was committed
/// survives the end of the process, but on SQLite not a power failure before <see cref="CompleteAsync"/>; so it is not for
/// data that exists only here.
/// </summary>
public sealed class BulkLoad : IAsyncDisposable
{
    /// <summary>Rows of one transaction.</summary>
    const int Chunk = 100_000;

    readonly AppDbContext db;
    readonly List<IBulkWriter> writers = [];
    WriteTransaction? transaction;
    int rows;

    BulkLoad(AppDbContext db, WriteTransaction transaction) => (this.db, this.transaction) = (db, transaction);

    /// <param name="db">Stays open until the load is disposed.</param>
    public static async Task<BulkLoad> BeginAsync(AppDbContext db, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        // A pooled connection keeps what it is told: disposing sets it back, whatever happened in between.
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=OFF", cancel);
        return new(db, await db.BeginWriteAsync(cancel));
    }

    /// <summary>A writer of new rows of one entity; keys that the database would count up must be given.</summary>
    public BulkWriter<T> Writer<T>() where T : class
    {
        var writer = new BulkWriter<T>(db);
        writers.Add(writer);
        return writer;
    }

    /// <summary>To be called now and then, whenever what was written so far may be committed.</summary>
    public async Task BreatheAsync(int written, CancellationToken cancel = default)
    {
        if ((rows += written) < Chunk) return;
        rows = 0;
        await CommitAsync(cancel);
        transaction = await db.BeginWriteAsync(cancel);
    }

    /// <summary>Commits the rest and brings the database back to its normal way of working.</summary>
    public async Task CompleteAsync(CancellationToken cancel = default)
    {
        await CommitAsync(cancel);
        if (db.Database.IsSqlite())
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)", cancel);
        else
            foreach (var writer in writers)
                if (writer.NextKeySql is { } sql) await db.Database.ExecuteSqlRawAsync(sql, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers) await writer.DisposeAsync();
        if (transaction is not null) await transaction.DisposeAsync();
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=FULL");
        await db.Database.CloseConnectionAsync();
    }

    async Task CommitAsync(CancellationToken cancel)
    {
        foreach (var writer in writers) await writer.FlushAsync(cancel);
        await transaction!.CommitAsync(cancel);
        await transaction.DisposeAsync();
        transaction = null;
    }
}

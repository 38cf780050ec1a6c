using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace LawDashboard.Data;

/// <summary>Where the data lies: a SQLite file in the data folder, or a PostgreSQL connection when one is set.</summary>
/// <param name="Folder">The data folder; it also holds evidence files and keys.</param>
/// <param name="PostgresConnection">Npgsql connection string; null for SQLite.</param>
public sealed record DatabaseSettings(string Folder, string? PostgresConnection = null)
{
    public bool IsPostgres => PostgresConnection is not null;
    public string SqliteFile => Path.Combine(Folder, "lawdashboard.db");
}

/// <summary>The single place where the two databases differ.</summary>
public static class Providers
{
    /// <summary>Chosen so that no other application sharing the server takes the same advisory lock.</summary>
    const long WriterLock = 0x4C61_7744_6173_68;
    const int SqliteBusy = 5;

    public static DbContextOptionsBuilder UseLawDatabase(this DbContextOptionsBuilder options, DatabaseSettings settings)
    {
        if (settings.IsPostgres)
            options.UseNpgsql(settings.PostgresConnection);
        else
            options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = settings.SqliteFile, DefaultTimeout = 30 }.ToString())
                .AddInterceptors(SqlitePragmas.Instance);
        // The migrations are written by hand for both databases, without a snapshot; a test compares them with the model.
        return options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    /// <summary>What is wrong with a connection string, in a sentence; null when it can be read.</summary>
    public static string? ConnectionProblem(string connection)
    {
        try
        {
            return string.IsNullOrWhiteSpace(connection) || new NpgsqlConnectionStringBuilder(connection).Host is { Length: > 0 } ? null
                : "PostgreSQL 连接串里没有写 Host，应写成 Host=…;Database=…;Username=…;Password=…。";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "PostgreSQL 连接串看不懂，应写成 Host=…;Database=…;Username=…;Password=…。";
        }
    }

    /// <summary>Why the database server cannot be reached, in a sentence; null when something else failed.</summary>
    public static string? ConnectionFailure(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "PostgreSQL 不接受这个用户名和口令，请核对连接串",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "PostgreSQL 上没有连接串所写的数据库，请先建立",
        PostgresException => null,
        NpgsqlException => "连不上 PostgreSQL，请核对连接串里的地址和端口，并确认服务器已经启动",
        _ => failure.InnerException is { } cause ? ConnectionFailure(cause) : null,
    };

    /// <summary>Column type of <see cref="FieldValues"/> for the provider that a migration runs on.</summary>
    internal static string FieldValuesType(string? provider) => IsPostgres(provider) ? "jsonb" : "TEXT";

    /// <summary>A day from a row. SQLite has it as ISO text, for which its own reader tries every form of a moment.</summary>
    internal static DateOnly GetDay(this DbDataReader reader, int column) => reader is SqliteDataReader
        ? DateOnly.ParseExact(reader.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture) : reader.GetFieldValue<DateOnly>(column);

    /// <summary>
    /// The rows that a partial index holds, to be read in its order. SQLite does not weigh that only the first few are asked for
    /// and must be told; PostgreSQL does.
    /// </summary>
    internal static IQueryable<T> ReadBy<T>(this AppDbContext db, string index, string filter) where T : class
    {
        if (db.Database.IsNpgsql()) return db.Set<T>();
        var sql = $"""SELECT * FROM "{db.Model.FindEntityType(typeof(T))!.GetTableName()}" INDEXED BY "{index}" WHERE {filter}""";
        return db.Set<T>().FromSqlRaw(sql);
    }

    /// <summary>Whether that is the name of the PostgreSQL provider.</summary>
    internal static bool IsPostgres(string? provider) => provider?.Contains("Npgsql", StringComparison.Ordinal) == true;

    internal static void Adapt(ModelBuilder model, DatabaseFacade database)
    {
        var postgres = database.IsNpgsql();
        FieldValuesSql.Map(model, postgres);
        if (!postgres) return;
        foreach (var property in model.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(p => p.ClrType == typeof(FieldValues)))
            property.SetColumnType("jsonb");
    }

    /// <summary>How long somebody who waits at a page is made to wait for others who write, and how long work in the background.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), LongPatience = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Begins the one write transaction that may run at a time: <c>BEGIN IMMEDIATE</c> on SQLite, an advisory lock held to
    /// the end of the transaction on PostgreSQL. Serial numbers, the audit chain and tallies rely on it.
    /// </summary>
    /// <param name="patience">How long to wait for others; <see cref="Patience"/> when not given.</param>
    /// <exception cref="DatabaseBusyException">Others still wrote then. Nothing was written.</exception>
    public static async Task<WriteTransaction> BeginWriteAsync(this AppDbContext db, CancellationToken cancel = default, TimeSpan? patience = null)
    {
        if (db.Database.IsNpgsql()) return await BeginOnPostgresAsync(db, patience ?? Patience, cancel);
        // SQLite polls for its lock; queueing inside the process first makes writers take turns without the polling.
        var gate = SqliteGates.For(db.Database.GetConnectionString()!);
        if (!await gate.WaitAsync(patience ?? Patience, cancel)) throw new DatabaseBusyException();
        try
        {
            return new(await db.Database.BeginTransactionAsync(cancel), gate);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteBusy)
        {
            gate.Release();
            throw new DatabaseBusyException(e);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    static async Task<WriteTransaction> BeginOnPostgresAsync(AppDbContext db, TimeSpan patience, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        var usual = db.Database.GetCommandTimeout();
        try
        {
            // The server ends the waiting, so the command must be given longer than that.
            db.Database.SetCommandTimeout(patience + TimeSpan.FromSeconds(30));
            await db.Database.ExecuteSqlRawAsync(FormattableString.Invariant(
                $"SET LOCAL lock_timeout = {(long)patience.TotalMilliseconds}; SELECT pg_advisory_xact_lock({WriterLock}); SET LOCAL lock_timeout TO DEFAULT"), cancel);
            return new(transaction, null);
        }
        catch (Exception e)
        {
            await transaction.DisposeAsync();
            if (e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable }) throw new DatabaseBusyException(e);
            throw;
        }
        finally
        {
            db.Database.SetCommandTimeout(usual);
        }
    }

    /// <summary>
    /// Begins a small write that touches nothing which others count on: no serial number, no audit line, no tally. On
    /// PostgreSQL it waits for nobody; SQLite has but one writer, and there it takes its turn.
    /// </summary>
    public static async Task<WriteTransaction> BeginSmallWriteAsync(this AppDbContext db, CancellationToken cancel = default) =>
        db.Database.IsNpgsql() ? new(await db.Database.BeginTransactionAsync(cancel), null) : await db.BeginWriteAsync(cancel);

    /// <summary>
    /// Begins a transaction in which every question is answered as of one moment, whatever others write meanwhile. It keeps
    /// nobody from writing, and must not write itself.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginReadAsync(this AppDbContext db, CancellationToken cancel = default)
    {
        if (db.Database.IsNpgsql()) return await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await db.Database.OpenConnectionAsync(cancel);
        // Deferred: an ordinary one would take the writer's lock.
        return (await db.Database.UseTransactionAsync(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true), cancel))!;
    }

    sealed class SqlitePragmas : DbConnectionInterceptor
    {
        public static readonly SqlitePragmas Instance = new();

        /// <summary>Connections are pooled and keep what they were told; telling them at each opening costs more than a small question.</summary>
        static readonly System.Runtime.CompilerServices.ConditionalWeakTable<object, object> Told = [];

        /// <summary>
        /// As much of the file as SQLite allows is read where the system holds it, without copying page by page: with a million
        /// entries that takes half the time of looking up rows. It takes addresses, not memory.
        /// </summary>
        const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=2147418112;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        static void Set(DbConnection connection)
        {
            if (connection is not SqliteConnection { Handle: { } handle } || Told.TryGetValue(handle, out _)) return;
            using var command = connection.CreateCommand();
            // Whoever only reads cannot turn a copied file, which has another journal, into one of ours.
            var journal = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly ? "" : "PRAGMA journal_mode=WAL; ";
            command.CommandText = journal + Pragmas;
            command.ExecuteNonQuery();
            Told.AddOrUpdate(handle, handle);
        }
    }

    static class SqliteGates
    {
        static readonly System.Collections.Concurrent.ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);
        public static SemaphoreSlim For(string connection) => Gates.GetOrAdd(connection, _ => new(1, 1));
    }
}

/// <summary>Others wrote for longer than one could wait, such as a large import. Nothing was written; it can be tried again.</summary>
public sealed class DatabaseBusyException(Exception? cause = null) : Exception("系统正在写入大量数据（如导入），这次没有保存；您填写的内容都在，请稍后再试", cause);

/// <summary>A write transaction; disposing it without <see cref="CommitAsync"/> rolls everything back.</summary>
public sealed class WriteTransaction(IDbContextTransaction transaction, SemaphoreSlim? gate) : IAsyncDisposable
{
    SemaphoreSlim? held = gate;

    public Task CommitAsync(CancellationToken cancel = default) => transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        Interlocked.Exchange(ref held, null)?.Release();
    }
}

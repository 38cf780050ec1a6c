using System.Data.Common;
using System.Runtime.CompilerServices;
using LawDashboard.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace LawDashboard.Tests.Support;

/// <summary>
/// A fresh, migrated database of one kind with a data folder of its own; disposing removes both. The migrations run once
/// per kind and test run, into a template that every database is copied from.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string NoServer = "No PostgreSQL: LAWDASHBOARD_TEST_POSTGRES is not set (tests/run.sh starts a server where one is installed).";

    static readonly Lazy<Task<byte[]>> SqliteTemplate = new(MigrateSqliteTemplateAsync);
    static readonly Lazy<Task<string>> PostgresTemplate = new(MigratePostgresTemplateAsync);

    readonly TemporaryFolder folder;

    TestDatabase(DatabaseKind kind, TemporaryFolder folder, DatabaseSettings settings)
    {
        this.folder = folder;
        Kind = kind;
        Settings = settings;
        Contexts = new ContextFactory(settings);
    }

    /// <summary>Connection string of a server whose user may create databases; null when there is none.</summary>
    public static string? Server { get; } = Environment.GetEnvironmentVariable("LAWDASHBOARD_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    public DatabaseKind Kind { get; }
    public DatabaseSettings Settings { get; }

    /// <summary>What services take in their constructors.</summary>
    public IDbContextFactory<AppDbContext> Contexts { get; }

    /// <summary>The data folder; services may put evidence and keys in it.</summary>
    public string Folder => folder.Path;

    public AppDbContext CreateContext() => Contexts.CreateDbContext();

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        var folder = new TemporaryFolder();
        try
        {
            if (kind == DatabaseKind.Sqlite)
            {
                var settings = new DatabaseSettings(folder.Path);
                await File.WriteAllBytesAsync(settings.SqliteFile, await SqliteTemplate.Value);
                return new(kind, folder, settings);
            }
            var name = NewName("test");
            await OnServerAsync($"CREATE DATABASE {name} TEMPLATE {await PostgresTemplate.Value}");
            return new(kind, folder, new(folder.Path, ConnectionTo(name)));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            await using var db = CreateContext();
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        }
        else
        {
            await using var connection = new NpgsqlConnection(Settings.PostgresConnection);
            NpgsqlConnection.ClearPool(connection);
            await OnServerAsync($"DROP DATABASE IF EXISTS {connection.Database} WITH (FORCE)");
        }
        folder.Dispose();
    }

    static async Task<byte[]> MigrateSqliteTemplateAsync()
    {
        using var folder = new TemporaryFolder();
        var settings = new DatabaseSettings(folder.Path);
        await using (var db = new ContextFactory(settings).CreateDbContext())
        {
            await db.Database.MigrateAsync();
            // The last connection to close writes the log back into the file.
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        }
        return await File.ReadAllBytesAsync(settings.SqliteFile);
    }

    static async Task<string> MigratePostgresTemplateAsync()
    {
        var name = NewName("template");
        await OnServerAsync($"CREATE DATABASE {name}");
        // Unpooled: a template cannot be copied while a connection to it is open.
        var connection = new NpgsqlConnectionStringBuilder(ConnectionTo(name)) { Pooling = false }.ToString();
        await using var db = new ContextFactory(new(Path.GetTempPath(), connection)).CreateDbContext();
        await db.Database.MigrateAsync();
        return name;
    }

    static async Task OnServerAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(Server ?? throw new InvalidOperationException(NoServer));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    static string NewName(string purpose) => $"lawdashboard_{purpose}_{Guid.NewGuid():N}";

    static string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(Server)
    {
        Database = database,
        // Many databases are in use at once; none may take all that the server allows.
        MaxPoolSize = 20,
        IncludeErrorDetail = true,
    }.ToString();

    /// <summary>A test's file does not outlive the run, so nothing need be written through to the disk; tests/run.sh does so for PostgreSQL.</summary>
    sealed class NoWaitingForTheDisk : DbConnectionInterceptor
    {
        public static readonly NoWaitingForTheDisk Instance = new();

        /// <summary>Connections are pooled and keep what they were told.</summary>
        static readonly ConditionalWeakTable<object, object> Told = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (connection is not SqliteConnection { Handle: { } handle } || !Told.TryAdd(handle, handle)) return;
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=OFF";
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }

    sealed class ContextFactory(DatabaseSettings settings) : IDbContextFactory<AppDbContext>
    {
        readonly DbContextOptions<AppDbContext> options = Build(settings);

        public AppDbContext CreateDbContext() => new(options);

        static DbContextOptions<AppDbContext> Build(DatabaseSettings settings)
        {
            var builder = new DbContextOptionsBuilder<AppDbContext>();
            builder.EnableSensitiveDataLogging();
            builder.UseLawDatabase(settings);
            if (!settings.IsPostgres) builder.AddInterceptors(NoWaitingForTheDisk.Instance);
            return builder.Options;
        }
    }
}

/// <summary>
/// For tests of one class that read the same data: one database a kind, made when first asked for.
/// Take it as <c>IClassFixture&lt;SharedDatabases&gt;</c>.
/// </summary>
public sealed class SharedDatabases : IAsyncLifetime
{
    readonly Dictionary<DatabaseKind, Lazy<Task<TestDatabase>>> databases;

    public SharedDatabases() => databases = Enum.GetValues<DatabaseKind>()
        .ToDictionary(kind => kind, kind => new Lazy<Task<TestDatabase>>(() => CreateFilledAsync(kind)));

    /// <summary>Fills a new database before its first use; set it in the test class's constructor.</summary>
    public Func<TestDatabase, Task>? Fill { get; set; }

    public Task<TestDatabase> GetAsync(DatabaseKind kind) => databases[kind].Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in databases.Values.Where(database => database.IsValueCreated))
            await (await database.Value).DisposeAsync();
    }

    async Task<TestDatabase> CreateFilledAsync(DatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind);
        if (Fill is not null) await Fill(database);
        return database;
    }
}

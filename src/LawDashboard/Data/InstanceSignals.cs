using Npgsql;

namespace LawDashboard.Data;

/// <summary>
/// Words between instances that share a database, heard within a moment: LISTEN and NOTIFY on PostgreSQL. A SQLite file has
/// one process that serves it and nobody else to tell. A word may be lost while the connection is; whoever listens is told
/// when it stands again, and then looks for himself.
/// </summary>
public sealed class InstanceSignals(DatabaseSettings settings)
{
    const string Channel = "lawdashboard";
    /// <summary>PostgreSQL takes less than 8,000 bytes.</summary>
    public const int Longest = 7_000;

    readonly string self = Guid.NewGuid().ToString("N");

    public bool IsShared => settings.IsPostgres;

    public async Task SendAsync(string word, CancellationToken cancel)
    {
        if (!IsShared) return;
        await using var connection = new NpgsqlConnection(settings.PostgresConnection);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = Channel }, new() { Value = $"{self} {word}" } } };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Listens until cancelled, or until the connection breaks, which throws.</summary>
    /// <param name="heard">Called for each word of another instance, one after the other; must only take note.</param>
    public async Task ListenAsync(Action listening, Action<string> heard, CancellationToken cancel)
    {
        // A connection of its own: it hears nothing while it lies in the pool. The server's silence is checked now and then.
        var own = new NpgsqlConnectionStringBuilder(settings.PostgresConnection) { Pooling = false, KeepAlive = 20 };
        await using var connection = new NpgsqlConnection(own.ToString());
        connection.Notification += (_, word) =>
        {
            if (!word.Payload.StartsWith(self, StringComparison.Ordinal)) heard(word.Payload[(word.Payload.IndexOf(' ') + 1)..]);
        };
        await connection.OpenAsync(cancel);
        await using (var command = new NpgsqlCommand($"LISTEN {Channel}", connection)) await command.ExecuteNonQueryAsync(cancel);
        listening();
        while (true) await connection.WaitAsync(cancel);
    }
}

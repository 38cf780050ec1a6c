using Microsoft.Data.Sqlite;

namespace LawDashboard.Data;

/// <summary>
/// Whether a SQLite file was written to since last asked, by this process or another: <c>PRAGMA data_version</c> on a
/// connection of its own, which reads one number from shared memory and no page of the file.
/// </summary>
public sealed class FileChanges : IDisposable
{
    readonly SqliteConnection connection;
    readonly SqliteCommand command;
    long seen;

    public FileChanges(DatabaseSettings settings)
    {
        connection = new(new SqliteConnectionStringBuilder { DataSource = settings.SqliteFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        Any();
    }

    public bool Any()
    {
        var before = seen;
        return (seen = (long)command.ExecuteScalar()!) != before;
    }

    public void Dispose()
    {
        command.Dispose();
        connection.Dispose();
    }
}

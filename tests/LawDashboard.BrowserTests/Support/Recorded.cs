using Microsoft.Data.Sqlite;

namespace LawDashboard.BrowserTests.Support;

/// <summary>An entry as it lies in the database, with the SHA-256 of its files.</summary>
sealed record Recorded(long Id, string State, string Values, IReadOnlyList<string> Files)
{
    /// <summary>The entries whose values hold that text, read beside the running program and not through it.</summary>
    public static IReadOnlyList<Recorded> Entries(string dataFolder, string text)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "lawdashboard.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT e.Id, e.State, e."Values", coalesce(group_concat(f.Sha256), '') FROM Entries e
            LEFT JOIN Evidence f ON f.EntryId = e.Id AND NOT f.Removed WHERE instr(e."Values", $text) > 0 GROUP BY e.Id
            """;
        command.Parameters.AddWithValue("$text", text);
        using var reader = command.ExecuteReader();
        var found = new List<Recorded>();
        while (reader.Read())
            found.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3).Split(',', StringSplitOptions.RemoveEmptyEntries)));
        return found;
    }
}

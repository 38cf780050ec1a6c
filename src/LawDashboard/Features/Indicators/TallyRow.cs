using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>What counting looks at of an entry, as it is stored.</summary>
readonly record struct TallyRow(long Id, string Ledger, int UnitId, DateOnly Date, EntryState State, long? OriginId, string Json)
{
    /// <summary>Reads past the context, and only these columns: the rest of an entry is most of it.</summary>
    public static async IAsyncEnumerable<TallyRow> ReadAsync(AppDbContext db, IQueryable<Entry> entries, [EnumeratorCancellation] CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = entries.Select(e => new { e.Id, e.LedgerKey, e.UnitId, e.Date, e.State, e.OriginId, e.Values }).CreateDbCommand();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return new(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<DateOnly>(3), Enum.Parse<EntryState>(reader.GetString(4)),
                reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.GetString(6));
    }

    /// <summary>The entry with as much of it as counting looks at.</summary>
    public Entry ToEntry(IReadOnlyList<string> fields) => new()
    {
        Id = Id, LedgerKey = Ledger, UnitId = UnitId, Date = Date, State = State, OriginId = OriginId, Values = FieldValues.Parse(Json, fields), Title = "", CreatedBy = "",
    };
}

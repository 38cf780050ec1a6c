using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>What counting looks at of an entry that counts.</summary>
/// <param name="Json">Its values, as UTF-8.</param>
readonly record struct TallyRow(long Id, string Ledger, int UnitId, DateOnly Date, EntryState State, long? OriginId, byte[] Json)
{
    /// <summary>Those of the entries that count, past the context and only these columns: the rest of an entry is most of it.</summary>
    public static async IAsyncEnumerable<TallyRow> ReadAsync(AppDbContext db, IQueryable<Entry> entries, [EnumeratorCancellation] CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = entries.Where(e => e.State == EntryState.Submitted || e.State == EntryState.Approved)
            .Select(e => new { e.Id, e.LedgerKey, e.UnitId, e.Date, Approved = e.State == EntryState.Approved, e.OriginId, e.Values }).CreateDbCommand();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return new(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetDay(3), reader.GetBoolean(4) ? EntryState.Approved : EntryState.Submitted,
                reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.GetFieldValue<byte[]>(6));
    }

    /// <summary>The entry with as much of it as counting looks at.</summary>
    public Entry ToEntry(FieldKeys fields) => new()
    {
        Id = Id, LedgerKey = Ledger, UnitId = UnitId, Date = Date, State = State, OriginId = OriginId, Values = FieldValues.Parse(Json, fields), Title = "", CreatedBy = "",
    };
}

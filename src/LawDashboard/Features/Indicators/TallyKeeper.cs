using System.Data.Common;
using System.Text;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LawDashboard.Features.Indicators;

/// <summary>Keeps the tallies: adds the difference between what an entry's old and new version count, in the entry's transaction.</summary>
sealed class TallyKeeper(Counters counters) : IEntryListener
{
    /// <summary>Rows per statement; seven parameters each, far below either database's limit.</summary>
    const int Batch = 200;

    public Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var delta = new TallySum();
        foreach (var change in changes)
        {
            if (change.Before is { } before) delta.Add(counters.OfLedger(before.LedgerKey), before, -1);
            delta.Add(counters.OfLedger(change.After.LedgerKey), change.After);
        }
        return AddAsync(db, delta.Spread(tree), cancel);
    }

    /// <summary>Adds amounts to the stored tallies; rows that do not exist yet come into being.</summary>
    public static async Task AddAsync(AppDbContext db, TallySum sum, CancellationToken cancel)
    {
        foreach (var chunk in sum.Amounts.Chunk(Batch))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = Statement(command, chunk);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>The same statement on SQLite and PostgreSQL.</summary>
    static string Statement(DbCommand command, KeyValuePair<TallyKey, TallyAmount>[] chunk)
    {
        var sql = new StringBuilder("""INSERT INTO "Tallies" ("UnitId","Month","MeasureKey","Slice","State","Count","Sum") VALUES """);
        var n = 0;
        foreach (var (key, amount) in chunk)
        {
            sql.Append(n == 0 ? "(" : ",(");
            foreach (var value in (object[])[key.UnitId, key.Month, key.MeasureKey, key.Slice, key.State.ToString(), amount.Count, amount.Sum])
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "p" + n++;
                parameter.Value = value;
                command.Parameters.Add(parameter);
                sql.Append('@').Append(parameter.ParameterName).Append(',');
            }
            sql[^1] = ')';
        }
        return sql.Append("""
             ON CONFLICT ("MeasureKey","UnitId","Month","Slice","State")
            DO UPDATE SET "Count" = "Tallies"."Count" + excluded."Count", "Sum" = "Tallies"."Sum" + excluded."Sum"
            """).ToString();
    }
}

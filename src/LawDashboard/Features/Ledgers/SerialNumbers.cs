using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>Serial numbers: 1, 2, 3 … per ledger, unit and year, without gaps, because they are given inside the write transaction.</summary>
static class SerialNumbers
{
    public static async Task GiveAsync(AppDbContext db, LedgerDefinition ledger, Unit unit, Entry entry, CancellationToken cancel)
    {
        var year = entry.Date.Year;
        var counter = await db.SerialCounters.FindAsync([ledger.Key, unit.Id, year], cancel)
            ?? db.SerialCounters.Add(new SerialCounter { LedgerKey = ledger.Key, UnitId = unit.Id, Year = year }).Entity;
        entry.Number = ++counter.Last;
        entry.Serial = Print(ledger, unit, year, counter.Last);
    }

    public static string Print(LedgerDefinition ledger, Unit unit, int year, int number) =>
        Patterns.Fill(ledger.Serial, key => key switch
        {
            "unit" => unit.Code,
            "unitName" => unit.Name,
            "code" => ledger.Code,
            "year" => year.ToString(CultureInfo.InvariantCulture),
            _ when key.StartsWith("number", StringComparison.Ordinal) =>
                number.ToString(key.Contains(':') ? key[(key.IndexOf(':') + 1)..] : "0", CultureInfo.InvariantCulture),
            _ => null,
        });
}

using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>Serial numbers: 1, 2, 3 … per ledger, unit and year, without gaps, because they are given inside the write transaction.</summary>
static partial class SerialNumbers
{
    public static async Task GiveAsync(AppDbContext db, LedgerDefinition ledger, Unit unit, Entry entry, CancellationToken cancel)
    {
        var year = entry.Date.Year;
        var counter = await CounterAsync(db, ledger, unit.Id, year, cancel);
        entry.Number = ++counter.Last;
        entry.Serial = Print(ledger, unit, year, counter.Last);
    }

    /// <summary>
    /// Numbers up to this one are taken: an old ledger comes with its own, which stay on its papers. Gaps that the old one had
    /// remain; numbers given later follow on the last.
    /// </summary>
    public static async Task TakeAsync(AppDbContext db, LedgerDefinition ledger, int unitId, int year, int number, CancellationToken cancel)
    {
        var counter = await CounterAsync(db, ledger, unitId, year, cancel);
        counter.Last = Math.Max(counter.Last, number);
    }

    /// <summary>The number in a printed serial number of that ledger, unit and year; null when it is none of those.</summary>
    public static int? Read(LedgerDefinition ledger, Unit unit, int year, string serial)
    {
        // The number may stand anywhere in the pattern: try each run of digits, and see which one prints the same again.
        foreach (Match digits in Digits().Matches(serial))
            if (int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                && Print(ledger, unit, year, number) == serial) return number;
        return null;
    }

    static async Task<SerialCounter> CounterAsync(AppDbContext db, LedgerDefinition ledger, int unitId, int year, CancellationToken cancel) =>
        await db.SerialCounters.FindAsync([ledger.Key, unitId, year], cancel)
            ?? db.SerialCounters.Add(new SerialCounter { LedgerKey = ledger.Key, UnitId = unitId, Year = year }).Entity;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

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

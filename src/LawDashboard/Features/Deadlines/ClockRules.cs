using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Deadlines;

/// <summary>Sees at start for which ledgers time limits or the calendar changed since their limits were stored, and works those out again.</summary>
public sealed class ClockRules(IDbContextFactory<AppDbContext> contexts, ClockCatalog catalog, ClockKeeper keeper, WorkCalendar calendar)
{
    const string SettingKey = "clocks.rules";

    /// <summary>Brings all stored limits in line with the definitions; returns the ledgers whose limits were made anew.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var known = JsonSerializer.Deserialize<Dictionary<string, string>>(await db.SettingAsync(SettingKey, cancel) ?? "{}")!;
        var wanted = new SortedDictionary<string, string>(catalog.Ledgers.ToDictionary(ledger => ledger, Fingerprint), StringComparer.Ordinal);
        var changed = wanted.Where(rule => known.GetValueOrDefault(rule.Key) != rule.Value).Select(rule => rule.Key).ToList();
        foreach (var gone in known.Keys.Where(ledger => !wanted.ContainsKey(ledger)))
            await db.EntryClocks.Where(clock => clock.LedgerKey == gone).ExecuteDeleteAsync(cancel);
        foreach (var ledger in changed) await ClockRecount.RebuildAsync(db, keeper, ledger, cancel);
        await db.PutSettingAsync(SettingKey, JsonSerializer.Serialize(wanted), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return changed;
    }

    /// <summary>Changes when a rule does, or the type of a field it reads, or, where it matters, the calendar.</summary>
    string Fingerprint(string ledger)
    {
        var rules = catalog.OfLedger(ledger).ToList();
        var text = new StringBuilder(JsonSerializer.Serialize(rules.Select(rule => rule.Definition)));
        foreach (var rule in rules)
            foreach (var key in rule.Definition.Fields.Distinct().Order(StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"|{key}:{rule.Ledger.Field(key)?.Type}:{rule.Ledger.Field(key)?.Steps}");
        if (rules.Any(rule => rule.Definition.RollsOver || rule.Definition.Days == DayKind.Working)) text.Append(calendar.Fingerprint);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

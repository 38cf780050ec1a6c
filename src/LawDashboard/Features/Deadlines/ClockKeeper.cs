using System.Globalization;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Deadlines;

/// <summary>Keeps the time limits of entries; they are made anew when limits or the calendar changed.</summary>
public sealed class ClockKeeper(IDbContextFactory<AppDbContext> contexts, ClockReckoner reckoner, ClockCatalog catalog, WorkCalendar calendar) : EntryRows<EntryClock>(contexts)
{
    protected override string SettingKey => "clocks.rules";

    /// <summary>What is to be stored of an entry: the limits that have started, by key.</summary>
    public override IReadOnlyList<EntryClock> RowsOf(Entry entry)
    {
        if (entry.State == EntryState.Voided) return [];
        List<EntryClock>? rows = null;
        foreach (var clock in reckoner.Of(entry.LedgerKey, entry.Values))
            if (clock.Start is not null) (rows ??= []).Add(Row(entry, clock));
        return rows is null ? [] : [.. rows.OrderBy(row => row.ClockKey, StringComparer.Ordinal)];
    }

    protected override IEnumerable<KeyValuePair<string, string>> Rules() => catalog.Ledgers.Select(ledger => KeyValuePair.Create(ledger, Fingerprint(ledger)));

    protected override Expression<Func<EntryClock, bool>> OfLedger(string ledger) => clock => clock.LedgerKey == ledger;

    static EntryClock Row(Entry entry, Clock clock) => new()
    {
        EntryId = entry.Id, ClockKey = clock.Definition.Key, UnitId = entry.UnitId, LedgerKey = entry.LedgerKey, Draft = entry.State == EntryState.Draft,
        Force = clock.Definition.Force, Start = clock.Start!.Value, Due = clock.Due, StoppedOn = clock.StoppedOn, Stopped = clock.Stopped,
        PausedSince = clock.Stopped ? null : clock.PausedSince, Unknown = !clock.Stopped && clock.Problem is not null,
        OpenDue = !clock.Stopped && clock.PausedSince is null && clock.Definition.Reminds ? clock.Due : null,
    };

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

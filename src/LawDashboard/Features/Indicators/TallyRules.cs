using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>Sees at start which measures changed since their tallies were made, and rebuilds those.</summary>
public sealed class TallyRules(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, Counters counters)
{
    /// <summary>Brings all tallies in line with the loaded measures; returns the keys of those rebuilt.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var known = await db.TallyRules.ToDictionaryAsync(rule => rule.MeasureKey, cancel);
        var changed = counters.All.Where(counter => known.GetValueOrDefault(counter.Measure.Key)?.Fingerprint != Fingerprint(counter)).ToList();
        var gone = known.Keys.Where(key => counters.Find(key) is null).ToList();
        foreach (var key in gone)
        {
            await db.Tallies.Where(tally => tally.MeasureKey == key).ExecuteDeleteAsync(cancel);
            db.TallyRules.Remove(known[key]);
        }
        await Recount.RebuildAsync(db, tree, changed, cancel);
        foreach (var counter in changed)
        {
            if (known.TryGetValue(counter.Measure.Key, out var rule)) rule.Fingerprint = Fingerprint(counter);
            else db.TallyRules.Add(new TallyRule { MeasureKey = counter.Measure.Key, Fingerprint = Fingerprint(counter) });
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return [.. changed.Select(counter => counter.Measure.Key)];
    }

    /// <summary>Changes when anything does that decides what is counted: the rule itself, or type and steps of a field it reads.</summary>
    static string Fingerprint(Counter counter)
    {
        var measure = counter.Measure;
        var fields = (measure.Where?.Fields ?? []).Concat(measure.Slices).Append(measure.Sum).Append(measure.Date).Append(measure.Left).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => counter.Ledger.Field(key) is { } field ? $"{key}:{field.Type}:{field.Steps}" : key);
        var text = JsonSerializer.Serialize(new { measure.Ledger, measure.Kind, measure.Sum, measure.Date, measure.Left, measure.Where, measure.Slices, EntryDate = counter.Ledger.Date, fields });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

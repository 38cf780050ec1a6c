using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>Sees which measures changed since their tallies were made, and has those counted anew.</summary>
public sealed class TallyRules(IDbContextFactory<AppDbContext> contexts, Counters counters, IndicatorCatalog catalog, TallyRebuilder rebuilder, TimeProvider clock)
{
    /// <summary>Brings all tallies in line with the loaded measures before it returns; for commands, which need every figure. Returns the keys of those rebuilt.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel = default)
    {
        var changed = await PlanAsync(cancel);
        await rebuilder.RunAsync(cancel);
        return changed;
    }

    /// <summary>
    /// Compares the loaded measures with the rules that tallies were made by, and begins to count the changed ones anew;
    /// one that was under way is gone on with. Returns the keys of the changed ones.
    /// </summary>
    public async Task<IReadOnlyList<string>> PlanAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var rules = await db.TallyRules.AsNoTracking().ToDictionaryAsync(rule => rule.MeasureKey, rule => rule.Fingerprint, cancel);
        var rebuilds = await db.TallyRebuilds.AsNoTracking().ToDictionaryAsync(rebuild => rebuild.MeasureKey, cancel);
        foreach (var gone in rules.Keys.Union(rebuilds.Keys).Where(key => counters.Find(key) is null)) await ForgetAsync(db, gone, cancel);
        var changed = counters.All.Where(counter => !IsUnderWay(counter) && rules.GetValueOrDefault(counter.Measure.Key) != CountingRules.Fingerprint(counter)).ToList();
        await BeginAsync(db, changed, cancel);
        // Where the loaded measure is the one in force, nobody needs to be told any more.
        var told = rebuilds.Values.Where(rebuild => rebuild.Switched && changed.All(counter => counter.Measure.Key != rebuild.MeasureKey)).Select(rebuild => rebuild.MeasureKey).ToList();
        await db.TallyRebuilds.Where(rebuild => told.Contains(rebuild.MeasureKey)).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
        return [.. changed.Select(counter => counter.Measure.Key)];

        bool IsUnderWay(Counter counter) => rebuilds.GetValueOrDefault(counter.Measure.Key) is { Switched: false } rebuild && rebuild.Fingerprint == CountingRules.Fingerprint(counter);
    }

    /// <summary>
    /// Has measures that were changed while the program runs counted anew, in the background; returns as soon as that is
    /// begun. Call it with the new definitions <b>before</b> they are put in force for readers (<see cref="IndicatorCatalog"/>),
    /// so that no entry saved in between is counted half by one rule and half by the other: from the moment it returns, every
    /// instance counts what is saved by the new definitions into the new tallies, whatever it has loaded itself. Until the
    /// recount is done, readers see the measure's tallies as they stood at the call, and
    /// <see cref="TallyRebuilder.Progress"/> says so; then the new ones take their place in one transaction and open pages
    /// are told. It goes on after a restart. A measure that is called for again starts over. Keys and ledgers of measures
    /// must stay; measures whose counting does not change (only a name does) are left alone. Where no website runs, call
    /// <see cref="TallyRebuilder.RunAsync"/> afterwards.
    /// </summary>
    public async Task RebuildAsync(IReadOnlyCollection<MeasureDefinition> measures, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await RebuildAsync(db, measures, cancel);
        await transaction.CommitAsync(cancel);
        rebuilder.Wake();
    }

    /// <summary>
    /// The same within the caller's write transaction (<see cref="Providers.BeginWriteAsync"/>), so that a definition and its
    /// recount are stored together or not at all. Call <see cref="TallyRebuilder.Wake"/> after the commit.
    /// </summary>
    public async Task RebuildAsync(AppDbContext db, IReadOnlyCollection<MeasureDefinition> measures, CancellationToken cancel = default)
    {
        var rules = await db.TallyRules.AsNoTracking().ToDictionaryAsync(rule => rule.MeasureKey, rule => rule.Fingerprint, cancel);
        var changed = measures.Where(measure => catalog.Ledgers.Ledger(measure.Ledger) is not null).Select(measure => new Counter(measure, catalog.Ledgers.Ledger(measure.Ledger)!))
            .Where(counter => rules.GetValueOrDefault(counter.Measure.Key) != CountingRules.Fingerprint(counter)).ToList();
        await BeginAsync(db, changed, cancel);
    }

    async Task BeginAsync(AppDbContext db, IReadOnlyCollection<Counter> changed, CancellationToken cancel)
    {
        if (changed.Count == 0) return;
        var entries = await SizesAsync(db, [.. changed.Select(counter => counter.Ledger.Key).Distinct(StringComparer.Ordinal)], cancel);
        var keys = changed.Select(counter => counter.Measure.Key).ToList();
        // Without its rule a measure counts as changed, should the program end in between and come back with the old definition.
        foreach (var some in keys.Chunk(500))
        {
            await db.TallyRules.Where(rule => some.Contains(rule.MeasureKey)).ExecuteDeleteAsync(cancel);
            await db.TallyRebuilds.Where(rebuild => some.Contains(rebuild.MeasureKey)).ExecuteDeleteAsync(cancel);
            await db.RecountedTallies.Where(tally => some.Contains(tally.MeasureKey)).ExecuteDeleteAsync(cancel);
        }
        foreach (var counter in changed)
        {
            var (measure, total) = (counter.Measure, entries.GetValueOrDefault(counter.Ledger.Key));
            // Where there is nothing to count, that is done at once.
            if (total == 0) db.TallyRules.Add(new() { MeasureKey = measure.Key, Fingerprint = CountingRules.Fingerprint(counter) });
            else
                db.TallyRebuilds.Add(new()
                {
                    MeasureKey = measure.Key, LedgerKey = counter.Ledger.Key, Fingerprint = CountingRules.Fingerprint(counter), Definition = TallyRebuild.Write(measure),
                    Total = total, Since = ChinaTime.Now(clock),
                });
        }
        var empty = changed.Where(counter => !entries.ContainsKey(counter.Ledger.Key)).Select(counter => counter.Measure.Key).ToList();
        foreach (var some in empty.Chunk(500)) await db.Tallies.Where(tally => some.Contains(tally.MeasureKey)).ExecuteDeleteAsync(cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// About how many entries each ledger has: those that count, out of the tallies, since whoever saves waits for this. Where
    /// the tallies know of none they are counted; a ledger is left out only when it has none at all.
    /// </summary>
    static async Task<Dictionary<string, long>> SizesAsync(AppDbContext db, IReadOnlyCollection<string> ledgers, CancellationToken cancel)
    {
        var keys = ledgers.ToDictionary(IndicatorCatalog.EveryEntryKey, StringComparer.Ordinal);
        string[] measures = [.. keys.Keys];
        int[] roots = await db.Units.Where(unit => unit.ParentId == null).Select(unit => unit.Id).ToArrayAsync(cancel);
        var tallied = await db.Tallies.Where(tally => EF.Parameter(measures).Contains(tally.MeasureKey) && EF.Parameter(roots).Contains(tally.UnitId) && tally.Slice == "")
            .GroupBy(tally => tally.MeasureKey).Select(group => new { group.Key, Count = group.Sum(tally => tally.Count) }).ToListAsync(cancel);
        var sizes = tallied.Where(measure => measure.Count > 0).ToDictionary(measure => keys[measure.Key], measure => measure.Count, StringComparer.Ordinal);
        foreach (var (ledger, count) in await Recount.LedgerSizesAsync(db, [.. ledgers.Where(ledger => !sizes.ContainsKey(ledger))], cancel)) sizes[ledger] = count;
        return sizes;
    }

    static async Task ForgetAsync(AppDbContext db, string measure, CancellationToken cancel)
    {
        await db.Tallies.Where(tally => tally.MeasureKey == measure).ExecuteDeleteAsync(cancel);
        await db.RecountedTallies.Where(tally => tally.MeasureKey == measure).ExecuteDeleteAsync(cancel);
        await db.TallyRebuilds.Where(rebuild => rebuild.MeasureKey == measure).ExecuteDeleteAsync(cancel);
        await db.TallyRules.Where(rule => rule.MeasureKey == measure).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Changes when anything does that decides what is counted: the rule itself, or type and steps of a field it reads.</summary>
    internal static string Fingerprint(Counter counter)
    {
        var measure = counter.Measure;
        var fields = (measure.Where?.Fields ?? []).Concat(measure.Slices).Append(measure.Sum).Append(measure.Date).Append(measure.Left).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => counter.Ledger.Field(key) is { } field ? $"{key}:{field.Type}:{field.Steps}" : key);
        var text = JsonSerializer.Serialize(new { measure.Ledger, measure.Kind, measure.Sum, measure.Date, measure.Left, measure.Where, measure.Slices, EntryDate = counter.Ledger.Date, fields });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

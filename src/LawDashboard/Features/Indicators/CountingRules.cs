using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// By which rules a transaction that changes entries must count them: the loaded measures, except for those that are being
/// counted anew or were by another instance. Read inside the write transaction, in which nobody else can count on.
/// </summary>
public sealed class CountingRules(IndicatorCatalog catalog, Counters counters)
{
    /// <summary>A measure that is or was counted anew, as it stands in the transaction.</summary>
    public sealed record State(string MeasureKey, string LedgerKey, string Fingerprint, DateOnly? Through, bool Switched);

    static readonly PerModel<Func<AppDbContext, IAsyncEnumerable<State>>> States = new(() => EF.CompileAsyncQuery((AppDbContext db) =>
        db.Set<TallyRebuild>().AsNoTracking().Select(r => new State(r.MeasureKey, r.LedgerKey, r.Fingerprint, r.Through, r.Switched))));

    static readonly ConditionalWeakTable<Counter, string> Fingerprints = [];
    readonly ConcurrentDictionary<(string Measure, string Fingerprint), Counter> others = new();

    /// <summary>The rule of a measure that is being counted anew, and the last day counted.</summary>
    public readonly record struct Recounting(Counter Counter, DateOnly Through);

    /// <summary>What counts in the tallies in force, and what in those that are being counted, by ledger.</summary>
    public sealed class Now(ILookup<string, State> states, Counters counters, IReadOnlyDictionary<State, Counter> rules)
    {
        public IEnumerable<Counter> Stored(string ledger)
        {
            if (!states.Contains(ledger)) return counters.OfLedger(ledger);
            var own = counters.OfLedger(ledger).Where(counter => states[ledger].All(state => state.MeasureKey != counter.Measure.Key));
            return own.Concat(states[ledger].Where(state => state.Switched).Select(state => rules[state]));
        }

        public IEnumerable<Recounting> Recounted(string ledger) =>
            from state in states[ledger] where state is { Switched: false, Through: not null } select new Recounting(rules[state], state.Through!.Value);
    }

    public async Task<Now> ReadAsync(AppDbContext db, CancellationToken cancel)
    {
        var rules = new Dictionary<State, Counter>();
        await foreach (var state in States.For(db)(db).WithCancellation(cancel)) rules[state] = null!;
        foreach (var state in rules.Keys.ToList())
            if (await FindAsync(db, state, cancel) is { } counter) rules[state] = counter; else rules.Remove(state);
        return new(rules.Keys.ToLookup(state => state.LedgerKey, StringComparer.Ordinal), counters, rules);
    }

    /// <summary>The rule that a rebuild counts by; null when its ledger no longer exists.</summary>
    public async Task<Counter?> FindAsync(AppDbContext db, State state, CancellationToken cancel)
    {
        if (counters.Find(state.MeasureKey) is { } own && Fingerprint(own) == state.Fingerprint) return own;
        if (others.TryGetValue((state.MeasureKey, state.Fingerprint), out var known)) return known;
        var definition = await db.TallyRebuilds.AsNoTracking().Where(r => r.MeasureKey == state.MeasureKey).Select(r => r.Definition).SingleAsync(cancel);
        return catalog.Ledgers.Ledger(state.LedgerKey) is { } ledger ? others[(state.MeasureKey, state.Fingerprint)] = new(TallyRebuild.Read(definition), ledger) : null;
    }

    public static string Fingerprint(Counter counter) => Fingerprints.GetValue(counter, TallyRules.Fingerprint);
}

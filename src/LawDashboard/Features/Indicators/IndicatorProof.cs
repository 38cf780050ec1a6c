using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>Entries that count in an indicator and in another one as well.</summary>
public sealed record Overlap(IndicatorDefinition Other, string OtherMeasure, int Count);

/// <summary>How well the entries that an indicator counts are evidenced. An entry with both a photo and a paper is in both.</summary>
/// <param name="Takes">False where the ledger takes no files at all.</param>
public sealed record EvidenceShare(bool Takes, int None, int Photo, int Paper);

/// <summary>What stands behind an indicator's figure (记录和佐证).</summary>
/// <param name="Rows">Approved entries that make up the value; of a ratio those of its numerator.</param>
/// <param name="Rest">Of a ratio: entries under it that its numerator leaves out; null where the two are of different ledgers.</param>
public sealed record IndicatorProof(int Rows, int? Rest, IReadOnlyList<Overlap> Overlaps, EvidenceShare Evidence);

/// <summary>Looks behind an indicator's figure: the same questions that its links open as lists, counted.</summary>
public sealed class IndicatorProofs(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog, IRowRules rules)
{
    readonly ConditionalWeakTable<UnitYear, ConcurrentDictionary<string, Lazy<Task<IndicatorProof?>>>> read = [];

    /// <summary>Counted once for all who look at the same figures, which <see cref="UnitYears"/> gave to somebody who sees the unit.</summary>
    public async Task<IndicatorProof?> OfAsync(UnitYear facts, IndicatorDefinition indicator, CancellationToken cancel = default)
    {
        var proofs = read.GetOrCreateValue(facts);
        var reading = proofs.GetOrAdd(indicator.Key, _ => new(() => Task.Run(() => OfAsync(Person.Machine, facts.Unit, facts.Year, indicator, facts.Past))));
        try
        {
            return await reading.Value.WaitAsync(cancel);
        }
        catch when (reading.Value.IsFaulted)
        {
            proofs.TryRemove(indicator.Key, out _);
            throw;
        }
    }

    /// <param name="past">The point in the past that is asked; null for now.</param>
    public async Task<IndicatorProof?> OfAsync(Person person, Unit unit, int year, IndicatorDefinition indicator, PastPoint? past = null, CancellationToken cancel = default)
    {
        if (catalog.Measure(ValueMeasure(indicator)) is not { } measure || catalog.Ledgers.Ledger(measure.Ledger) is not { } ledger) return null;
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var asked = new EntryQuery { Person = person, Unit = unit, From = new(year, 1, 1), To = new(year, 12, 31), States = [EntryState.Approved], AsOf = past };
        if (Rows(measure.Key) is not { } rows) return null;
        var overlaps = new List<Overlap>();
        foreach (var other in catalog.Indicators.Where(other => other.Key != indicator.Key))
            if (ValueMeasure(other) is { } key && catalog.Measure(key)?.Ledger == ledger.Key && Rows(key == measure.Key ? key : MeasureRows.Both(measure.Key, key)) is { } both && await both.CountAsync(cancel) is > 0 and var count)
                overlaps.Add(new(other, key, count));
        int? rest = indicator.Denominator is { } under && Rows(MeasureRows.Rest(under, measure.Key)) is { } left ? await left.CountAsync(cancel) : null;
        var takes = ledger.Fields.Any(field => field.Type == Ledgers.Definitions.FieldType.Files);
        return new(await rows.CountAsync(cancel), rest, [.. overlaps.OrderByDescending(overlap => overlap.Count)],
            new(takes, await HavingAsync(Shown.None), await HavingAsync(Shown.Photo), await HavingAsync(Shown.Paper)));

        IQueryable<Entry>? Rows(string key) => rules.Find(asked, key, null) is { } rule ? EntryReader.Select(db, tree, rule.Query) : null;
        Task<int> HavingAsync(Shown shown) => EvidenceFilter.Having(db, rows, shown, past).CountAsync(cancel);
    }

    /// <summary>The measure whose entries make up the value.</summary>
    public static string? ValueMeasure(IndicatorDefinition indicator) => indicator.Numerator ?? indicator.Measure;
}

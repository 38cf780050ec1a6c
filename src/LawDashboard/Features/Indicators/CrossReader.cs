using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Reads what a <see cref="CrossTable"/> is made of. Fields that the measure is tallied by cost the same however many
/// entries there are; others are counted by the database over the unit's entries of the year.
/// </summary>
public sealed class CrossReader(
    IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog, Counters counters, TallyReader tallies, Past.PastBooks pasts, IndicatorReckoner reckoner)
{
    readonly ConditionalWeakTable<UnitYear, ConcurrentDictionary<(string Indicator, string Rows, string Columns, string? Only), Lazy<Task<CrossTable>>>> read = [];

    /// <summary>The table of figures that <see cref="UnitYears"/> gave to somebody who sees the unit; read once for all who look at the same.</summary>
    public async Task<CrossTable> ReadAsync(UnitYear facts, IndicatorDefinition indicator, CrossAxis rows, CrossAxis columns, CrossOnly? only = null, CancellationToken cancel = default)
    {
        var asked = (indicator.Key, rows.Key, columns.Key, only?.Text);
        var tables = read.GetOrCreateValue(facts);
        var reading = tables.GetOrAdd(asked, _ => new(() => Task.Run(() => ReadNowAsync(Person.Machine, facts, indicator, rows, columns, only))));
        try
        {
            // Shared, so nobody who leaves may cancel it for the others.
            return await reading.Value.WaitAsync(cancel);
        }
        catch when (reading.Value.IsFaulted)
        {
            tables.TryRemove(asked, out _);
            throw;
        }
    }

    async Task<CrossTable> ReadNowAsync(Person person, UnitYear facts, IndicatorDefinition indicator, CrossAxis rows, CrossAxis columns, CrossOnly? only, CancellationToken cancel = default)
    {
        var measures = TallyFocus.Of([indicator]).Measures;
        var field = rows.Field ?? columns.Field ?? only?.Axis.Field;
        IReadOnlyList<Unit> asked = [facts.Unit, .. facts.Below.Select(below => below.Unit)];
        var focus = new TallyFocus(measures, field is null ? [] : measures);
        var books = field is null || measures.All(key => catalog.Measure(key)!.Slices.Contains(field.Key))
            ? facts.Past is { } past ? await pasts.BooksAsync(person, asked, MonthRange.OfYear(facts.Year), focus, past.Sequence, cancel)
            : await tallies.BooksAsync(person, asked, MonthRange.OfYear(facts.Year), focus, cancel)
            : await CountedAsync(person, facts, asked, measures, field.Key, cancel);
        return new(reckoner, facts, indicator, rows, columns, books, only);
    }

    async Task<IReadOnlyDictionary<int, TallyBook>> CountedAsync(
        Person person, UnitYear facts, IReadOnlyList<Unit> asked, IEnumerable<string> measures, string field, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var sum = new TallySum();
        foreach (var counter in measures.Select(key => counters.Find(key)!))
        {
            // A level needs whoever joined in earlier years; all else only the year itself.
            var from = counter.Measure.Kind is MeasureKind.Level ? (DateOnly?)null : new DateOnly(facts.Year, 1, 1);
            var query = new EntryQuery
            {
                Person = person, Unit = facts.Unit, Ledger = counter.Ledger, PeriodField = counter.DateField, From = from, To = new DateOnly(facts.Year, 12, 31),
                States = [EntryState.Submitted, EntryState.Approved], AsOf = facts.Past,
            };
            foreach (var (key, amount) in (await Recount.BySqlAsync(EntryReader.Select(db, tree, query), counter, [field], cancel)).Amounts) sum.Add(key, amount);
        }
        var spread = sum.Spread(tree);
        return asked.ToDictionary(unit => unit.Id, unit => new TallyBook(unit.Id, spread));
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators.Measures;

/// <summary>An entry that a change moves into a figure or out of it, with what the other rule asks and the entry has not.</summary>
public sealed record MovedRow(Entry Entry, IReadOnlyList<Unmet> Reasons);

/// <summary>The entries that a change moves one way: how many, by unit, and the first page of them.</summary>
public sealed record MovedRows(int Count, IReadOnlyDictionary<int, int> ByUnit, IReadOnlyList<MovedRow> Shown);

/// <summary>What a change does to the measure in one of the units below; null for what the unit above logged itself.</summary>
public sealed record UnitMove(Unit? Unit, decimal Before, decimal After, int Entering, int Leaving);

/// <summary>What a change does to an indicator that uses the measure.</summary>
public sealed record IndicatorMove(Standing Before, Standing After, decimal? PointsBefore, decimal? PointsAfter);

/// <summary>What a change of a measure would do to a year's figures of a unit, counted from the entries and nothing stored (试算).</summary>
public sealed record MeasurePreview(
    MeasureDefinition From, MeasureDefinition To, Unit Unit, int Year, decimal Before, decimal After, decimal PendingBefore, decimal PendingAfter,
    MovedRows Entering, MovedRows Leaving, IReadOnlyList<UnitMove> Units, IReadOnlyList<IndicatorMove> Indicators);

/// <summary>Works out what a change of a measure would do, by the same rules that count.</summary>
public sealed class MeasurePreviews(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog, UnitYears years, NotCounted missing)
{
    /// <summary>Entries on one page of those that a change moves.</summary>
    public const int PageSize = 50;
    static readonly EntryState[] Counting = [EntryState.Submitted, EntryState.Approved];

    /// <summary>Null when the person does not see the unit or the measure is of no ledger.</summary>
    public async Task<MeasurePreview?> OfAsync(Person person, MeasureDefinition to, Unit unit, int year, CancellationToken cancel = default)
    {
        if (catalog.Measure(to.Key) is not { } from || catalog.Ledgers.Ledger(to.Ledger) is not { } ledger || await years.ReadAsync(person, unit, year, cancel) is not { } facts) return null;
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (before, after) = (new Counter(from, ledger), new Counter(to, ledger));
        var (sumBefore, sumAfter) = (await SumAsync(before), await SumAsync(after));
        var entering = await MovedAsync(to, from, before);
        var leaving = await MovedAsync(from, to, after);
        var (reckoner, changed) = (new IndicatorReckoner(catalog), new IndicatorReckoner(catalog.With(to)));
        return new(from, to, unit, year, Value(reckoner, sumBefore, unit), Value(changed, sumAfter, unit), Value(reckoner, sumBefore, unit, EntryState.Submitted), Value(changed, sumAfter, unit, EntryState.Submitted),
            entering, leaving, UnitMoves(), IndicatorMoves(reckoner, changed, facts, from, sumAfter));

        async Task<TallySum> SumAsync(Counter counter)
        {
            var level = counter.Measure.Kind == MeasureKind.Level;
            var rows = EntryReader.Select(db, tree, new() { Person = person, Ledger = ledger, Unit = unit, States = Counting, ListedOnly = counter.Measure.Listed,
                PeriodField = counter.DateField, From = level ? null : new(year, 1, 1), To = level ? null : new(year, 12, 31) });
            return (await Recount.BySqlAsync(rows, counter, [], cancel)).Spread(tree);
        }

        async Task<MovedRows> MovedAsync(MeasureDefinition there, MeasureDefinition gone, Counter other)
        {
            var moved = Moved(db, tree, person, unit, year, there, gone);
            var byUnit = await moved.GroupBy(entry => entry.UnitId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
            return new(byUnit.Values.Sum(), byUnit, byUnit.Count == 0 ? [] : await PageAsync(moved, other, tree, 1, cancel));
        }

        decimal Value(IndicatorReckoner by, TallySum sum, Unit of, EntryState state = EntryState.Approved) => by.Measure(new TallyBook(of.Id, sum), to.Key, MonthRange.OfYear(year), state);

        IReadOnlyList<UnitMove> UnitMoves()
        {
            var below = tree.Children(unit).Select(child => Move(child, child.Id, [.. tree.Subtree(child).Select(one => one.Id)])).ToList();
            var all = Move(unit, unit.Id, [.. tree.Subtree(unit).Select(one => one.Id)]);
            var own = new UnitMove(null, all.Before - below.Sum(move => move.Before), all.After - below.Sum(move => move.After), all.Entering - below.Sum(move => move.Entering), all.Leaving - below.Sum(move => move.Leaving));
            return [.. below.Append(own).Where(move => move.Before != 0 || move.After != 0 || move.Entering + move.Leaving > 0)];
        }

        UnitMove Move(Unit of, int id, IReadOnlyList<int> ids) => new(of, Value(reckoner, sumBefore, tree[id]), Value(changed, sumAfter, tree[id]), In(entering, ids), In(leaving, ids));

        static int In(MovedRows rows, IReadOnlyList<int> ids) => ids.Sum(id => rows.ByUnit.GetValueOrDefault(id));
    }

    /// <summary>One page of the entries that a change moves into the figure or out of it, the newest first. Pages count from 1.</summary>
    public async Task<IReadOnlyList<MovedRow>> RowsAsync(Person person, MeasurePreview preview, bool entering, int page, CancellationToken cancel = default)
    {
        if (catalog.Ledgers.Ledger(preview.To.Ledger) is not { } ledger) return [];
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (there, gone) = entering ? (preview.To, preview.From) : (preview.From, preview.To);
        return await PageAsync(Moved(db, tree, person, preview.Unit, preview.Year, there, gone), new(gone, ledger), tree, page, cancel);
    }

    async Task<IReadOnlyList<MovedRow>> PageAsync(IQueryable<Entry> moved, Counter other, UnitTree tree, int page, CancellationToken cancel)
    {
        var rows = await moved.OrderByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id).Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return [.. rows.Select(entry => new MovedRow(entry, missing.Reasons(other, entry.Values, tree)))];
    }

    /// <summary>The entries that one rule counts and the other does not.</summary>
    IQueryable<Entry> Moved(AppDbContext db, UnitTree tree, Person person, Unit unit, int year, MeasureDefinition there, MeasureDefinition gone)
    {
        var others = Rows(gone).Select(one => one.Id);
        return Rows(there).Where(entry => !others.Contains(entry.Id));

        IQueryable<Entry> Rows(MeasureDefinition measure) => EntryReader.Select(db, tree, MeasureRows.Of(catalog.Ledgers,
            new() { Person = person, Unit = unit, From = new(year, 1, 1), To = new(year, 12, 31), States = Counting }, measure, null)!.Query);
    }

    IReadOnlyList<IndicatorMove> IndicatorMoves(IndicatorReckoner reckoner, IndicatorReckoner changed, UnitYear facts, MeasureDefinition measure, TallySum after)
    {
        var (now, then) = (new Standings(reckoner, facts), new Standings(changed, facts with { Book = facts.Book.With(measure.Key, facts.Year, after) }));
        return [.. catalog.Using(measure).Select(indicator =>
        {
            var (a, b) = (now.Of(indicator), then.Of(indicator));
            return new IndicatorMove(a, b, IndicatorScore.Of(a, null).Points, IndicatorScore.Of(b, null).Points);
        })];
    }
}

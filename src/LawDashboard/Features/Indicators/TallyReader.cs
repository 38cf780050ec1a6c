using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>Reads tallies and targets of units that a person sees. Its cost depends on measures and months alone.</summary>
public sealed class TallyReader(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog)
{
    readonly string[] all = [.. catalog.Measures.Select(measure => measure.Key)];

    /// <summary>The tallies of one unit over the months, with all earlier months of levels. Empty when the person does not see the unit.</summary>
    public async Task<TallyBook> BookAsync(Person person, Unit unit, MonthRange months, TallyFocus? focus = null, CancellationToken cancel = default) =>
        (await BooksAsync(person, [unit], months, focus, cancel)).Values.SingleOrDefault() ?? new TallyBook(unit.Id, []);

    /// <summary>The same for several units in one question.</summary>
    public async Task<IReadOnlyDictionary<int, TallyBook>> BooksAsync(
        Person person, IReadOnlyCollection<Unit> asked, MonthRange months, TallyFocus? focus = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        int[] ids = [.. asked.Where(unit => person.Sees(tree, unit)).Select(unit => unit.Id)];
        if (ids.Length == 0) return new Dictionary<int, TallyBook>();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await BooksAsync(db, ids, months, focus, cancel);
    }

    /// <summary>The same inside a transaction of the caller's, who has asked what may be seen.</summary>
    internal async Task<Dictionary<int, TallyBook>> BooksAsync(AppDbContext db, IReadOnlyCollection<int> ids, MonthRange months, TallyFocus? focus, CancellationToken cancel)
    {
        var tallies = db.Tallies.AsNoTracking().Where(tally => ids.Contains(tally.UnitId));
        if (focus is not null)
        {
            string[] sliced = [.. focus.Sliced];
            tallies = tallies.Where(tally => tally.Slice == "" || sliced.Contains(tally.MeasureKey));
        }
        string[] keys = focus is null ? all : [.. focus.Measures.Concat(focus.Sliced).Distinct(StringComparer.Ordinal)];
        string[] levels = [.. keys.Where(key => catalog.Measure(key)?.Kind == MeasureKind.Level)];
        var rows = await tallies.Where(tally => keys.Contains(tally.MeasureKey) && tally.Month >= months.From && tally.Month <= months.To).ToListAsync(cancel);
        if (levels.Length > 0)
            rows.AddRange(await tallies.Where(tally => levels.Contains(tally.MeasureKey) && tally.Month < months.From).ToListAsync(cancel));
        var byUnit = rows.ToLookup(tally => tally.UnitId);
        return ids.ToDictionary(id => id, id => new TallyBook(id, byUnit[id]));
    }

    /// <summary>The targets in force for a unit and year, by indicator: of several revisions the newest that is in effect.</summary>
    public async Task<IReadOnlyDictionary<string, Target>> TargetsAsync(Person person, Unit unit, int year, DateOnly day, CancellationToken cancel = default) =>
        (await TargetsAsync(person, [unit], year, day, cancel)).GetValueOrDefault(unit.Id) ?? new Dictionary<string, Target>();

    /// <summary>The same for several units in one question; units without targets are left out.</summary>
    public async Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, Target>>> TargetsAsync(
        Person person, IReadOnlyCollection<Unit> asked, int year, DateOnly day, CancellationToken cancel = default) =>
        (await RevisionsAsync(person, asked, year, cancel)).ToDictionary(unit => unit.Key, unit => TargetSeries.On(unit.Value, day));

    /// <summary>All revisions of the units' targets, by unit and indicator; units without targets are left out.</summary>
    public Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, TargetSeries>>> RevisionsAsync(
        Person person, IReadOnlyCollection<Unit> asked, int year, CancellationToken cancel = default) => RevisionsAsync(person, asked, year, null, cancel);

    /// <param name="before">Only those entered before that moment (UTC), and those that came with the definitions.</param>
    public async Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, TargetSeries>>> RevisionsAsync(
        Person person, IReadOnlyCollection<Unit> asked, int year, DateTime? before, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        int[] ids = [.. asked.Where(unit => person.Sees(tree, unit)).Select(unit => unit.Id)];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var targets = await db.Targets.AsNoTracking().Where(t => ids.Contains(t.UnitId) && t.Year == year && (before == null || t.SetAt == null || t.SetAt < before)).ToListAsync(cancel);
        return targets.GroupBy(t => t.UnitId).ToDictionary(unit => unit.Key, IReadOnlyDictionary<string, TargetSeries> (unit) =>
            unit.GroupBy(t => t.IndicatorKey, StringComparer.Ordinal).ToDictionary(indicator => indicator.Key, indicator => new TargetSeries(indicator), StringComparer.Ordinal));
    }
}

/// <summary>Which measures a reader wants, and of which of them the slices too.</summary>
public sealed record TallyFocus(IReadOnlyCollection<string> Measures, IReadOnlyCollection<string> Sliced)
{
    /// <summary>Whether a tally of the measure, or of a slice of it, is wanted.</summary>
    public bool Wants(string measure, string slice) => slice.Length > 0 ? Sliced.Contains(measure) : Measures.Contains(measure) || Sliced.Contains(measure);

    /// <summary>What some indicators are reckoned from.</summary>
    public static TallyFocus Of(IEnumerable<IndicatorDefinition> indicators) =>
        new([.. indicators.SelectMany(indicator => new[] { indicator.Measure, indicator.Numerator, indicator.Denominator }).OfType<string>().Distinct(StringComparer.Ordinal)], []);
}

/// <summary>A measure whose slices a page shows; registered by whoever shows it, so that only those are read.</summary>
public sealed record ShownSlices(string Measure);

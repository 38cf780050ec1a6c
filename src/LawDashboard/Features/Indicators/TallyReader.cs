using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
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
    internal async Task<Dictionary<int, TallyBook>> BooksAsync(AppDbContext db, int[] ids, MonthRange months, TallyFocus? focus, CancellationToken cancel)
    {
        // Each list as one parameter: SQLite looks every parameter up by its name among all others.
        var tallies = db.Tallies.AsNoTracking().Where(tally => EF.Parameter(ids).Contains(tally.UnitId));
        if (focus is not null)
        {
            string[] sliced = [.. focus.Sliced];
            tallies = tallies.Where(tally => tally.Slice == "" || sliced.Contains(tally.MeasureKey));
        }
        string[] keys = focus is null ? all : [.. focus.Measures.Concat(focus.Sliced).Distinct(StringComparer.Ordinal)];
        string[] levels = [.. keys.Where(key => catalog.Measure(key)?.Kind == MeasureKind.Level)];
        var rows = tallies.Where(tally => EF.Parameter(keys).Contains(tally.MeasureKey) && tally.Month >= months.From && tally.Month <= months.To);
        var books = ids.ToDictionary(id => id, id => new TallyBook(id, []));
        await ReadAsync(db, rows, books, cancel);
        if (levels.Length > 0) await ReadAsync(db, tallies.Where(tally => EF.Parameter(levels).Contains(tally.MeasureKey) && tally.Month < months.From), books, cancel);
        return books;
    }

    /// <summary>
    /// All tallies of a measure and unit come as one text, a line for each: a page reads thousands of them, and to fetch
    /// them column by column would take most of its time.
    /// </summary>
    static async Task ReadAsync(AppDbContext db, IQueryable<Tally> asked, Dictionary<int, TallyBook> books, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = asked.GroupBy(t => new { t.MeasureKey, t.UnitId }).Select(tallies => new
        {
            tallies.Key.MeasureKey, tallies.Key.UnitId,
            Lines = string.Join("\n", tallies.Select(t => t.Month + " " + (t.State == EntryState.Approved ? "1" : "0") + " " + t.Count + " " + t.Sum + " " + t.Slice)),
        }).CreateDbCommand();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) Read(books[reader.GetInt32(1)], reader.GetString(0), reader.GetString(2));
    }

    static void Read(TallyBook book, string measure, ReadOnlySpan<char> lines)
    {
        Span<Range> parts = stackalloc Range[5];
        foreach (var at in lines.Split('\n'))
        {
            var line = lines[at];
            line.Split(parts, ' ');
            book.Add(measure, line[parts[4]], int.Parse(line[parts[0]], CultureInfo.InvariantCulture), line[parts[1]] is "1" ? EntryState.Approved : EntryState.Submitted,
                new(long.Parse(line[parts[2]], CultureInfo.InvariantCulture), long.Parse(line[parts[3]], CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>The targets in force for a unit and year, by indicator: of several revisions the newest that is in effect.</summary>
    public async Task<IReadOnlyDictionary<string, Target>> TargetsAsync(Person person, Unit unit, int year, DateOnly day, CancellationToken cancel = default) =>
        (await TargetsAsync(person, [unit], year, day, cancel)).GetValueOrDefault(unit.Id) ?? new Dictionary<string, Target>();

    /// <summary>The same for several units in one question; units without targets are left out.</summary>
    public async Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, Target>>> TargetsAsync(
        Person person, IReadOnlyCollection<Unit> asked, int year, DateOnly day, CancellationToken cancel = default) =>
        (await RevisionsAsync(person, asked, year, cancel)).ToDictionary(unit => unit.Key, unit => TargetSeries.On(unit.Value, day));

    /// <summary>The newest judgements of units in a year, by unit and judged indicator; units without any are left out.</summary>
    /// <param name="before">Only those given before that moment (UTC).</param>
    public async Task<IReadOnlyDictionary<int, IReadOnlyDictionary<string, Judging.Judgement>>> JudgementsAsync(
        Person person, IReadOnlyCollection<Unit> asked, int year, DateTime? before = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        int[] ids = [.. asked.Where(unit => person.Sees(tree, unit)).Select(unit => unit.Id)];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var judgements = await db.Judgements.AsNoTracking().Where(j => ids.Contains(j.UnitId) && j.Year == year && (before == null || j.SetAt < before)).OrderBy(j => j.Id).ToListAsync(cancel);
        return judgements.GroupBy(j => j.UnitId).ToDictionary(unit => unit.Key, IReadOnlyDictionary<string, Judging.Judgement> (unit) =>
            unit.GroupBy(j => j.IndicatorKey, StringComparer.Ordinal).ToDictionary(indicator => indicator.Key, indicator => indicator.Last(), StringComparer.Ordinal));
    }

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

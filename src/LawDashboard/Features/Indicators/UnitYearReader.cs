using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Past;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>Reads a <see cref="UnitYear"/> out of tallies and targets, of now or of a point in the past. For those who see the unit; see <see cref="UnitYears"/>.</summary>
public sealed class UnitYearReader(TallyReader reader, PastBooks pasts, UnitDirectory units, IndicatorCatalog catalog, TallyRebuilder rebuilder, IEnumerable<ShownSlices> slices)
{
    readonly ConditionalWeakTable<UnitYear, ConcurrentDictionary<string, Task<UnitYear>>> compared = [];
    readonly string[] sliced = [.. slices.Select(shown => shown.Measure)];

    /// <summary>Not equal to what it was once a measure was changed, and again once it is counted anew.</summary>
    public object Measures => (catalog.Version, rebuilder.Progress is null);

    // Asked each time: measures can be changed while the program runs.
    TallyFocus Shown => new([.. TallyFocus.Of(catalog.Indicators).Measures, .. catalog.Ledgers.Ledgers.Select(ledger => IndicatorCatalog.EveryEntryKey(ledger.Key)),
        .. catalog.Measures.Where(measure => measure.Listed).Select(measure => measure.Key)], sliced);

    TallyFocus Compared => TallyFocus.Of(catalog.Indicators.Where(indicator => indicator.Headline));

    /// <param name="today">Today, or the day of the past.</param>
    public async Task<UnitYear> ReadAsync(Unit unit, int year, DateOnly today, PastPoint? past = null)
    {
        var tree = await units.TreeAsync();
        List<Unit> below = [.. tree.Children(unit)];
        var book = (await BooksAsync([unit], new((year - 1) * 100 + 1, year * 100 + 12), Shown, past))[unit.Id];
        var books = await BooksAsync(below, MonthRange.OfYear(year), Compared, past);
        var revisions = await reader.RevisionsAsync(Person.Machine, [unit, .. below], year, past?.Before);
        var judged = await reader.JudgementsAsync(Person.Machine, [unit], year, past?.Before);
        var none = new Dictionary<string, TargetSeries>();
        var own = TargetRollup.Complete(catalog, unit.Id, year, revisions.GetValueOrDefault(unit.Id) ?? none,
            [.. below.Where(child => child.Kind is UnitKind.Town).Select(child => revisions.GetValueOrDefault(child.Id) ?? none)]);
        return new(unit, year, today, book, TargetSeries.On(own, today),
            [.. below.Select(child => new UnitBelow(child, books[child.Id], TargetSeries.On(revisions.GetValueOrDefault(child.Id) ?? none, today)))]) 
        {
            Revisions = own, Past = past, Judgements = judged.GetValueOrDefault(unit.Id) ?? new Dictionary<string, Judging.Judgement>(),
        };
    }

    /// <summary>The same figures with what the units below need for comparing them by an indicator; headlines are there from the start.</summary>
    public async Task<UnitYear> ComparedByAsync(UnitYear facts, IndicatorDefinition indicator, CancellationToken cancel)
    {
        var focus = TallyFocus.Of([indicator]);
        if (focus.Measures.All(Compared.Measures.Contains)) return facts;
        // Read once for all who compare the same figures by the same indicator.
        var reading = compared.GetOrCreateValue(facts).GetOrAdd(indicator.Key, _ => Task.Run(() => ReadComparedAsync(facts, focus)));
        if (reading.IsFaulted) compared.Remove(facts);
        return await reading.WaitAsync(cancel);
    }

    async Task<UnitYear> ReadComparedAsync(UnitYear facts, TallyFocus focus)
    {
        var books = await BooksAsync([.. facts.Below.Select(below => below.Unit)], MonthRange.OfYear(facts.Year), focus, facts.Past);
        return facts with { Below = [.. facts.Below.Select(below => below with { Book = books[below.Unit.Id] })] };
    }

    Task<IReadOnlyDictionary<int, TallyBook>> BooksAsync(IReadOnlyCollection<Unit> asked, MonthRange months, TallyFocus focus, PastPoint? past, CancellationToken cancel = default) =>
        past is null ? reader.BooksAsync(Person.Machine, asked, months, focus, cancel) : pasts.BooksAsync(Person.Machine, asked, months, focus, past.Sequence, cancel);
}

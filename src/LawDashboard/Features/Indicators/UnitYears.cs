using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Reads <see cref="UnitYear"/>s once for all who look at the same unit and year, and tells open pages when one is out of
/// date. A saved entry shows on them within <see cref="Pause"/> and the time of one reading.
/// </summary>
public sealed class UnitYears : IDisposable
{
    /// <summary>How long news is gathered before pages are told: an import of a thousand rows is told a few times, not a thousand.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Other processes (a command, another instance) write without news here; so nothing is shown that is older.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    readonly TallyReader reader;
    readonly UnitDirectory units;
    readonly IndicatorCatalog catalog;
    readonly TimeProvider clock;
    readonly IDisposable subscription;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly Dictionary<(int UnitId, int Year), Reading> readings = [];
    readonly List<Watcher> watchers = [];
    readonly HashSet<Unit> changed = [];

    /// <summary>News so far, and how much of it pages have been told of.</summary>
    long noted, toldUpTo;

    /// <param name="Noted">News before it began.</param>
    sealed record Reading(Task<UnitYear> Task, DateTimeOffset Since, DateOnly Today, long Noted);
    sealed record Watcher(Unit Unit, Action Changed);

    readonly TallyFocus shown, compared;

    public UnitYears(TallyReader reader, UnitDirectory units, IndicatorCatalog catalog, IEnumerable<ShownSlices> slices, EntryNews news, TimeProvider clock)
    {
        shown = new([.. TallyFocus.Of(catalog.Indicators).Measures, .. catalog.Ledgers.Ledgers.Select(ledger => IndicatorCatalog.EveryEntryKey(ledger.Key)),
            .. catalog.Measures.Where(measure => measure.Listed).Select(measure => measure.Key)],
            [.. slices.Select(shown => shown.Measure)]);
        compared = TallyFocus.Of(catalog.Indicators.Where(indicator => indicator.Headline));
        (this.reader, this.units, this.catalog, this.clock) = (reader, units, catalog, clock);
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscription = news.Subscribe(Note);
    }

    /// <summary>The unit's figures; null when the person does not see it.</summary>
    /// <param name="told">
    /// The page was told that they changed, and will be told again: it takes what was read since. Otherwise nothing is shown
    /// that lacks an entry saved before. So, however many entries a second are saved, pages that are open have them read
    /// once each <see cref="Pause"/>.
    /// </param>
    public async Task<UnitYear?> ReadAsync(Person person, Unit unit, int year, CancellationToken cancel = default, bool told = false)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return null;
        // The reading is shared, so nobody who leaves may cancel it for the others.
        return await Shared(unit, year, told).WaitAsync(cancel);
    }

    /// <summary>
    /// The same figures with what the units below need for comparing them by an indicator; headlines are there from the start.
    /// </summary>
    public async Task<UnitYear> ComparedByAsync(UnitYear facts, IndicatorDefinition indicator, CancellationToken cancel = default)
    {
        var focus = TallyFocus.Of([indicator]);
        if (focus.Measures.All(compared.Measures.Contains)) return facts;
        var books = await reader.BooksAsync(Person.Machine, [.. facts.Below.Select(below => below.Unit)], MonthRange.OfYear(facts.Year), focus, cancel);
        return facts with { Below = [.. facts.Below.Select(below => below with { Book = books[below.Unit.Id] })] };
    }

    /// <summary>Calls back, on any thread, after entries of the unit or below it changed; disposing ends it.</summary>
    public IDisposable Watch(Unit unit, Action whenChanged)
    {
        var watcher = new Watcher(unit, whenChanged);
        lock (gate) watchers.Add(watcher);
        return new Watching(this, watcher);
    }

    public void Dispose()
    {
        subscription.Dispose();
        timer.Dispose();
    }

    Task<UnitYear> Shared(Unit unit, int year, bool told)
    {
        var (now, today) = (clock.GetUtcNow(), ChinaTime.Today(clock));
        lock (gate)
        {
            foreach (var (key, old) in readings.Where(pair => now - pair.Value.Since > Freshness || pair.Value.Task.IsFaulted || pair.Value.Today != today).ToList())
                readings.Remove(key);
            if (!readings.TryGetValue((unit.Id, year), out var reading) || reading.Noted < (told ? toldUpTo : noted))
                readings[(unit.Id, year)] = reading = new(Task.Run(() => LoadAsync(unit, year, today)), now, today, noted);
            return reading.Task;
        }
    }

    async Task<UnitYear> LoadAsync(Unit unit, int year, DateOnly today)
    {
        var tree = await units.TreeAsync();
        List<Unit> below = [.. tree.Children(unit)];
        var book = await reader.BookAsync(Person.Machine, unit, new((year - 1) * 100 + 1, year * 100 + 12), shown);
        var books = await reader.BooksAsync(Person.Machine, below, MonthRange.OfYear(year), compared);
        var revisions = await reader.RevisionsAsync(Person.Machine, [unit, .. below], year);
        var none = new Dictionary<string, TargetSeries>();
        var own = TargetRollup.Complete(catalog, unit.Id, year, revisions.GetValueOrDefault(unit.Id) ?? none,
            [.. below.Where(child => child.Kind is UnitKind.Town).Select(child => revisions.GetValueOrDefault(child.Id) ?? none)]);
        return new(unit, year, today, book, TargetSeries.On(own, today),
            [.. below.Select(child => new UnitBelow(child, books[child.Id], TargetSeries.On(revisions.GetValueOrDefault(child.Id) ?? none, today)))]) { Revisions = own };
    }

    /// <summary>Something else than an entry changed what pages about the unit show, such as a target.</summary>
    public void Renew(Unit unit) => Note(new(unit, ""));

    void Note(EntryNotice notice)
    {
        lock (gate)
        {
            // At once, so that whoever saved and then opens the page finds what he saved.
            noted++;
            // The first news starts the clock; later news does not set it back, or a long import would never be told.
            if (changed.Count == 0) timer.Change(Pause, Timeout.InfiniteTimeSpan);
            changed.Add(notice.Unit);
        }
    }

    void Tell()
    {
        List<Watcher> told;
        lock (gate)
        {
            told = [.. watchers.Where(watcher => changed.Any(unit => unit.Path.StartsWith(watcher.Unit.Path, StringComparison.Ordinal)))];
            changed.Clear();
            toldUpTo = noted;
        }
        foreach (var watcher in told) watcher.Changed();
    }

    sealed class Watching(UnitYears years, Watcher watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (years.gate) years.watchers.Remove(watcher);
        }
    }
}

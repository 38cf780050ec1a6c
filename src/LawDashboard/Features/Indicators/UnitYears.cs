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
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Other processes (a command, another instance) write without news here; so nothing is shown that is older.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    readonly TallyReader reader;
    readonly UnitDirectory units;
    readonly IndicatorCatalog catalog;
    readonly TimeProvider clock;
    /// <summary>Measures that indicators are made of, and the count of every ledger.</summary>
    readonly string[] watched;
    readonly IDisposable subscription;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly Dictionary<(int UnitId, int Year), Reading> readings = [];
    readonly List<Watcher> watchers = [];
    readonly HashSet<Unit> changed = [];

    sealed record Reading(Task<UnitYear> Task, DateTimeOffset Since, DateOnly Today);
    sealed record Watcher(Unit Unit, Action Changed);

    public UnitYears(TallyReader reader, UnitDirectory units, IndicatorCatalog catalog, EntryNews news, TimeProvider clock)
    {
        (this.reader, this.units, this.catalog, this.clock) = (reader, units, catalog, clock);
        watched = [.. catalog.Indicators.SelectMany(indicator => new[] { indicator.Measure, indicator.Numerator, indicator.Denominator }).OfType<string>()
            .Concat(catalog.Ledgers.Ledgers.Select(ledger => IndicatorCatalog.EveryEntryKey(ledger.Key))).Distinct(StringComparer.Ordinal)];
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscription = news.Subscribe(Note);
    }

    /// <summary>The unit's figures; null when the person does not see it.</summary>
    public async Task<UnitYear?> ReadAsync(Person person, Unit unit, int year, CancellationToken cancel = default)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return null;
        // The reading is shared, so nobody who leaves may cancel it for the others.
        return await Shared(unit, year).WaitAsync(cancel);
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

    Task<UnitYear> Shared(Unit unit, int year)
    {
        var (now, today) = (clock.GetUtcNow(), ChinaTime.Today(clock));
        lock (gate)
        {
            foreach (var (key, old) in readings.Where(pair => now - pair.Value.Since > Freshness || pair.Value.Task.IsFaulted || pair.Value.Today != today).ToList())
                readings.Remove(key);
            if (!readings.TryGetValue((unit.Id, year), out var reading))
                readings[(unit.Id, year)] = reading = new(Task.Run(() => LoadAsync(unit, year, today)), now, today);
            return reading.Task;
        }
    }

    async Task<UnitYear> LoadAsync(Unit unit, int year, DateOnly today)
    {
        var tree = await units.TreeAsync();
        List<Unit> below = [.. tree.Children(unit)];
        var (start, keys) = (year * 100, watched);
        // Figures that only reports use, and parts of a measure where nobody looks at them, are most of the tallies.
        var own = await reader.BooksAsync(Person.Machine, [unit], new(start - 99, start + 12),
            only: tally => tally.Slice == "" ? keys.Contains(tally.MeasureKey) : tally.Month > start);
        var books = await reader.BooksAsync(Person.Machine, below, MonthRange.OfYear(year), only: tally => tally.Slice == "" && keys.Contains(tally.MeasureKey));
        var targets = await reader.TargetsAsync(Person.Machine, [unit, .. below], year, today);
        var none = new Dictionary<string, Target>();
        var inForce = TargetRollup.Complete(catalog, unit.Id, year, targets.GetValueOrDefault(unit.Id) ?? none,
            [.. below.Where(child => child.Kind is UnitKind.Town).Select(child => targets.GetValueOrDefault(child.Id) ?? none)]);
        return new(unit, year, today, own[unit.Id], inForce, [.. below.Select(child => new UnitBelow(child, books[child.Id], targets.GetValueOrDefault(child.Id) ?? none))]);
    }

    void Note(EntryNotice notice)
    {
        lock (gate)
        {
            // At once, so that whoever saved and then opens the page finds what he saved.
            readings.Clear();
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

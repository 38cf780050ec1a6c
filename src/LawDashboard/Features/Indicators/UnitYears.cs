using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Reads <see cref="UnitYear"/>s once for all who look at the same unit and year, and tells open pages when one is out of
/// date. A saved entry shows on them within <see cref="Pause"/> and the time of one reading, or, where one save follows the
/// other, within <see cref="Spacing"/> and the time of one reading.
/// </summary>
public sealed class UnitYears : IDisposable
{
    /// <summary>How long news is gathered before pages are told: an import of a thousand rows is told a few times, not a thousand.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// While saves keep coming, pages are told no oftener than this: each telling has every open page read and drawn anew, and
    /// nobody reads figures that change faster.
    /// </summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    /// <summary>Other processes (a command, another instance) write without news here; so nothing is shown that is older.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    /// <summary>The past does not change; only a measure that is counted anew brings other figures, and they are seen soon after.</summary>
    static readonly TimeSpan PastFreshness = TimeSpan.FromMinutes(1);

    readonly UnitYearReader reader;
    readonly UnitDirectory units;
    readonly TimeProvider clock;
    readonly IDisposable subscription;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly Dictionary<(int UnitId, int Year), Reading> readings = [];
    /// <summary>Readings that begin once the one under way has ended: whoever comes meanwhile shares them, however many come.</summary>
    readonly Dictionary<(int UnitId, int Year), Task<UnitYear>> waiting = [];
    /// <summary>By the measures as they are too: the past is counted by today's, and otherwise while one is being counted anew.</summary>
    readonly Dictionary<(int UnitId, int Year, PastPoint Past, object Measures), Reading> pasts = [];
    readonly List<Watcher> watchers = [];
    readonly HashSet<Unit> changed = [];

    /// <summary>News so far, and how much of it pages have been told of.</summary>
    long noted, toldUpTo;
    DateTimeOffset toldAt = DateTimeOffset.MinValue;

    /// <param name="Noted">News before it began.</param>
    sealed record Reading(Task<UnitYear> Task, DateTimeOffset Since, DateOnly Today, long Noted);
    sealed record Watcher(Unit Unit, Action Changed);

    public UnitYears(UnitYearReader reader, UnitDirectory units, EntryNews news, TimeProvider clock)
    {
        (this.reader, this.units, this.clock) = (reader, units, clock);
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscription = news.Subscribe(Note);
    }

    /// <summary>The unit's figures; null when the person does not see it.</summary>
    /// <param name="told">
    /// The page was told that they changed, and will be told again: it takes what was read since. Otherwise nothing is shown
    /// that lacks an entry saved before. So, however many entries a second are saved, pages that are open have them read
    /// once each <see cref="Pause"/>.
    /// </param>
    public Task<UnitYear?> ReadAsync(Person person, Unit unit, int year, CancellationToken cancel = default, bool told = false) =>
        ReadAsync(person, unit, year, null, cancel, told);

    /// <param name="past">The point in the past whose figures are asked for; null for now.</param>
    public async Task<UnitYear?> ReadAsync(Person person, Unit unit, int year, PastPoint? past, CancellationToken cancel = default, bool told = false)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return null;
        // The reading is shared, so nobody who leaves may cancel it for the others.
        return await (past is null ? Shared(unit, year, told) : SharedPast(unit, year, past)).WaitAsync(cancel);
    }

    /// <summary>
    /// The same figures with what the units below need for comparing them by an indicator; headlines are there from the start.
    /// </summary>
    public Task<UnitYear> ComparedByAsync(UnitYear facts, IndicatorDefinition indicator, CancellationToken cancel = default) => reader.ComparedByAsync(facts, indicator, cancel);

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
            foreach (var (key, old) in readings.Where(pair => pair.Value.Task.IsCompleted && (now - pair.Value.Since > Freshness || pair.Value.Task.IsFaulted || pair.Value.Today != today)).ToList())
                readings.Remove(key);
            if (!readings.TryGetValue((unit.Id, year), out var reading)) return Begin(unit, year);
            if (reading.Noted >= (told ? toldUpTo : noted)) return reading.Task;
            // Where one reading takes long, a second beside it would take both longer.
            if (reading.Task.IsCompleted) return Begin(unit, year);
            return waiting.TryGetValue((unit.Id, year), out var next) ? next : waiting[(unit.Id, year)] = FollowAsync(unit, year, reading.Task);
        }
    }

    /// <summary>To be called with the gate held.</summary>
    Task<UnitYear> Begin(Unit unit, int year)
    {
        var today = ChinaTime.Today(clock);
        return (readings[(unit.Id, year)] = new(Task.Run(() => reader.ReadAsync(unit, year, today)), clock.GetUtcNow(), today, noted)).Task;
    }

    async Task<UnitYear> FollowAsync(Unit unit, int year, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task<UnitYear> reading;
        lock (gate)
        {
            waiting.Remove((unit.Id, year));
            reading = Begin(unit, year);
        }
        return await reading;
    }

    Task<UnitYear> SharedPast(Unit unit, int year, PastPoint past)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            foreach (var (key, old) in pasts.Where(pair => now - pair.Value.Since > PastFreshness || pair.Value.Task.IsFaulted || !pair.Key.Measures.Equals(reader.Measures)).ToList()) pasts.Remove(key);
            if (!pasts.TryGetValue((unit.Id, year, past, reader.Measures), out var reading))
                pasts[(unit.Id, year, past, reader.Measures)] = reading = new(Task.Run(() => reader.ReadAsync(unit, year, past.Day, past)), now, past.Day, 0);
            return reading.Task;
        }
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
            if (changed.Count == 0) timer.Change(Later(Pause, toldAt + Spacing - clock.GetUtcNow()), Timeout.InfiniteTimeSpan);
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
            (toldUpTo, toldAt) = (noted, clock.GetUtcNow());
        }
        foreach (var watcher in told) watcher.Changed();
    }

    static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    sealed class Watching(UnitYears years, Watcher watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (years.gate) years.watchers.Remove(watcher);
        }
    }
}

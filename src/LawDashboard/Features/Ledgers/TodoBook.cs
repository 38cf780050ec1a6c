using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>A group with how many there are of it in all.</summary>
public sealed record TodoCount(ITodoGroup Group, int Count);

/// <summary>
/// All groups of to-dos, and the number beside 待办. What waits in a unit is counted once for all who see the same of it, what
/// waits for one person once for all his pages; each again when entries changed where it looks, and only then.
/// </summary>
public sealed class TodoBook : ITodoSource, IDisposable
{
    /// <summary>How long news is gathered before pages are told, and how far tellings lie apart while saves keep coming.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(600), Spacing = TimeSpan.FromSeconds(1);
    /// <summary>Other processes write without news here.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    readonly IReadOnlyList<ITodoGroup> groups;
    readonly UnitDirectory units;
    readonly TimeProvider clock;
    readonly IDisposable subscription;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly Dictionary<Asked, Reading> readings = [];
    readonly List<Watching> watchers = [];
    /// <summary>The number of the last news of each unit, by its path.</summary>
    readonly Dictionary<string, long> changes = new(StringComparer.Ordinal);
    long noted;
    DateTimeOffset toldAt = DateTimeOffset.MinValue;
    bool telling;

    /// <param name="Person">Account id; 0 where all who see the same get the same.</param>
    readonly record struct Asked(string Group, int Person, Role Role, int? Sight, int Unit, bool Everyone);

    /// <param name="Noted">News before it began.</param>
    sealed record Reading(Task<int> Count, DateTimeOffset Since, DateOnly Today, long Noted);

    public TodoBook(IEnumerable<ITodoGroup> groups, UnitDirectory units, EntryNews news, TimeProvider clock)
    {
        (this.groups, this.units, this.clock) = ([.. groups.OrderBy(group => group.Order)], units, clock);
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscription = news.Subscribe(Note);
    }

    public IEnumerable<ITodoGroup> Groups(TodoScope scope) => groups.Where(group => group.Concerns(scope));

    public ITodoGroup? Find(string key) => groups.FirstOrDefault(group => group.Key == key);

    public async Task<int> CountAsync(Person person, Unit unit, int year, CancellationToken cancel) =>
        (await CountsAsync(person, unit, cancel)).Where(count => count.Group.Pressing).Sum(count => count.Count);

    /// <summary>Every group that concerns the person, with how many wait there.</summary>
    public async Task<IReadOnlyList<TodoCount>> CountsAsync(Person person, Unit unit, CancellationToken cancel)
    {
        var (tree, scope, all) = (await units.TreeAsync(cancel), new TodoScope(person, unit), new List<TodoCount>());
        var own = person.Tops(tree).Select(top => top.Path).ToList();
        foreach (var group in Groups(scope)) all.Add(new(group, await Shared(group, scope, own).WaitAsync(cancel)));
        return all;
    }

    public IDisposable? Watch(Action changed)
    {
        var watcher = new Watching(this, changed);
        lock (gate) watchers.Add(watcher);
        return watcher;
    }

    public void Dispose()
    {
        subscription.Dispose();
        timer.Dispose();
    }

    /// <param name="sight">Paths of all that the person sees: what is his own may lie in another unit than the one looked at.</param>
    Task<int> Shared(ITodoGroup group, TodoScope scope, IReadOnlyList<string> sight)
    {
        var (now, today, personal) = (clock.GetUtcNow(), ChinaTime.Today(clock), group.IsPersonal(scope));
        var asked = new Asked(group.Key, personal ? scope.Person.Id : 0, scope.Person.Role, scope.Person.UnitId, scope.Unit.Id, scope.Everyone);
        lock (gate)
        {
            foreach (var (key, old) in readings.Where(pair => now - pair.Value.Since > Freshness || pair.Value.Count.IsFaulted || pair.Value.Today != today).ToList()) readings.Remove(key);
            if (!readings.TryGetValue(asked, out var reading) || ChangedSince(reading.Noted, personal ? sight : [scope.Unit.Path]))
                // The reading is shared, so nobody who leaves may cancel it for the others.
                readings[asked] = reading = new(Task.Run(async () => (await group.CountsAsync(scope, CancellationToken.None)).Values.Sum()), now, today, noted);
            return reading.Count;
        }
    }

    bool ChangedSince(long number, IReadOnlyList<string> paths) =>
        number < noted && changes.Any(change => change.Value > number && paths.Any(path => change.Key.StartsWith(path, StringComparison.Ordinal)));

    void Note(EntryNotice notice)
    {
        lock (gate)
        {
            changes[notice.Unit.Path] = ++noted;
            if (telling) return;
            telling = true;
            var rest = toldAt + Spacing - clock.GetUtcNow();
            timer.Change(rest > Pause ? rest : Pause, Timeout.InfiniteTimeSpan);
        }
    }

    void Tell()
    {
        List<Watching> told;
        lock (gate)
        {
            (telling, toldAt) = (false, clock.GetUtcNow());
            told = [.. watchers];
        }
        foreach (var watcher in told) watcher.Changed();
    }

    sealed class Watching(TodoBook book, Action changed) : IDisposable
    {
        public void Changed() => changed();

        public void Dispose()
        {
            lock (book.gate) book.watchers.Remove(this);
        }
    }
}

using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>A group with how many there are of it in all.</summary>
public sealed record TodoCount(ITodoGroup Group, int Count);

/// <summary>
/// All groups of to-dos, and the number beside 待办. The number is read once for all who ask for the same person and unit,
/// and told anew when entries change.
/// </summary>
public sealed class TodoBook : ITodoSource, IDisposable
{
    /// <summary>How long news is gathered before pages are told: an import tells once, not a thousand times.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(600);
    /// <summary>Other processes write without news here.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    readonly IReadOnlyList<ITodoGroup> groups;
    readonly TimeProvider clock;
    readonly IDisposable subscription;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly Dictionary<(int Person, int Unit), (Task<IReadOnlyList<TodoCount>> Count, DateTimeOffset Since, DateOnly Today)> counts = [];
    readonly List<Watching> watchers = [];
    bool telling;

    public TodoBook(IEnumerable<ITodoGroup> groups, EntryNews news, TimeProvider clock)
    {
        (this.groups, this.clock) = ([.. groups.OrderBy(group => group.Order)], clock);
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscription = news.Subscribe(_ => Note());
    }

    public IEnumerable<ITodoGroup> Groups(TodoScope scope) => groups.Where(group => group.Concerns(scope));

    public ITodoGroup? Find(string key) => groups.FirstOrDefault(group => group.Key == key);

    public async Task<int> CountAsync(Person person, Unit unit, int year, CancellationToken cancel) =>
        (await CountsAsync(person, unit, cancel)).Where(count => count.Group.Pressing).Sum(count => count.Count);

    /// <summary>Every group that concerns the person, with how many wait there.</summary>
    public Task<IReadOnlyList<TodoCount>> CountsAsync(Person person, Unit unit, CancellationToken cancel)
    {
        var (now, today) = (clock.GetUtcNow(), ChinaTime.Today(clock));
        Task<IReadOnlyList<TodoCount>> count;
        lock (gate)
        {
            foreach (var key in counts.Where(pair => now - pair.Value.Since > Freshness || pair.Value.Count.IsFaulted || pair.Value.Today != today).Select(pair => pair.Key).ToList())
                counts.Remove(key);
            if (!counts.TryGetValue((person.Id, unit.Id), out var reading))
                // The reading is shared, so nobody who leaves may cancel it for the others.
                counts[(person.Id, unit.Id)] = reading = (Task.Run(() => ReadAsync(new(person, unit))), now, today);
            count = reading.Count;
        }
        return count.WaitAsync(cancel);
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

    async Task<IReadOnlyList<TodoCount>> ReadAsync(TodoScope scope)
    {
        var all = new List<TodoCount>();
        foreach (var group in Groups(scope))
            all.Add(new(group, (await group.CountsAsync(scope, CancellationToken.None)).Values.Sum()));
        return all;
    }

    void Note()
    {
        lock (gate)
        {
            counts.Clear();
            if (!telling) timer.Change(Pause, Timeout.InfiniteTimeSpan);
            telling = true;
        }
    }

    void Tell()
    {
        List<Watching> told;
        lock (gate)
        {
            // What was begun before the last change may have missed it.
            counts.Clear();
            telling = false;
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

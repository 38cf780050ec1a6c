using LawDashboard.Features.Ledgers;

namespace LawDashboard.Commands.Demo;

/// <summary>A step that is due, and the entry as it became; <see cref="Last"/> when nothing more happens to it.</summary>
sealed record DemoMoment(DemoEntry Source, DemoStep Step, bool Last)
{
    /// <summary>The entry's title as of this step, where it brings new values.</summary>
    public string? Title { get; set; }
    public Entry After { get; set; } = null!;
}

/// <summary>Brings what happened to many entries into the one order in which it happened.</summary>
sealed class DemoTimeline
{
    readonly PriorityQueue<(DemoEntry Entry, int Step), (long Moment, long Order)> queue = new();
    long order;

    public void Add(DemoEntry entry) => queue.Enqueue((entry, 0), (entry.Steps[0].At.Ticks, ++order));

    /// <summary>Everything that happened before the moment and was not taken yet.</summary>
    public IEnumerable<DemoMoment> TakeUntil(DateTime moment)
    {
        while (queue.TryPeek(out var next, out var priority) && priority.Moment < moment.Ticks)
        {
            var last = next.Step == next.Entry.Steps.Count - 1;
            // Of two things in the same second, what was invented first comes first.
            if (last) queue.Dequeue();
            else queue.DequeueEnqueue((next.Entry, next.Step + 1), (next.Entry.Steps[next.Step + 1].At.Ticks, priority.Order));
            yield return new(next.Entry, next.Entry.Steps[next.Step], last);
        }
    }
}

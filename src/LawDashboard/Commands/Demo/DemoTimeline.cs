using LawDashboard.Data;
using LawDashboard.Features.Accounts;
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

/// <summary>Does to entries what <see cref="EntryService"/> would do: ids, serial numbers without gaps, versions, states.</summary>
sealed class DemoRecorder(LedgerVersions versions)
{
    readonly Dictionary<DemoEntry, Entry> alive = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(string Ledger, int Unit, int Year), int> numbers = [];
    long lastId;

    /// <summary>The last number of each ledger, unit and year.</summary>
    public IEnumerable<SerialCounter> Counters =>
        numbers.Select(pair => new SerialCounter { LedgerKey = pair.Key.Ledger, UnitId = pair.Key.Unit, Year = pair.Key.Year, Last = pair.Value });

    /// <summary>Steps must come in the order in which they happened.</summary>
    public void Apply(DemoMoment moment)
    {
        var (source, step) = (moment.Source, moment.Step);
        if (!alive.TryGetValue(source, out var entry)) alive[source] = entry = New(source, step);
        if (step.Values is { } values)
        {
            entry.Values = values;
            entry.Title = moment.Title!;
            entry.DefinitionVersion = versions.Current(source.Ledger.Key);
        }
        entry.State = step.State;
        entry.StateNote = step.State is EntryState.Returned or EntryState.Voided ? step.Note : null;
        entry.ApprovedBy = step.State == EntryState.Approved ? step.By.Name : null;
        if (step.State == EntryState.Submitted && entry.Number is null) Number(source, entry);
        entry.Version++;
        entry.UpdatedAt = step.At;
        moment.After = moment.Last ? entry : entry.Copy();
        if (moment.Last) alive.Remove(source);
    }

    Entry New(DemoEntry source, DemoStep step) => new()
    {
        Id = ++lastId, LedgerKey = source.Ledger.Key, UnitId = source.Unit.Id, Date = source.Date, Title = "", Values = FieldValues.Empty,
        Version = 0, CreatedById = step.By.Id, CreatedBy = step.By.Name, CreatedAt = step.At,
    };

    void Number(DemoEntry source, Entry entry)
    {
        var key = (source.Ledger.Key, source.Unit.Id, entry.Date.Year);
        entry.Number = numbers[key] = numbers.GetValueOrDefault(key) + 1;
        entry.Serial = SerialNumbers.Print(source.Ledger, source.Unit, entry.Date.Year, entry.Number.Value);
    }
}

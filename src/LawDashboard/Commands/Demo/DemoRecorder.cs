using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Review;

namespace LawDashboard.Commands.Demo;

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
        if (step.Action == "unlock") entry.ApprovedValues = entry.Values;
        if (step.State == EntryState.Approved) entry.ApprovedValues = null;
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
        Backdated = Backdating.Is(source.Ledger, source.Date, step.At),
    };

    void Number(DemoEntry source, Entry entry)
    {
        var key = (source.Ledger.Key, source.Unit.Id, entry.Date.Year);
        entry.Number = numbers[key] = numbers.GetValueOrDefault(key) + 1;
        entry.Serial = SerialNumbers.Print(source.Ledger, source.Unit, entry.Date.Year, entry.Number.Value);
    }
}

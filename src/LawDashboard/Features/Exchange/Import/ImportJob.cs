namespace LawDashboard.Features.Exchange.Import;

/// <summary>How far an upload is: columns to be looked at, being tried, tried, being imported, imported.</summary>
public enum ImportStep { Columns, Trying, Preview, Importing, Done }

/// <summary>One uploaded file on its way into a ledger. Pages watch it; the work on it goes on whether one is open or not.</summary>
public sealed class ImportJob : IProgress<int>
{
    readonly Lock gate = new();
    CancellationTokenSource? running;

    internal ImportJob(string id, int ownerId, Workbook workbook, ImportChoices choices) => (Id, OwnerId, Workbook, Choices) = (id, ownerId, workbook, choices);

    public string Id { get; }
    public int OwnerId { get; }
    public ImportStep Step { get; private set; }
    public ImportChoices Choices { get; private set; }
    /// <summary>Rows that were read or written so far, while something is under way.</summary>
    public int Rows { get; private set; }
    /// <summary>Why the last attempt ended before its time.</summary>
    public string? Problem { get; private set; }
    internal Workbook Workbook { get; }
    internal SheetView? View { get; private set; }
    internal ImportReport? Trial { get; private set; }
    internal ImportOutcome? Outcome { get; private set; }
    public bool Busy => Step is ImportStep.Trying or ImportStep.Importing;

    /// <summary>Something changed; raised on any thread.</summary>
    public event Action? Changed;

    void IProgress<int>.Report(int value)
    {
        Rows = value;
        Changed?.Invoke();
    }

    internal void Look(SheetView view, ImportChoices choices)
    {
        (View, Choices, Trial, Problem) = (view, choices, null, null);
        if (!Busy) Step = ImportStep.Columns;
        Changed?.Invoke();
    }

    /// <summary>Other choices for the next trial.</summary>
    internal void Choose(ImportChoices choices)
    {
        Choices = choices;
        // What was tried with other columns says nothing any more.
        if (Step == ImportStep.Columns) Trial = null;
    }

    /// <summary>Null when something is under way already.</summary>
    internal CancellationToken? Begin(ImportStep step)
    {
        lock (gate)
        {
            if (Busy || Step == ImportStep.Done) return null;
            running?.Dispose();
            running = new();
            (Step, Rows, Problem) = (step, 0, null);
        }
        Changed?.Invoke();
        return running.Token;
    }

    public void Stop()
    {
        lock (gate) running?.Cancel();
    }

    internal void BackToColumns()
    {
        if (Busy) return;
        Step = ImportStep.Columns;
        Changed?.Invoke();
    }

    internal void Tried(ImportReport report) => End(() => (Trial, Step) = (report, ImportStep.Preview));
    internal void Imported(ImportOutcome outcome) => End(() => (Outcome, Step) = (outcome, ImportStep.Done));
    internal void Fail(string sentence) => End(() => (Problem, Step) = (sentence, Trial is null ? ImportStep.Columns : ImportStep.Preview));

    void End(Action change)
    {
        lock (gate) change();
        Changed?.Invoke();
    }
}

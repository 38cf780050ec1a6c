using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Deadlines.Pages;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;

namespace LawDashboard.Features.Deadlines;

/// <summary>办理时限 on the page of an entry.</summary>
sealed class ClockPanelSlot : IEntryPanel
{
    public int Order => 5;
    public Type Component => typeof(ClockPanel);
    /// <summary>Limits follow from the entry as shown and its day.</summary>
    public bool ShowsPast => true;
}

/// <summary>时限 beside the form.</summary>
sealed class ClockFormSlot : IFormPanel
{
    public int Order => 10;
    public Type Component => typeof(ClockFormPanel);
}

/// <summary>Lists narrowed to entries with a limit that is overdue or due soon: <c>x.clock=overdue</c>.</summary>
sealed class ClockFilter(ClockCatalog catalog, TimeProvider clock) : IListFilter
{
    static readonly (string Value, string Label, DueKind Kind)[] Choices =
        [("overdue", "已逾期", DueKind.Overdue), (LateEntries.Filter, "超过法定或规定时限", DueKind.Statutory), ("week", "七日内到期", DueKind.Soon), ("uncertain", "到期日不能确定", DueKind.Unknown)];

    public string Key => "clock";
    public string Label => "时限";

    public IReadOnlyList<(string Value, string Label)> Options(LedgerDefinition ledger) =>
        catalog.OfLedger(ledger.Key).Any() ? [.. Choices.Select(choice => (choice.Value, choice.Label))] : [];

    public EntryNarrowing? Narrow(Person person, string value, PastPoint? past)
    {
        if (Choices.FirstOrDefault(choice => choice.Value == value) is not { Label: not null } chosen) return null;
        var today = ChinaTime.Today(clock);
        // As a set of ids and not entry by entry: few limits are open, however long the ledger is.
        return new(Key, value, (db, entries) =>
        {
            var due = ClockReader.Of(db.EntryClocks, chosen.Kind, today).Select(row => row.EntryId);
            return entries.Where(entry => due.Contains(entry.Id));
        });
    }
}

/// <summary>逾期3天 beside an entry in a list: its most pressing open limit.</summary>
sealed class ClockMarks(ClockReckoner reckoner, TimeProvider clock) : IRowMarks
{
    public Task<IReadOnlyDictionary<long, IReadOnlyList<RowMark>>> OfAsync(LedgerDefinition ledger, IReadOnlyList<Entry> rows, CancellationToken cancel)
    {
        var today = ChinaTime.Today(clock);
        var marks = new Dictionary<long, IReadOnlyList<RowMark>>();
        foreach (var row in rows.Where(row => row.State != EntryState.Voided))
            if (Pressing(row, today) is { } due)
                marks[row.Id] = [new(ClockWords.State(due, today), ClockWords.Tone(due, today), ClockWords.Glyph(due, today), $"{due.Definition.Name}：{ClockWords.Rule(due)}")];
        return Task.FromResult<IReadOnlyDictionary<long, IReadOnlyList<RowMark>>>(marks);
    }

    Clock? Pressing(Entry entry, DateOnly today) => reckoner.Of(entry.LedgerKey, entry.Values)
        .Where(due => due.Definition.Reminds && due.StateOn(today) is ClockState.Overdue or ClockState.DueSoon).MinBy(due => due.Due);
}

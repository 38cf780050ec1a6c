using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers.Batches;

/// <summary>What is to be done with many entries of a list at once.</summary>
public abstract record BulkChange
{
    /// <summary>What it does, for the list of batches and the audit log: 批量审核通过.</summary>
    public abstract string Sentence { get; }

    internal abstract BatchEdit Edit(int row, long id);

    /// <summary>Another state; a return and a voiding need a note.</summary>
    public sealed record Move(EntryAction Action, string? Note = null) : BulkChange
    {
        public override string Sentence => $"批量{EntryWorkflow.Label(Action)}";
        internal override BatchEdit Edit(int row, long id) => new BatchEdit.Move(row, id, null, Action, Note);
    }

    /// <summary>One field for all of them.</summary>
    /// <param name="Value">As stored; null empties the field.</param>
    /// <param name="Shown">As people read it.</param>
    public sealed record Set(FieldDefinition Field, object? Value, string Shown) : BulkChange
    {
        public override string Sentence => Value is null ? $"批量清空{Field.Label}" : $"批量修改{Field.Label}为“{Shown.Shortened(60)}”";
        internal override BatchEdit Edit(int row, long id) => new BatchEdit.Change(row, id, null, values => values.With(Field.Key, Value));
    }

    /// <summary>Fields that can be set for many at once: no files, and nobody's personal data.</summary>
    public static IEnumerable<FieldDefinition> Fields(LedgerDefinition ledger) => ledger.Fields.Where(field => field.Type != FieldType.Files && !field.IsPersonal);
}

/// <summary>The entries of a list that were ticked, or all that its query finds.</summary>
public sealed record BulkScope(LedgerDefinition Ledger, Unit Unit, IReadOnlyList<long> Ids, bool Filtered);

/// <summary>Changes many entries of a list at once, by the rules of single edits, as one batch that is undone as one.</summary>
public sealed class BulkChanges(EntryBatches batches, EntryLists lists)
{
    /// <summary>Word by which such batches are found again.</summary>
    public const string Kind = "bulk";
    /// <summary>More than anybody changes on purpose, and what is done within seconds.</summary>
    public const int Most = 20_000;

    /// <summary>All entries of a list, as far as they can be changed at once.</summary>
    public async Task<BulkScope> AllAsync(EntryQuery query, Unit unit, CancellationToken cancel = default) =>
        new(query.Ledger!, unit, await lists.IdsAsync(query, Most, cancel), Filtered: true);

    /// <summary>What would come of it; nothing is written.</summary>
    public Task<BatchOutcome> TryAsync(Person person, BulkScope scope, BulkChange change, CancellationToken cancel = default) => RunAsync(person, scope, change, trial: true, null, cancel);

    /// <summary>Changes what can be changed; the rest is refused row by row.</summary>
    public Task<BatchOutcome> RunAsync(Person person, BulkScope scope, BulkChange change, IProgress<int>? progress = null, CancellationToken cancel = default) =>
        RunAsync(person, scope, change, trial: false, progress, cancel);

    Task<BatchOutcome> RunAsync(Person person, BulkScope scope, BulkChange change, bool trial, IProgress<int>? progress, CancellationToken cancel) =>
        batches.RunAsync(person, new(Kind, $"{scope.Ledger.ShortName}：{change.Sentence}", scope.Ledger, scope.Unit) { SkipFaulty = true, Trial = trial },
            scope.Ids.Index().Select(pair => change.Edit(pair.Index + 1, pair.Item)).ToAsyncEnumerable(), progress, cancel);
}

/// <summary>What a bulk change will do or did, in a sentence.</summary>
public static class BulkWords
{
    const int ReasonsNamed = 3;

    /// <summary>将提交审核筛选出的128条，其中3条不能办理：请填写事由2条；….</summary>
    public static string Preview(BulkScope scope, BulkChange change, BatchOutcome outcome)
    {
        var what = change switch
        {
            BulkChange.Move(var action, _) => $"将把{Which(scope)}的{Number(scope.Ids.Count)}条{EntryWorkflow.Label(action)}",
            BulkChange.Set { Value: null } set => $"将清空{Which(scope)}的{Number(scope.Ids.Count)}条的{set.Field.Label}",
            BulkChange.Set set => $"将把{Which(scope)}的{Number(scope.Ids.Count)}条的{set.Field.Label}改为“{set.Shown}”",
            _ => "",
        };
        return what + (outcome.Unchanged > 0 ? $"，其中{Number(outcome.Unchanged)}条已经如此" : "")
            + (outcome.Faulty == 0 ? "。" : $"，其中{Number(outcome.Faulty)}条不能办理：{Reasons(outcome)}。");
    }

    public static string Result(BatchOutcome outcome) => $"已办理{Number(outcome.Changed)}条"
        + (outcome.Unchanged > 0 ? $"，{Number(outcome.Unchanged)}条原已如此" : "") + (outcome.Faulty > 0 ? $"，{Number(outcome.Faulty)}条没有办理" : "") + "。";

    public static string Reason(BatchError error) => string.Join('；', error.Errors.Select(wrong => wrong.Message));

    static string Reasons(BatchOutcome outcome)
    {
        var groups = outcome.Errors.GroupBy(Reason).OrderByDescending(group => group.Count()).ToList();
        return string.Join('；', groups.Take(ReasonsNamed).Select(group => $"{group.Key}（{group.Count()}条）")) + (groups.Count > ReasonsNamed ? "等" : "");
    }

    static string Which(BulkScope scope) => scope.Filtered ? "筛选出" : "选中";
    static string Number(int number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}

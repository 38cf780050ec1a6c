using LawDashboard.Features.Accounts;

namespace LawDashboard.Features.Ledgers;

/// <summary>What can be done to an entry besides editing it.</summary>
public enum EntryAction { Submit, Approve, Return, Unlock, Void }

/// <summary>Which states lead where, and who may take them there.</summary>
public static class EntryWorkflow
{
    /// <summary>登记 → 提交审核 → 审核通过 / 退回修改; 解除锁定 opens what was approved again, as if returned; 作废 ends it.</summary>
    public static EntryState Next(EntryAction action) => action switch
    {
        EntryAction.Submit => EntryState.Submitted,
        EntryAction.Approve => EntryState.Approved,
        EntryAction.Return or EntryAction.Unlock => EntryState.Returned,
        _ => EntryState.Voided,
    };

    public static string Label(EntryState state) => state switch
    {
        EntryState.Draft => "草稿",
        EntryState.Submitted => "待审",
        EntryState.Approved => "已审",
        EntryState.Returned => "退回",
        _ => "作废",
    };

    public static string Label(EntryAction action) => action switch
    {
        EntryAction.Submit => "提交审核",
        EntryAction.Approve => "审核通过",
        EntryAction.Return => "退回修改",
        EntryAction.Unlock => "解除锁定",
        _ => "作废",
    };

    /// <summary>A return says what to mend, an unlocking or a voiding says why: all need a note.</summary>
    public static bool NeedsNote(EntryAction action) => action is EntryAction.Return or EntryAction.Unlock or EntryAction.Void;

    /// <summary>Why a row that lists an event of another ledger is not changed by itself.</summary>
    public const string Follows = "这条记录由别的台账登记，内容和审核随原记录办理";

    public static bool CanEdit(Person person, Entry entry) =>
        entry.OriginId is null && person.CanRecord && entry.State is EntryState.Draft or EntryState.Submitted or EntryState.Returned;

    /// <summary>Null when allowed, else why not.</summary>
    public static string? Refusal(Person person, Entry entry, EntryAction action)
    {
        if (entry.OriginId is not null) return Follows;
        var allowed = action switch
        {
            EntryAction.Submit => person.CanRecord,
            EntryAction.Approve or EntryAction.Return => person.CanReview,
            EntryAction.Unlock => person.CanReview || person.Role == Role.Leader,
            // Who logged something by mistake may take it back himself until it is approved.
            _ => person.CanReview || (person.CanRecord && entry.CreatedById == person.Id && entry.State != EntryState.Approved),
        };
        if (!allowed) return $"{Person.Label(person.Role)}没有“{Label(action)}”的权限";
        var possible = action switch
        {
            EntryAction.Submit => entry.State is EntryState.Draft or EntryState.Returned,
            EntryAction.Approve => entry.State == EntryState.Submitted,
            EntryAction.Return => entry.State == EntryState.Submitted,
            EntryAction.Unlock => entry.State == EntryState.Approved,
            _ => entry.State != EntryState.Voided,
        };
        return possible ? null : $"记录现在是“{Label(entry.State)}”，不能{Label(action)}";
    }

    public static IEnumerable<EntryAction> Possible(Person person, Entry entry) =>
        Enum.GetValues<EntryAction>().Where(action => Refusal(person, entry, action) is null);
}

using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Supervision;

/// <summary>What is handed out: to a unit, or to one person of it.</summary>
public sealed record SupervisionOrder(string Title, string Href, string? GapKey, Unit Unit, int? AssigneeId, DateOnly? DueOn, string? Text);

/// <summary>A task with its history, oldest step first.</summary>
public sealed record SupervisedWork(SupervisedTask Task, Unit Unit, IReadOnlyList<SupervisionStep> Steps);

/// <summary>Somebody to whom a task can be handed.</summary>
public sealed record Assignee(int Id, string Name, Unit Unit);

/// <summary>
/// Hands out supervised tasks and follows them: feedback, reminder, sending back, closing. Each step is one transaction
/// with its line in the audit log. Refusals are sentences.
/// </summary>
public sealed class SupervisionService(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, TimeProvider clock)
{
    public const int MostText = 500;

    /// <summary>Raised on any thread after a task was handed out or a step taken.</summary>
    public event Action? Changed;

    /// <summary>Whoever leads, reviews or inspects may hand out work within his units.</summary>
    public static bool MaySupervise(Person person) => person.Role is not Role.Recorder;

    /// <summary>Whoever is to act on it: the named person, or those who record in the unit.</summary>
    public static bool MayAnswer(Person person, SupervisedTask task, UnitTree tree) =>
        task.AssigneeId is { } assignee ? assignee == person.Id : person.CanRecord && person.Sees(tree, task.UnitId);

    /// <summary>Null when it was handed out, otherwise why not.</summary>
    public async Task<string?> AssignAsync(Person person, SupervisionOrder order, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!MaySupervise(person) || !person.Sees(tree, order.Unit)) return $"{Person.Label(person.Role)}不能向{order.Unit.Name}交办。";
        if (string.IsNullOrWhiteSpace(order.Title)) return "请写明督办事项。";
        if (order.Title.Length > 200) return "督办事项最多200字。";
        // It stands as a link on other people's pages.
        if (!order.Href.StartsWith('/') || order.Href is [_, '/' or '\\', ..] || order.Href.Length > 400) return "督办事项的链接不对。";
        if (DueProblem(order.DueOn, ChinaTime.Today(clock)) is { } late) return late;
        if (TooLong(order.Text)) return $"要求最多{MostText}字。";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var assignee = order.AssigneeId is { } id ? (await AssigneesAsync(db, tree, order.Unit, cancel)).FirstOrDefault(someone => someone.Id == id) : null;
        if (order.AssigneeId is not null && assignee is null) return $"这个人不在{order.Unit.Name}，或账号已停用。";
        if (order.GapKey is not null && await db.SupervisedTasks.AnyAsync(t => t.GapKey == order.GapKey && t.UnitId == order.Unit.Id && t.State != SupervisionState.Closed, cancel))
            return "这件事已经在督办，不再重复交办。";
        var now = ChinaTime.Now(clock);
        var task = new SupervisedTask
        {
            Title = order.Title.Trim(), Href = order.Href, GapKey = order.GapKey, UnitId = order.Unit.Id, AssigneeId = assignee?.Id, Assignee = assignee?.Name,
            DueOn = order.DueOn!.Value, SetById = person.Id, SetBy = person.Name, SetAt = now,
        };
        db.SupervisedTasks.Add(task);
        await db.SaveChangesAsync(cancel);
        await StepAsync(db, transaction, task, person, SupervisionAction.Assign, order.Text, now, cancel);
        return null;
    }

    /// <summary>Takes one step; null when it was taken, otherwise why not.</summary>
    public async Task<string?> StepAsync(Person person, int taskId, int version, SupervisionAction action, string? text, CancellationToken cancel = default)
    {
        text = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.SupervisedTasks.FindAsync([taskId], cancel) is not { } task || !Sees(person, tree, task)) return "没有这件督办事项，或不在您的单位范围内。";
        if (task.Version != version) return "这件事刚刚有了新的进展，请看过后再办。";
        if (task.State == SupervisionState.Closed) return "已经办结，不能再改。";
        if (action == SupervisionAction.Feedback ? !MayAnswer(person, task, tree) : !MaySupervise(person)) return $"{Person.Label(person.Role)}不能这样办理这件事。";
        if (action is SupervisionAction.SendBack && task.State is not SupervisionState.Answered) return "还没有反馈，无从退回。";
        if (text is null && action is SupervisionAction.Feedback or SupervisionAction.SendBack) return action is SupervisionAction.Feedback ? "请写明办理情况。" : "请写明退回的原因。";
        if (TooLong(text)) return $"最多{MostText}字。";
        task.State = action switch
        {
            SupervisionAction.Feedback => SupervisionState.Answered,
            SupervisionAction.SendBack => SupervisionState.Open,
            SupervisionAction.Close => SupervisionState.Closed,
            _ => task.State,
        };
        await StepAsync(db, transaction, task, person, action, text, ChinaTime.Now(clock), cancel);
        return null;
    }

    /// <summary>Tasks of a unit and below it that the person sees; the open and most urgent first.</summary>
    public async Task<IReadOnlyList<SupervisedWork>> ListAsync(Person person, Unit unit, bool closed, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!person.Sees(tree, unit)) return [];
        int[] ids = [.. tree.Subtree(unit).Select(below => below.Id)];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var tasks = await db.SupervisedTasks.AsNoTracking().Where(t => ids.Contains(t.UnitId) && (t.State == SupervisionState.Closed) == closed)
            .OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(500).ToListAsync(cancel);
        int[] shown = [.. tasks.Select(task => task.Id)];
        var steps = (await db.SupervisionSteps.AsNoTracking().Where(s => shown.Contains(s.TaskId)).OrderBy(s => s.Id).ToListAsync(cancel)).ToLookup(step => step.TaskId);
        return [.. tasks.Select(task => new SupervisedWork(task, tree[task.UnitId], [.. steps[task.Id]]))];
    }

    /// <summary>How many wait for this person to act: to answer, or to look at an answer to what he handed out.</summary>
    public async Task<int> WaitingAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        return (await ListAsync(person, unit, closed: false, cancel)).Count(work => Concerns(person, work.Task, tree));
    }

    public static bool Concerns(Person person, SupervisedTask task, UnitTree tree) => task.State switch
    {
        SupervisionState.Open => MayAnswer(person, task, tree),
        SupervisionState.Answered => task.SetById == person.Id,
        _ => false,
    };

    /// <summary>People of the unit and below it to whom a task can be handed.</summary>
    public async Task<IReadOnlyList<Assignee>> AssigneesAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!MaySupervise(person) || !person.Sees(tree, unit)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await AssigneesAsync(db, tree, unit, cancel);
    }

    static async Task<IReadOnlyList<Assignee>> AssigneesAsync(AppDbContext db, UnitTree tree, Unit unit, CancellationToken cancel)
    {
        int[] ids = [.. tree.Subtree(unit).Select(below => below.Id)];
        var people = await db.Accounts.AsNoTracking().Where(u => !u.Disabled && u.UnitId != null && ids.Contains(u.UnitId.Value))
            .OrderBy(u => u.DisplayName).Select(u => new { u.Id, u.DisplayName, UnitId = u.UnitId!.Value }).ToListAsync(cancel);
        return [.. people.Select(one => new Assignee(one.Id, one.DisplayName, tree[one.UnitId]))];
    }

    /// <summary>What is wrong with the day by which something is to be done; null when nothing is.</summary>
    public static string? DueProblem(DateOnly? due, DateOnly today) => due is null ? "请填写办结日期。" : due < today ? "办结日期不能早于今天。" : due > today.AddYears(1) ? "办结日期不能晚于一年以后。" : null;

    static bool Sees(Person person, UnitTree tree, SupervisedTask task) => person.Sees(tree, task.UnitId) || task.AssigneeId == person.Id;

    static bool TooLong(string? text) => text?.Length > MostText;

    async Task StepAsync(AppDbContext db, WriteTransaction transaction, SupervisedTask task, Person person, SupervisionAction action, string? text, DateTime now, CancellationToken cancel)
    {
        task.Version++;
        db.SupervisionSteps.Add(new() { TaskId = task.Id, At = now, PersonName = person.Name, Action = action, Text = text });
        var after = JsonSerializer.Serialize(new { name = task.Title, task.Href, task.Assignee, task.DueOn, State = task.State.ToString() });
        await AuditTrail.AppendAsync(db, [new(now, person.Id, person.Name, SupervisionWords.Audit(action), "supervision", task.Id, null, task.UnitId, after, text)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Changed?.Invoke();
    }
}

using LawDashboard.Data;

namespace LawDashboard.Features.Supervision;

/// <summary>States and steps of supervised tasks in the words of the office.</summary>
public static class SupervisionWords
{
    public static string Label(SupervisionState state) => state switch
    {
        SupervisionState.Open => "督办中",
        SupervisionState.Answered => "已反馈",
        _ => "已办结",
    };

    public static string Label(SupervisionAction action) => action switch
    {
        SupervisionAction.Assign => "交办",
        SupervisionAction.Feedback => "反馈",
        SupervisionAction.Remind => "催办",
        SupervisionAction.SendBack => "退回",
        _ => "办结",
    };

    /// <summary>As the audit log keeps it.</summary>
    internal static string Audit(SupervisionAction action) => action switch
    {
        SupervisionAction.Assign => "assign",
        SupervisionAction.Feedback => "feedback",
        SupervisionAction.Remind => "remind",
        SupervisionAction.SendBack => "return",
        _ => "close",
    };

    /// <summary>Who reminded last and how (催办) while nothing was answered since; null when nobody did.</summary>
    public static string? Reminded(SupervisedWork work) => work.Steps is [.., { Action: SupervisionAction.Remind } last]
        ? $"{last.PersonName}于{ChinaTime.Local(last.At):M月d日}催办{(work.Steps.Count(step => step.Action is SupervisionAction.Remind) is > 1 and var times ? $"（共{times}次）" : "")}{(last.Text is { } text ? $"：{text}" : "")}" : null;

    /// <summary>How long there is still, or how long it is overdue.</summary>
    public static string Left(DateOnly due, DateOnly today) => (due.DayNumber - today.DayNumber) switch
    {
        0 => "今天到期",
        > 0 and var days => $"还有{days}天",
        var days => $"逾期{-days}天",
    };
}

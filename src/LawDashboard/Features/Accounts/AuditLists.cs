using System.Collections.Frozen;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Accounts;

/// <summary>One line of the audit log for the eyes: what it was done to is named, its values stay in the log.</summary>
/// <param name="Name">Serial number, title or name of the thing, as it was then.</param>
public sealed record AuditRow(
    long Sequence, DateTime At, string PersonName, string Action, string Subject, long? SubjectId, int? UnitId, string? Name, string? Note);

/// <summary>Reads the audit log for administrators, newest first: never beyond their own subtree.</summary>
public sealed class AuditLists(IDbContextFactory<AppDbContext> contexts, UnitDirectory units)
{
    public const int PageSize = 50;

    /// <summary>
    /// The lines below <paramref name="unit"/>, and at the top also those that belong to no unit, such as a sign-in with an
    /// unknown account. Pages by sequence rather than by count: the log has no end, and counting it takes longer than reading it.
    /// </summary>
    /// <param name="before">Only older lines than this one; null for the newest.</param>
    public async Task<(IReadOnlyList<AuditRow> Rows, bool More)> PageAsync(
        Person actor, Unit unit, string? subject, string? person, long? before, CancellationToken cancel = default)
    {
        if (!actor.CanAdminister || !actor.Sees(await units.TreeAsync(cancel), unit)) return ([], false);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (path, all) = (unit.Path, db.Units);
        var lines = db.AuditEvents.AsNoTracking();
        // Whoever sees everything and stands at the top needs no look at the units of the lines.
        if (actor.UnitId is not null || unit.ParentId is not null)
            lines = lines.Where(line => all.Any(x => x.Id == line.UnitId && x.Path.StartsWith(path)));
        if (!string.IsNullOrEmpty(subject)) lines = lines.Where(line => line.Subject == subject);
        if (!string.IsNullOrWhiteSpace(person))
        {
            var name = person.Trim();
            lines = lines.Where(line => line.PersonName.Contains(name));
        }
        if (before is { } limit) lines = lines.Where(line => line.Sequence < limit);
        var found = await lines.OrderByDescending(line => line.Sequence).Take(PageSize + 1).ToListAsync(cancel);
        return ([.. found.Take(PageSize).Select(Row)], found.Count > PageSize);
    }

    static AuditRow Row(AuditEvent line) => new(
        line.Sequence, line.At, line.PersonName, line.Action, line.Subject, line.SubjectId, line.UnitId, NameOf(line.After), line.Note);

    static string? NameOf(string? after)
    {
        if (after is null) return null;
        using var document = JsonDocument.Parse(after);
        foreach (var key in (string[])["serial", "title", "name"])
            if (document.RootElement.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.String) return value.GetString();
        return null;
    }
}

/// <summary>The log's keys as people read them; a key without words is shown as it stands.</summary>
public static class AuditWords
{
    static readonly (string Key, string Words)[] SubjectWords =
    [
        ("entry", "台账记录"),
        ("ledger", "台账"),
        ("month", "封账"),
        ("account", "账号"),
        ("unit", "单位"),
        ("target", "指标目标"),
        ("measure", "统计口径"),
        ("tree", "考核指标体系"),
        ("judgement", "评议"),
        ("supervision", "督办事项"),
        ("silence", "登记提醒天数"),
        ("report", "年度报告"),
        ("report-template", "报告模板"),
        ("pack", "迎检资料包"),
        ("form", "上级报表"),
    ];

    static readonly FrozenDictionary<string, string> Known = SubjectWords.ToFrozenDictionary(subject => subject.Key, subject => subject.Words, StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string> Actions = new Dictionary<string, string>
    {
        ["create"] = "新增",
        ["edit"] = "修改",
        ["submit"] = "提交审核",
        ["approve"] = "审核通过",
        ["return"] = "退回修改",
        ["unlock"] = "解除锁定",
        ["void"] = "作废",
        ["list"] = "同时列入",
        ["unlist"] = "不再列入",
        ["comment"] = "评论",
        ["withdraw-comment"] = "撤回评论",
        ["different"] = "确认不是重复登记",
        ["lock-month"] = "封账",
        ["unlock-month"] = "解除封账",
        ["except-month"] = "批准封账例外",
        ["end-exception"] = "撤销封账例外",
        ["reveal"] = "查看完整个人信息",
        ["attach"] = "添加佐证材料",
        ["detach"] = "移除佐证材料",
        ["original"] = "下载佐证材料原件",
        ["assign"] = "交办",
        ["feedback"] = "反馈",
        ["remind"] = "催办",
        ["close"] = "办结",
        ["import"] = "导入",
        ["undo"] = "撤销批量操作",
        ["export"] = "导出",
        ["save"] = "保存",
        ["remove"] = "移除",
        ["report-submit"] = "报告送审",
        ["report-withdraw"] = "撤回送审",
        ["report-return"] = "退回报告",
        ["report-sign"] = "签发报告",
        ["report-correct"] = "开始更正",
        ["report-send"] = "登记报送",
        ["report-publish"] = "登记公开",
        ["report-parts"] = "修改公文要素",
        ["report-assign"] = "分工",
        ["report-unassign"] = "取消分工",
        ["report-section-done"] = "完成分工",
        ["report-section-reopened"] = "重新编写",
        ["settle-comment"] = "批注处理完毕",
        ["reopen-comment"] = "重新打开批注",
        ["restore"] = "恢复随程序的定义",
        ["sign-off"] = "核签",
        ["sign-off-withdrawn"] = "撤回核签",
        ["set-up"] = "初始设置",
        ["sign-in"] = "登录",
        ["sign-in-failed"] = "登录失败",
        ["sign-out"] = "退出登录",
        ["lock-out"] = "锁定账号",
        ["disable"] = "停用账号",
        ["enable"] = "启用账号",
        ["reset-password"] = "重置密码",
        ["change-password"] = "修改密码",
        ["change-password-failed"] = "修改密码失败",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Kinds of things that the page can be narrowed to.</summary>
    public static IEnumerable<string> Subjects => SubjectWords.Select(subject => subject.Key);

    public static string Subject(string subject) => Known.GetValueOrDefault(subject, subject);

    public static string Action(string action) => Actions.GetValueOrDefault(action, action);
}

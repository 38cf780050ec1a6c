using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Sections;

/// <summary>Somebody who may write a section of a report.</summary>
public sealed record SectionWriter(int Id, string Name, string Unit);

/// <summary>
/// Hands the sections of a report to people (分工). Each edits his section on the page; what he saves is merged into the one
/// report at once, so that nothing is left to be put together at the end but the marks of who has finished.
/// </summary>
public sealed class SectionDesk(ReportTemplates templates, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <summary>Raised on any thread after something was handed out or finished.</summary>
    public event Action? Changed;

    /// <summary>Whoever reviews or leads hands out the sections.</summary>
    public static bool MayAssign(Person person, UnitTree tree, Unit unit) => ReportSigning.MayReturn(person, tree, unit);

    /// <summary>Those who may write in a unit's report.</summary>
    public async Task<IReadOnlyList<SectionWriter>> WritersAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!ReportDesk.MayEdit(person, tree, unit)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        int[] ids = [.. tree.Subtree(unit).Select(below => below.Id)];
        var accounts = await db.Accounts.AsNoTracking().Where(a => !a.Disabled && a.UnitId != null && ids.Contains(a.UnitId.Value)).OrderBy(a => a.DisplayName).ToListAsync(cancel);
        return [.. accounts.Where(a => ReportDesk.MayEdit(new(a.Id, a.UserName!, a.DisplayName, a.Role, a.UnitId), tree, unit)).Select(a => new SectionWriter(a.Id, a.DisplayName, tree[a.UnitId!.Value].Name))];
    }

    /// <summary>Gives a section to somebody, in place of who had it; null when it was done, otherwise why not.</summary>
    public async Task<string?> AssignAsync(Person person, Unit unit, int report, string section, int? writer, DateOnly? due, CancellationToken cancel = default)
    {
        if (!MayAssign(person, await units.TreeAsync(cancel), unit)) return "只有负责人和审核员可以分工。";
        if (string.IsNullOrWhiteSpace(section) || section.Length > ReportAssignment.MostSection) return "请选择一个部分。";
        if ((await WritersAsync(person, unit, cancel)).FirstOrDefault(one => one.Id == writer) is not { } chosen) return "请选择编写人。";
        if (due is not { } day) return "请填写完成日期。";
        if (day < ChinaTime.Today(clock)) return "完成日期不能早于今天。";
        return await WriteAsync(person, unit, report, "report-assign", $"{section}：{chosen.Name}，{FieldValues.Iso(day)}前", async (db, stored) =>
        {
            if (stored.State != ReportState.Drafting) return "报告不在起草中，不能分工。";
            await db.ReportAssignments.Where(a => a.ReportId == report && a.Section == section).ExecuteDeleteAsync(cancel);
            db.ReportAssignments.Add(new()
            {
                ReportId = report, Section = section, AssigneeId = chosen.Id, Assignee = chosen.Name, DueOn = day, SetById = person.Id, SetBy = person.Name, SetAt = ChinaTime.Now(clock),
            });
            return null;
        }, cancel);
    }

    /// <summary>Marks a section as finished, or opens it again; by its writer, or by who hands out.</summary>
    public async Task<string?> FinishAsync(Person person, Unit unit, int report, int assignment, bool finished, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        return await WriteAsync(person, unit, report, finished ? "report-section-done" : "report-section-reopened", null, async (db, stored) =>
        {
            if (await db.ReportAssignments.FirstOrDefaultAsync(a => a.Id == assignment && a.ReportId == report, cancel) is not { } section) return "这一部分已经重新分工。";
            if (section.AssigneeId != person.Id && !MayAssign(person, tree, unit)) return $"这一部分由{section.Assignee}编写。";
            if (stored.State != ReportState.Drafting) return "报告不在起草中。";
            section.DoneAt = finished ? ChinaTime.Now(clock) : null;
            section.DoneVersion = finished ? stored.LastVersion : null;
            return null;
        }, cancel);
    }

    /// <summary>Takes a section back from its writer.</summary>
    public async Task<string?> RemoveAsync(Person person, Unit unit, int report, int assignment, CancellationToken cancel = default)
    {
        if (!MayAssign(person, await units.TreeAsync(cancel), unit)) return "只有负责人和审核员可以取消分工。";
        return await WriteAsync(person, unit, report, "report-unassign", null, async (db, _) =>
            await db.ReportAssignments.Where(a => a.Id == assignment && a.ReportId == report).ExecuteDeleteAsync(cancel) == 0 ? "这一部分已经重新分工。" : null, cancel);
    }

    async Task<string?> WriteAsync(Person person, Unit unit, int report, string action, string? note, Func<AppDbContext, StoredReport, Task<string?>> take, CancellationToken cancel)
    {
        if (!ReportDesk.MayEdit(person, await units.TreeAsync(cancel), unit)) return "您的账号不能编写这份报告。";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == report && r.UnitId == unit.Id, cancel) is not { } stored) return "报告不存在。";
        if (await take(db, stored) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        var after = JsonSerializer.Serialize(new { name = templates.NameFor(unit, stored.Key),
            sections = await db.ReportAssignments.AsNoTracking().Where(a => a.ReportId == report).OrderBy(a => a.Id).Select(a => new { a.Section, a.Assignee, a.DueOn, a.DoneVersion }).ToListAsync(cancel) });
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, action, "report", report, UnitId: unit.Id, After: after, Note: note)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Changed?.Invoke();
        return null;
    }
}

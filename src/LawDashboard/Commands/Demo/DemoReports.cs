using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands.Demo;

/// <summary>Notes that every government sent and published its report on the first of the two years, as it was written before this program was there.</summary>
static class DemoReports
{
    const string Clerk = "演示数据";

    public static async Task SendAsync(IDbContextFactory<AppDbContext> contexts, UnitTree tree, int year, DateTime now, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        foreach (var (i, unit) in tree.All.Where(ReportService.Reports).Index())
            foreach (var (kind, on, where) in ((DispatchKind, DateOnly, string)[])
                [(DispatchKind.Sent, new(year + 1, 2, 9 + i % 14), "上一级党委、政府，抄送依法治区办"), (DispatchKind.Published, new(year + 1, 3, 3 + i % 20), "政府门户网站政府信息公开专栏")])
            {
                if (on > DateOnly.FromDateTime(ChinaTime.Local(now))) continue;
                db.ReportDispatches.Add(new() { UnitId = unit.Id, Year = year, Template = ReportTemplates.Usual(unit), Kind = kind, On = on, Where = where, PersonId = 0, Person = Clerk, At = now });
                await AuditTrail.AppendAsync(db, [new(now, 0, Clerk, SigningWords.Audit(kind == DispatchKind.Sent ? ReportAction.Send : ReportAction.Publish), "report", UnitId: unit.Id,
                    Note: $"{unit.Name}{year}年度报告（在系统外编写）：{FieldValues.Iso(on)} {where}")], cancel);
            }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}

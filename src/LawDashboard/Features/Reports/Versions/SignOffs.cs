using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>Findings of the claim check that somebody signed off, by name and with a reason. They hold until the words or the reason of the finding change.</summary>
public sealed class SignOffs(UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<string, ReportSignOff>> OfAsync(int report, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.ReportSignOffs.AsNoTracking().Where(signOff => signOff.ReportId == report).ToDictionaryAsync(signOff => signOff.Fingerprint, StringComparer.Ordinal, cancel);
    }

    /// <returns>Why it was refused; null when it is signed off.</returns>
    public async Task<string?> SignAsync(Person person, Unit unit, int report, ClaimFinding finding, string? reason, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(reason)) return "请写明核签理由。";
        if (reason.Length > 500) return "核签理由不超过500字。";
        if (!ReportDesk.MayEdit(person, await units.TreeAsync(cancel), unit)) return "您的账号不能核签这份报告。";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.Reports.FirstOrDefaultAsync(r => r.Id == report && r.UnitId == unit.Id, cancel) is not { } stored) return "报告不存在。";
        // What was signed off then is kept with the signed version.
        if (stored.State == ReportState.Signed) return "报告已经签发，核签意见不能再改。";
        if (!await db.ReportSignOffs.AnyAsync(s => s.ReportId == report && s.Fingerprint == finding.Fingerprint, cancel))
        {
            db.ReportSignOffs.Add(new()
            {
                ReportId = report, Fingerprint = finding.Fingerprint, Rule = finding.Rule, Reason = reason.Trim(), PersonId = person.Id, Person = person.Name, At = ChinaTime.Now(clock),
            });
            await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "sign-off", "report", report, UnitId: unit.Id, Note: $"{finding.RuleName}“{finding.Place.Quote}”：{reason.Trim()}")], cancel);
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Takes a signature back.</summary>
    public async Task WithdrawAsync(Person person, Unit unit, int report, string fingerprint, CancellationToken cancel = default)
    {
        if (!ReportDesk.MayEdit(person, await units.TreeAsync(cancel), unit)) return;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var own = db.Reports.Where(r => r.Id == report && r.UnitId == unit.Id && r.State != ReportState.Signed).Select(r => r.Id);
        if (await db.ReportSignOffs.Where(s => own.Contains(s.ReportId) && s.Fingerprint == fingerprint).ExecuteDeleteAsync(cancel) > 0)
        {
            await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "sign-off-withdrawn", "report", report, UnitId: unit.Id)], cancel);
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }
}

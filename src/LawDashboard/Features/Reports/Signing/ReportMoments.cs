using LawDashboard.Components.Past;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>The signings of a unit's reports on a year, and on the year before, as points in the past that have a name.</summary>
sealed class ReportMoments(IDbContextFactory<AppDbContext> contexts, ReportTemplates templates, UnitDirectory units) : IMomentSource
{
    public async Task<IReadOnlyList<NamedMoment>> OfAsync(Person person, Unit unit, int year, CancellationToken cancel)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var signed = await (from signature in db.ReportSignatures.AsNoTracking()
                            join report in db.Reports on signature.ReportId equals report.Id
                            where report.UnitId == unit.Id && report.Year <= year && report.Year >= year - 1
                            orderby signature.AuditSequence descending
                            select new { report.Year, report.Template, signature.Version, signature.At, signature.AuditSequence }).Take(6).ToListAsync(cancel);
        return [.. signed.Select(one => new NamedMoment($"{templates.NameFor(unit, new(one.Year, one.Template))}第{one.Version}版签发时（{ChinaTime.Local(one.At).Month}月{ChinaTime.Local(one.At).Day}日）", $"@{one.AuditSequence}"))];
    }
}

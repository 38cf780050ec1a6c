using System.CommandLine;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands;

/// <summary><c>verify</c>: checks the audit chain and recounts every tally from the entries.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "核对操作日志链和全部汇总数");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancel);
            var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
            var broken = await AuditTrail.FirstBrokenAsync(db, cancel);
            var differences = await Recount.DifferencesAsync(db, tree, services.GetRequiredService<Counters>(), cancel);
            if (parsed.GetValue(CommonOptions.Json))
                CommandLine.PrintJson(new { auditBrokenAt = broken, tallyDifferences = differences });
            else
            {
                Console.Out.WriteLine(broken is null ? "操作日志：完整" : $"操作日志：第{broken}条起与链不符");
                Console.Out.WriteLine(differences.Count == 0 ? "汇总数：与台账一致" : $"汇总数：{differences.Count}处与台账不符");
                foreach (var difference in differences.Take(50))
                    Console.Out.WriteLine($"  {tree.Find(difference.Key.UnitId)?.Name} {difference.Key.Month} {difference.Key.MeasureKey} {difference.Key.Slice} {difference.Key.State}：存{difference.Stored}，数{difference.Counted}");
            }
            return broken is null && differences.Count == 0 ? 0 : 1;
        });
        return command;
    }
}

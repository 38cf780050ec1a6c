using System.CommandLine;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands;

/// <summary><c>verify</c>: checks the audit chain, recounts every tally from the entries, and holds the search index against them.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "核对操作日志链、全部汇总数和搜索索引");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancel);
            var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
            var broken = await AuditTrail.FirstBrokenAsync(db, cancel);
            var differences = await Recount.DifferencesAsync(db, tree, services.GetRequiredService<Counters>(), cancel);
            var faults = await services.GetRequiredService<EntryIndex>().FaultsAsync(cancel);
            if (parsed.GetValue(CommonOptions.Json))
                CommandLine.PrintJson(new { auditBrokenAt = broken, tallyDifferences = differences, searchFaults = faults });
            else
            {
                Console.Out.WriteLine(broken is null ? "操作日志：完整" : $"操作日志：第{broken}条起与链不符");
                Console.Out.WriteLine(differences.Count == 0 ? "汇总数：与台账一致" : $"汇总数：{differences.Count}处与台账不符");
                foreach (var difference in differences.Take(50))
                    Console.Out.WriteLine($"  {tree.Find(difference.Key.UnitId)?.Name} {difference.Key.Month} {difference.Key.MeasureKey} {difference.Key.Slice} {difference.Key.State}：存{difference.Stored}，数{difference.Counted}");
                Console.Out.WriteLine(faults.Count == 0 ? "搜索索引：与台账一致" : $"搜索索引：{string.Join('；', faults)}");
            }
            return broken is null && differences.Count == 0 && faults.Count == 0 ? 0 : 1;
        });
        return command;
    }
}

using System.CommandLine;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands;

/// <summary><c>verify</c>: checks the audit chain, recounts every tally, time limit, case file gap and pointer, holds the search index against the entries and signed reports against what was signed.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "核对操作日志链、全部汇总数、时限、卷宗检查、日期和亮点索引、搜索索引和已签发的报告");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancel);
            var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
            var broken = await AuditTrail.FirstBrokenAsync(db, cancel);
            var differences = await Recount.DifferencesAsync(db, tree, services.GetRequiredService<Counters>(), cancel);
            var clocks = await ClockRecount.DifferencesAsync(db, services.GetRequiredService<ClockKeeper>(), services.GetRequiredService<ClockCatalog>(), cancel);
            var files = await services.GetRequiredService<CaseFileKeeper>().DifferencesAsync(db, cancel);
            var pointers = await services.GetRequiredService<EntryPointers>().DifferencesAsync(db, cancel);
            var faults = await services.GetRequiredService<EntryIndex>().FaultsAsync(cancel);
            var signed = await ReportSigning.FaultsAsync(db, cancel);
            if (parsed.GetValue(CommonOptions.Json))
                CommandLine.PrintJson(new { auditBrokenAt = broken, tallyDifferences = differences, clockDifferences = clocks, caseFileDifferences = files, pointerDifferences = pointers, searchFaults = faults, signedReportFaults = signed });
            else
            {
                Console.Out.WriteLine(broken is null ? "操作日志：完整" : $"操作日志：第{broken}条起与链不符");
                Console.Out.WriteLine(differences.Count == 0 ? "汇总数：与台账一致" : $"汇总数：{differences.Count}处与台账不符");
                foreach (var difference in differences.Take(50))
                    Console.Out.WriteLine($"  {tree.Find(difference.Key.UnitId)?.Name} {difference.Key.Month} {difference.Key.MeasureKey} {difference.Key.Slice} {difference.Key.State}：存{difference.Stored}，数{difference.Counted}");
                Console.Out.WriteLine(clocks.Count == 0 ? "时限：与台账一致" : $"时限：{clocks.Count}处与台账不符");
                foreach (var difference in clocks.Take(50)) Console.Out.WriteLine($"  记录{difference.EntryId} {difference.ClockKey}：存{difference.Stored?.Due?.ToString("yyyy-MM-dd") ?? "无"}，算{difference.Reckoned?.Due?.ToString("yyyy-MM-dd") ?? "无"}");
                Console.Out.WriteLine(files == 0 ? "卷宗检查：与台账一致" : $"卷宗检查：{files}条记录与台账不符");
                Console.Out.WriteLine(pointers == 0 ? "日期和亮点索引：与台账一致" : $"日期和亮点索引：{pointers}处与台账不符");
                Console.Out.WriteLine(faults.Count == 0 ? "搜索索引：与台账一致" : $"搜索索引：{string.Join('；', faults)}");
                Console.Out.WriteLine(signed.Count == 0 ? "已签发的报告：与签发时一致" : $"已签发的报告：{string.Join('；', signed)}");
            }
            return broken is null && differences.Count == 0 && clocks.Count == 0 && files == 0 && pointers == 0 && faults.Count == 0 && signed.Count == 0 ? 0 : 1;
        });
        return command;
    }
}

using System.CommandLine;
using System.Runtime.CompilerServices;
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
    /// <summary>Differences that are told one by one; <c>--json</c> tells all.</summary>
    const int Told = 50;

    /// <summary>One thing that was verified.</summary>
    /// <param name="Key">Its name for programs.</param>
    /// <param name="Found">What programs are told of it.</param>
    /// <param name="Fault">What is wrong, in words; null when nothing is.</param>
    sealed record Check(string Key, object? Found, string Name, string? Fault, string Sound = "与台账一致", IEnumerable<string>? Details = null);

    public static Command Create()
    {
        var command = new Command("verify", "核对操作日志链、全部汇总数、时限、卷宗检查、日期和亮点索引、搜索索引和已签发的报告");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            var json = parsed.GetValue(CommonOptions.Json);
            var checks = new List<Check>();
            await foreach (var check in ChecksAsync(services, cancel))
            {
                checks.Add(check);
                if (!json) Print(check);
            }
            if (json) CommandLine.PrintJson(checks.ToDictionary(check => check.Key, check => check.Found));
            return checks.All(check => check.Fault is null) ? 0 : 1;
        });
        return command;
    }

    static async IAsyncEnumerable<Check> ChecksAsync(IServiceProvider services, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancel);
        var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
        var broken = await AuditTrail.FirstBrokenAsync(db, cancel);
        yield return new("auditBrokenAt", broken, "操作日志", broken is null ? null : $"第{broken}条起与链不符", "完整");
        var tallies = await Recount.DifferencesAsync(db, tree, services.GetRequiredService<Counters>(), cancel);
        yield return new("tallyDifferences", tallies, "汇总数", Differ(tallies.Count), Details: tallies.Select(found =>
            $"{tree.Find(found.Key.UnitId)?.Name} {found.Key.Month} {found.Key.MeasureKey} {found.Key.Slice} {found.Key.State}：存{found.Stored}，数{found.Counted}"));
        var clocks = await services.GetRequiredService<ClockKeeper>().DifferencesAsync(db, cancel);
        yield return new("clockDifferences", clocks, "时限", Differ(clocks.Count), Details: clocks.Select(found =>
            $"记录{found.EntryId} {found.Key}：存{found.Stored?.Due?.ToString("yyyy-MM-dd") ?? "无"}，算{found.Reckoned?.Due?.ToString("yyyy-MM-dd") ?? "无"}"));
        var files = await services.GetRequiredService<CaseFileKeeper>().DifferencesAsync(db, cancel);
        yield return new("caseFileDifferences", files, "卷宗检查", Differ(files.Count), Details: files.Select(found => $"记录{found.EntryId} {found.Key}"));
        var pointers = await services.GetRequiredService<EntryPointers>().DifferencesAsync(db, cancel);
        yield return new("pointerDifferences", pointers, "日期和亮点索引", Differ(pointers.Count), Details: pointers.Select(found => $"记录{found.EntryId} {found.Key}"));
        var faults = await services.GetRequiredService<EntryIndex>().FaultsAsync(cancel);
        yield return new("searchFaults", faults, "搜索索引", Named(faults));
        var signed = await ReportSigning.FaultsAsync(db, cancel);
        yield return new("signedReportFaults", signed, "已签发的报告", Named(signed), "与签发时一致");
    }

    static string? Differ(int count) => count == 0 ? null : $"{count}处与台账不符";

    static string? Named(IReadOnlyCollection<string> faults) => faults.Count == 0 ? null : string.Join('；', faults);

    static void Print(Check check)
    {
        Console.Out.WriteLine($"{check.Name}：{check.Fault ?? check.Sound}");
        foreach (var detail in (check.Details ?? []).Take(Told)) Console.Out.WriteLine("  " + detail);
    }
}

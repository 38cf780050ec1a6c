using System.CommandLine;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands;

/// <summary><c>check</c>: the claim check over a .docx or .txt, also one written elsewhere.</summary>
static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "要核查的 .docx 或 .txt" };
        var year = new Option<int>("--year") { Description = "报告年度", Required = true };
        var unit = new Option<string?>("--unit") { Description = "单位代码，默认按标题和署名识别" };
        var last = new Option<string?>("--last-year") { Description = "上年报告，查雷同段落" };
        var command = new Command("check", "核查报告：数字来源、绝对化表述、抄用残留、必备内容、公文格式") { file, year, unit, last };
        command.SetAction(async (parsed, cancel) =>
        {
            var document = await ReadAsync(parsed.GetValue(file)!, cancel);
            var before = parsed.GetValue(last) is { } path ? await ReadAsync(path, cancel) : null;
            var of = CommandLine.Year(parsed.GetValue(year));
            var (findings, against) = await CheckAsync(parsed, document, before, of, parsed.GetValue(unit), cancel);
            if (parsed.GetValue(CommonOptions.Json))
                CommandLine.PrintJson(new { unit = against?.Code, year = of, findings = findings.Select(finding => new { finding.Rule, finding.RuleName, finding.Severity, finding.Place, finding.Reason, finding.Suggestion }) });
            else Print(findings, against, of);
            return findings.Count == 0 ? 0 : 1;
        });
        return command;
    }

    static async Task<DocumentText> ReadAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new UsageException($"文件“{file}”不存在。");
        await using var content = File.OpenRead(file);
        var reading = await DocumentFile.ReadAsync(content, Path.GetFileName(file), cancel);
        var text = reading.Text ?? throw new UsageException(reading.Refusal!);
        // Any bytes can be read as text: findings about a picture or a table would only mislead.
        return Path.GetExtension(file).ToLowerInvariant() is ".docx" or ".txt" ? text : throw new UsageException($"“{file}”不是报告：要核查的应是 .docx 或 .txt 文件。");
    }

    /// <summary>Without data the text alone is checked; that is said, since then no number has a source.</summary>
    static async Task<(IReadOnlyList<ClaimFinding>, Unit?)> CheckAsync(ParseResult parsed, DocumentText document, DocumentText? before, int year, string? code, CancellationToken cancel)
    {
        var settings = CommonOptions.Settings(parsed);
        if (code is null && !settings.Database.IsPostgres && !File.Exists(settings.Database.SqliteFile))
        {
            Console.Error.WriteLine($"数据目录“{settings.Database.Folder}”里没有数据，只核查文字，不核对台账。");
            return (new ClaimCheck(Definitions.Load(settings.SeedFolder).Checks).Run(document, new(year, ChinaTime.Today(TimeProvider.System), [], null, before)), null);
        }
        await using var services = await CommandLine.OpenAsync(parsed, cancel);
        var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
        if (code is not null && tree.Find(code) is { } asked && !ReportService.Reports(asked)) throw new UsageException(NoReport.Reason(asked, tree.Government(asked)));
        var unit = code is null && ClaimChecks.Named(tree, document) is { } named ? named : await services.UnitAsync(code, cancel);
        return ((await services.GetRequiredService<ClaimChecks>().CheckAsync(Person.Machine, unit, new ReportKey(year, services.GetRequiredService<ReportTemplates>().NameOf(unit, document)), document, before, cancel))!, unit);
    }

    static void Print(IReadOnlyList<ClaimFinding> findings, Unit? unit, int year)
    {
        var against = unit is null ? "" : $"（对照{unit.Name}{year}年台账）";
        if (findings.Count == 0)
        {
            Console.Out.WriteLine($"没有发现问题{against}。");
            return;
        }
        Console.Out.WriteLine($"发现{findings.Count}处问题{against}：");
        foreach (var finding in findings) Console.Out.WriteLine("  " + finding);
    }
}

using System.CommandLine;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange.Import;

namespace LawDashboard.Commands;

/// <summary><c>import</c>: takes an old Excel file over into a ledger, or with <c>--dry-run</c> only says what would come of it.</summary>
static class ImportCommand
{
    const int FindingsShown = 50;

    public static Command Create()
    {
        var key = new Argument<string>("LEDGER") { Description = "台账代码，如 mediation" };
        var file = new Argument<string>("FILE") { Description = ".xlsx、.xls 或 .csv 文件" };
        var unit = new Option<string>("--unit") { Description = "单位代码：表中没有写村的行归到它", Required = true };
        var dry = new Option<bool>("--dry-run") { Description = "只检查，什么也不写" };
        var sheet = new Option<string?>("--sheet") { Description = "工作表名称，默认第一张有内容的" };
        var draft = new Option<bool>("--draft") { Description = "全部存为草稿；不写时内容完整的直接待审" };
        var command = new Command("import", "导入旧台账；编号相同的更新，疑似重复的跳过，有错的行不导入") { key, file, unit, dry, sheet, draft };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (!File.Exists(path)) throw new UsageException($"没有文件“{path}”。");
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            var ledger = services.Ledger(parsed.GetValue(key)!);
            var of = await services.UnitAsync(parsed.GetValue(unit), cancel);
            var workbook = Workbook.Open(path, Path.GetFileName(path));
            var choices = new ImportChoices { Ledger = ledger.Key, Unit = of.Code, Sheet = SheetOf(workbook, parsed.GetValue(sheet)), Submit = !parsed.GetValue(draft) };
            // Whoever has a shell on the machine already has the data; he records as a reviewer does.
            var person = Person.Machine with { Role = Role.Reviewer };
            await using var sender = services.Tell();
            var importer = services.GetRequiredService<Importer>();
            var trial = await importer.TryAsync(person, workbook, choices, null, cancel);
            var outcome = parsed.GetValue(dry) ? null : await importer.ImportAsync(person, workbook, choices, trial, null, cancel);
            var report = outcome?.Report ?? trial;
            if (parsed.GetValue(CommonOptions.Json)) PrintJson(workbook, choices, report, outcome);
            else Print(report, outcome);
            return report.Of(Fate.Faulty) + (outcome?.RefusedCount ?? 0) > 0 ? 1 : 0;
        });
        return command;
    }

    static int SheetOf(Workbook workbook, string? name) => name is null ? ImportFiles.FirstSheet(workbook)
        : workbook.Sheets.FirstOrDefault(sheet => sheet.Name == name)?.Index
            ?? throw new UsageException($"文件里没有工作表“{name}”。现有：{string.Join('、', workbook.Sheets.Select(sheet => sheet.Name))}");

    static void Print(ImportReport report, ImportOutcome? outcome)
    {
        foreach (var finding in report.Findings.Take(FindingsShown)) Console.Out.WriteLine($"  {finding.Address} {finding.Read}：{finding.Message}");
        if (report.Findings.Count > FindingsShown) Console.Out.WriteLine($"  另有{report.Of(Severity.Info) + report.Of(Severity.Warning) + report.Of(Severity.Error) - FindingsShown}处，用 --json 查看");
        Console.Out.WriteLine(outcome is null
            ? $"试导：新增{report.Of(Fate.New) + report.Of(Fate.Draft)}条（其中草稿{report.Of(Fate.Draft)}条），更新{report.Of(Fate.Update)}条，跳过{report.Of(Fate.Skip)}行，有错{report.Of(Fate.Faulty)}行。什么也没有写。"
            : $"已导入：新增{outcome.Created}条，更新{outcome.Changed}条，跳过{report.Of(Fate.Skip)}行，有错{report.Of(Fate.Faulty) + outcome.RefusedCount}行没有导入。{(outcome.Batch is { } batch ? $"批次{batch.Id}，可在网站“导入旧台账”页整批撤销。" : "")}");
    }

    static void PrintJson(Workbook workbook, ImportChoices choices, ImportReport report, ImportOutcome? outcome) => CommandLine.PrintJson(new
    {
        file = workbook.Name, sheet = workbook.Sheets[choices.Sheet].Name, dryRun = outcome is null, batch = outcome?.Batch?.Id,
        rows = report.Total, created = outcome?.Created ?? report.Of(Fate.New) + report.Of(Fate.Draft), drafts = report.Of(Fate.Draft),
        updated = outcome?.Changed ?? report.Of(Fate.Update), unchanged = outcome?.Unchanged ?? 0, skipped = report.Of(Fate.Skip), faulty = report.Of(Fate.Faulty) + (outcome?.RefusedCount ?? 0),
        columns = report.Columns.Select(column => new { column = column.Head.Letters, heading = column.Head.Full, target = column.Target.Key }),
        findings = report.Findings.Select(finding => new { cell = finding.Address, severity = finding.Severity.ToString().ToLowerInvariant(), read = finding.Read, message = finding.Message }),
    });
}

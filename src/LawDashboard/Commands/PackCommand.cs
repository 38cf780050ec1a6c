using System.CommandLine;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Exchange.Packing;

namespace LawDashboard.Commands;

/// <summary><c>pack</c>: the inspection pack of a unit and year as .zip.</summary>
static class PackCommand
{
    static readonly Option<int> Year = new("--year") { Description = "年度", Required = true };
    static readonly Option<string?> Unit = new("--unit") { Description = "单位代码，默认最上级单位" };
    static readonly Option<string> Out = new("--out") { Description = "要写的 .zip 文件", Required = true };
    static readonly Option<string> By = new("--by") { Description = "编排：indicators 按指标（默认），tasks 按任务，tree 按导入的考核指标体系", DefaultValueFactory = _ => IndicatorOutline.OwnKey };
    static readonly Option<string?> Version = new("--version") { Description = "masked 脱敏版（默认），full 完整版（须用 --reason 写明理由）" };
    static readonly Option<string?> Reason = new("--reason") { Description = "导出完整个人信息的理由，记入操作日志" };
    static readonly Option<bool> Bare = new("--without-evidence") { Description = "不放佐证材料" };

    public static Command Create()
    {
        var command = new Command("pack", "生成迎检资料包") { Year, Unit, Out, By, Version, Reason, Bare };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var path = CommandLine.Target(parsed.GetValue(Out)!, ".zip");
        var edition = ExportCommand.Edition(parsed.GetValue(Version), parsed.GetValue(Reason));
        if (edition == LedgerEdition.Reporting) throw new UsageException("资料包只有脱敏版（masked）和完整版（full）。");
        await using var services = await CommandLine.OpenAsync(parsed, cancel);
        var of = await services.UnitAsync(parsed.GetValue(Unit), cancel);
        var plans = services.GetRequiredService<PackPlans>();
        var year = CommandLine.Year(parsed.GetValue(Year));
        var outlines = plans.Outlines.Where(outline => outline.Applies(year)).ToList();
        var by = outlines.Find(outline => outline.Key == parsed.GetValue(By))
            ?? throw new UsageException($"{year}年没有编排“{parsed.GetValue(By)}”。可用：{string.Join('、', outlines.Select(outline => outline.Key))}");
        var request = new PackRequest(of.Code, year, by.Key, edition, parsed.GetValue(Reason), Evidence: !parsed.GetValue(Bare));
        await services.GetRequiredService<PackDesk>().NoteBuiltAsync(Person.Machine, of, request, cancel);
        var unfinished = path + ".part";
        var made = (await services.GetRequiredService<PackBuilder>().BuildAsync(Person.Machine, request, unfinished, cancel: cancel))!;
        File.Move(unfinished, path, overwrite: true);
        if (parsed.GetValue(CommonOptions.Json)) CommandLine.PrintJson(new { file = path, made.Files, made.Entries, made.Bytes, made.Manifest, missing = made.Gaps.Select(gap => new { gap.Kind, gap.Text, gap.Why }) });
        else
        {
            Console.Out.WriteLine(made.Gaps.Count == 0 ? "没有发现缺少的材料。" : $"缺{made.Gaps.Count}项：");
            foreach (var gap in made.Gaps) Console.Out.WriteLine($"  [{gap.Kind}] {gap.Text}（{gap.Why}）");
            Console.Out.WriteLine($"已生成：{path}（{made.Files}个文件，记录{made.Entries}条）");
            Console.Out.WriteLine($"清单 SHA-256：{made.Manifest}");
        }
        return 0;
    }
}

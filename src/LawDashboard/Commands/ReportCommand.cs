using System.CommandLine;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Reports;

namespace LawDashboard.Commands;

/// <summary><c>report</c>: the drafted yearly report as .docx.</summary>
static class ReportCommand
{
    public static Command Create()
    {
        var year = new Option<int>("--year") { Description = "年度", Required = true };
        var unit = new Option<string?>("--unit") { Description = "单位代码，默认最上级单位" };
        var file = new Option<string>("--out") { Description = "要写的 .docx 文件", Required = true };
        var command = new Command("report", "起草年度报告") { year, unit, file };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            var of = await services.UnitAsync(parsed.GetValue(unit), cancel);
            var draft = await services.GetRequiredService<ReportService>().DraftAsync(Person.Machine, of, CommandLine.Year(parsed.GetValue(year)), cancel);
            var path = CommandLine.Target(parsed.GetValue(file)!, ".docx");
            await CommandLine.WriteFileAsync(path, stream => OfficialDocument.WriteAsync(stream, draft, new(ListMissing: true), cancel), cancel);
            if (parsed.GetValue(CommonOptions.Json)) CommandLine.PrintJson(new { file = path, figures = draft.Figures, missing = draft.Missing });
            else
            {
                Console.Out.WriteLine($"已起草：{path}（数据项{draft.Figures.Count()}个，待补{draft.Missing.Count}处）");
                foreach (var missing in draft.Missing) Console.Out.WriteLine("  " + missing);
            }
            return 0;
        });
        return command;
    }
}

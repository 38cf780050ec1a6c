using System.CommandLine;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands;

/// <summary><c>export</c>: one ledger as the official Excel form.</summary>
static class ExportCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("LEDGER") { Description = "台账代码，如 mediation" };
        var year = new Option<int>("--year") { Description = "年度", Required = true };
        var unit = new Option<string?>("--unit") { Description = "单位代码，默认最上级单位" };
        var file = new Option<string>("--out") { Description = "要写的 .xlsx 文件", Required = true };
        var asOf = CommonOptions.AsOf();
        var version = new Option<string?>("--version") { Description = "masked 脱敏版（默认），full 完整版（须用 --reason 写明理由），report 上报版" };
        var reason = new Option<string?>("--reason") { Description = "导出完整个人信息的理由，记入操作日志" };
        var command = new Command("export", "导出台账") { key, year, unit, asOf, file, version, reason };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = CommandLine.Target(parsed.GetValue(file)!, ".xlsx");
            var edition = Edition(parsed.GetValue(version), parsed.GetValue(reason));
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            var ledger = services.Ledger(parsed.GetValue(key)!);
            var of = await services.UnitAsync(parsed.GetValue(unit), cancel);
            var past = await services.PastAsync(parsed.GetValue(asOf), cancel);
            var state = new EntryListState { AsOf = past?.Text, Unit = of.Code, Year = CommandLine.Year(parsed.GetValue(year)) };
            var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
            var query = state.ToQuery(Person.Machine, tree, ledger, services.GetRequiredService<IRowRules>(), state.Year!.Value, out _, past: past)!;
            var prepared = await services.GetRequiredService<LedgerExport>().PrepareAsync(Person.Machine, ledger, query, state.ToQueryString(), edition, parsed.GetValue(reason), cancel);
            await CommandLine.WriteFileAsync(path, stream => LedgerSheet.WriteAsync(stream, prepared.Layout, prepared.Rows, cancel), cancel);
            if (edition == LedgerEdition.Reporting) query = query with { States = [EntryState.Approved] };
            var rows = await services.GetRequiredService<EntryLists>().CountAsync(query, cancel);
            if (parsed.GetValue(CommonOptions.Json)) CommandLine.PrintJson(new { file = path, rows });
            else Console.Out.WriteLine($"已导出：{path}（{rows}条）");
            return 0;
        });
        return command;
    }

    /// <summary>The edition that <c>--version</c> names; the full one wants a reason.</summary>
    public static LedgerEdition Edition(string? version, string? reason)
    {
        var edition = Editions.Parse(version) ?? throw new UsageException($"没有版本“{version}”。可用：masked、full、report");
        return Editions.Refusal(Person.Machine, edition, reason) is { } refusal ? throw new UsageException(refusal + "（--reason）") : edition;
    }
}

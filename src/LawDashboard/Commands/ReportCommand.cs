using System.CommandLine;
using System.Text;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands;

/// <summary><c>report</c>: the drafted yearly report as .docx, or for publication as .html or .txt.</summary>
static class ReportCommand
{
    static readonly Option<int> Year = new("--year") { Description = "年度", Required = true };
    static readonly Option<string?> Unit = new("--unit") { Description = "单位代码，默认最上级单位" };
    static readonly Option<string?> Template = new("--template") { Description = "用哪个模板，例如 township-eight、quarterly-brief.q3；默认年度报告" };
    static readonly Option<string> Out = new("--out") { Description = "要写的 .docx、.html 或 .txt 文件", Required = true };
    static readonly Option<bool> Stored = new("--stored") { Description = "用已编写的最新版，而不是重新起草" };
    static readonly Option<string?> To = new("--to") { Description = "主送机关" };
    static readonly Option<string?> Number = new("--number") { Description = "发文字号，写了才有版头，例如 法政发〔2027〕3号" };
    static readonly Option<string?> Signer = new("--signer") { Description = "签发人" };
    static readonly Option<string[]> Attach = new("--attachment") { Description = "附件说明，可写多次" };
    static readonly Option<string[]> Copy = new("--copy") { Description = "抄送机关，可写多次；写了才有版记" };
    static readonly Option<bool> Unsealed = new("--unsealed") { Description = "不盖章的格式" };
    static readonly Option<bool> Sources = new("--sources") { Description = "附数据来源表" };

    public static Command Create()
    {
        var command = new Command("report", "起草年度报告") { Year, Unit, Template, Out, Stored, To, Number, Signer, Attach, Copy, Unsealed, Sources };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var ending = Path.GetExtension(parsed.GetValue(Out)!).ToLowerInvariant();
        var path = CommandLine.Target(parsed.GetValue(Out)!, ".docx", ".html", ".txt");
        if (parsed.GetValue(Number) is { } number && OfficialHead.NumberProblem(number) is { } problem) throw new UsageException(problem);
        if (parsed.GetValue(Signer) is not null && parsed.GetValue(Number) is null) throw new UsageException("签发人在版头中，请同时用 --number 写明发文字号。");
        await using var services = await CommandLine.OpenAsync(parsed, cancel);
        var of = await services.UnitAsync(parsed.GetValue(Unit), cancel);
        if (!ReportService.Reports(of)) throw new UsageException(NoReport.Reason(of, (await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel)).Government(of)));
        var year = CommandLine.Year(parsed.GetValue(Year));
        var drafted = (await services.GetRequiredService<ReportService>().ReadAsync(Person.Machine, of, await ChosenAsync(parsed, services, of, year, cancel), cancel))!;
        var (text, form) = (drafted.Draft, new OfficialForm());
        if (parsed.GetValue(Stored))
        {
            var open = await services.GetRequiredService<ReportDesk>().OpenAsync(Person.Machine, of, new ReportKey(year, drafted.Choice.Name), cancel: cancel)
                ?? throw new UsageException($"{of.Name}{drafted.Choice.FileName}还没有开始编写。");
            (text, form) = (open.Document, (await services.GetRequiredService<ReportLives>().ReadAsync(Person.Machine, of, open.Key, open.ReportId, cancel)).FormOf(open.Number));
        }
        await CommandLine.WriteFileAsync(path, ending switch
        {
            ".html" => stream => WriteAsync(stream, WebReport.Html(text, Attached(parsed, form)), cancel),
            ".txt" => stream => WriteAsync(stream, WebReport.Text(text, Attached(parsed, form)), cancel),
            _ => stream => OfficialDocument.WriteAsync(stream, text, Options(parsed, services, drafted, text, form), cancel),
        }, cancel);
        if (parsed.GetValue(CommonOptions.Json)) CommandLine.PrintJson(new { file = path, figures = text.Figures, missing = text.Missing });
        else
        {
            Console.Out.WriteLine($"已起草：{path}（数据项{text.Figures.Count()}个，待补{text.Missing.Count}处）");
            foreach (var missing in text.Missing) Console.Out.WriteLine("  " + missing);
        }
        return 0;
    }

    static async Task<ReportKey> ChosenAsync(ParseResult parsed, ServiceProvider services, Features.Units.Unit unit, int year, CancellationToken cancel)
    {
        var asked = new ReportKey(year, parsed.GetValue(Template));
        if (asked.Name is null) return asked;
        var all = await services.GetRequiredService<TemplateShelf>().AllAsync(unit, year, cancel);
        return all.Any(choice => choice.Name == asked.Name || choice.Key == asked.Name) ? asked
            : throw new UsageException($"{unit.Name}{year}年没有报告“{asked.Name}”，可以起草的有：{string.Join("、", all.Select(choice => $"{choice.Name}（{choice.Title}）"))}。");
    }

    static IReadOnlyList<string> Attached(ParseResult parsed, OfficialForm form) => parsed.GetValue(Attach) is { Length: > 0 } named ? named : form.Attachments;

    /// <summary>What the command line names goes before the official parts that are kept with a stored report.</summary>
    static OfficialDocumentOptions Options(ParseResult parsed, ServiceProvider services, DraftedReport drafted, ReportDraft text, OfficialForm form) => new(
        // A document with a head is meant to be sent; what is still missing is a note for the drafter.
        ListMissing: parsed.GetValue(Number) is null && !parsed.GetValue(Stored),
        Sealed: !parsed.GetValue(Unsealed) && !form.Unsealed, Origin: new(drafted.Unit.Code, drafted.Choice.Term.Year, 0, drafted.Choice.Name), Addressee: parsed.GetValue(To), Attachments: Attached(parsed, form),
        Head: parsed.GetValue(Number) is { } number ? new(drafted.Unit.OfficialName + "文件", number, parsed.GetValue(Signer)) : form.Head,
        Imprint: parsed.GetValue(Copy) is { Length: > 0 } copies
            ? new(copies, drafted.Unit.OfficialName + "办公室", ChinaTime.Today(services.GetRequiredService<TimeProvider>())) : form.Imprint,
        Sources: parsed.GetValue(Sources) ? services.GetRequiredService<SourceTable>().Of(drafted, text) : null);

    static async Task WriteAsync(Stream stream, string text, CancellationToken cancel) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
}

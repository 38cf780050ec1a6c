using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Exchange.Trees;

public static class TreeSetup
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>A tree has some hundred rows; more than this is no tree.</summary>
    const int FileLimit = 8 << 20;

    /// <summary>Upload, template and the workbook with its findings go over plain HTTP.</summary>
    public static WebApplication MapTrees(this WebApplication app)
    {
        // Reading the form is what makes the framework check its antiforgery token.
        app.MapPost("/admin/indicator-tree/files", async (IFormFileCollection files, HttpContext context, TreeDesk desk, UnitDirectory units, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            if (!AssessmentService.MayChange(person, await units.TreeAsync(cancel))) return Refused("只有管理全部单位的系统管理员可以导入考核指标体系。");
            if (files.Count != 1) return Refused("请选择一个文件。");
            await using var content = files[0].OpenReadStream();
            try
            {
                return Results.Text($"/admin/indicator-tree/{(await desk.ReceiveAsync(person, files[0].FileName, content, cancel)).Id}");
            }
            catch (WorkbookException e)
            {
                return Refused(e.Message + "。");
            }
        }).WithMetadata(new RequestSizeLimitAttribute(FileLimit), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = FileLimit });
        app.MapGet("/admin/indicator-tree/template", (int? year, HttpContext context, IndicatorCatalog catalog, TimeProvider clock, CancellationToken cancel) =>
        {
            if (context.User.Person is null) return Results.NotFound();
            var file = TreeTable.Export(catalog, year ?? Data.ChinaTime.Today(clock).Year);
            return Download(context, file.Name, stream => LedgerSheet.WriteAsync(stream, file.Layout, file.Rows, cancel));
        });
        app.MapGet("/admin/indicator-tree/{id}/marked", async (string id, HttpContext context, TreeDesk desk, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || await desk.FindAsync(person, id, cancel) is not { } job) return Results.NotFound();
            return Download(context, Path.GetFileNameWithoutExtension(job.FileName) + "（标出问题）.xlsx",
                stream => MarkedWorkbook.WriteAsync(stream, Marked(job.Reading), job.Reading.HeadRow, job.Reading.Columns, cancel));
        });
        return app;
    }

    static async IAsyncEnumerable<(SheetRow, IReadOnlyList<Finding>)> Marked(TreeReading reading)
    {
        var byRow = reading.Findings.ToLookup(finding => finding.Row);
        foreach (var row in reading.Sheet) yield return (row, [.. byRow[row.Number]]);
        await Task.CompletedTask;
    }

    static IResult Refused(string sentence) => Results.Text(sentence, statusCode: StatusCodes.Status422UnprocessableEntity);

    static IResult Download(HttpContext context, string name, Func<Stream, Task> write)
    {
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString();
        return Results.Stream(write, Xlsx);
    }
}

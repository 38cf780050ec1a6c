using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Exchange.Import;

public static class ImportSetup
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static IServiceCollection AddImport(this IServiceCollection services, ImportWords words) =>
        services.AddSingleton(words).AddSingleton<ImportFiles>().AddSingleton<Importer>().AddSingleton<ImportDesk>()
            .AddSingleton<IListAction, ImportSlot>().AddSingleton<ILedgersAction, ImportSlot>();

    /// <summary>Upload and the marked workbook go over plain HTTP: files do not travel over the circuit.</summary>
    public static WebApplication MapImport(this WebApplication app)
    {
        // Reading the form is what makes the framework check its antiforgery token.
        app.MapPost("/import/files", async (IFormFileCollection files, [FromForm] string? ledger, [FromForm] string? unit, [FromForm] int? year,
            HttpContext context, ImportDesk desk, TimeProvider clock, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            if (!person.CanRecord) return Results.Text($"{Person.Label(person.Role)}不能登记台账，也不能导入。", statusCode: StatusCodes.Status422UnprocessableEntity);
            if (files.Count != 1) return Results.Text("请选择一个文件。", statusCode: StatusCodes.Status422UnprocessableEntity);
            await using var content = files[0].OpenReadStream();
            try
            {
                var job = await desk.ReceiveAsync(person, files[0].FileName, content, ledger, unit, year ?? Data.ChinaTime.Today(clock).Year, cancel);
                return Results.Text($"/import/{job.Id}");
            }
            catch (WorkbookException e)
            {
                return Results.Text(e.Message + "。", statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        }).WithMetadata(new RequestSizeLimitAttribute(WorkbookGuard.FileLimit + (1 << 20)), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = WorkbookGuard.FileLimit + (1 << 20) });

        app.MapGet("/import/{id}/marked", async (string id, HttpContext context, ImportDesk desk, Importer importer, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || await desk.FindAsync(person, id, cancel) is not { View.Head: { } head } job) return Results.NotFound();
            var name = Path.GetFileNameWithoutExtension(job.Workbook.Name) + "（标出问题）.xlsx";
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString();
            return Results.Stream(stream => MarkedWorkbook.WriteAsync(stream, importer.MarkedAsync(person, job.Workbook, job.Choices, cancel),
                head.LastRow, head.Columns.Max(column => column.Index) + 1, cancel), Xlsx);
        });
        return app;
    }
}

/// <summary>导入 at the head of a list, and of the page of all ledgers.</summary>
sealed class ImportSlot : IListAction, ILedgersAction
{
    public int Order => 20;
    public Type Component => typeof(ImportButton);
}

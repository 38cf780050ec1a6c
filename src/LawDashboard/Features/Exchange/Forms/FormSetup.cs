using LawDashboard.Components;
using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Exchange.Forms;

public static class FormSetup
{
    public static IServiceCollection AddForms(this IServiceCollection services) =>
        services.AddSingleton<FormMatcher>().AddSingleton<FormFigures>().AddSingleton<FormDesk>().AddSingleton<IMenuEntry, FormMenu>();

    /// <summary>Upload and download of forms go over plain HTTP: files do not travel over the circuit.</summary>
    public static WebApplication MapForms(this WebApplication app)
    {
        // Reading the form is what makes the framework check its antiforgery token.
        app.MapPost("/forms/files", async (IFormFileCollection files, [FromForm] string? unit, HttpContext context, FormDesk desk, UnitDirectory units, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            if (files.Count != 1) return Refused("请选择一个文件。");
            var tree = await units.TreeAsync(cancel);
            using var content = new MemoryStream();
            await files[0].CopyToAsync(content, cancel);
            try
            {
                var form = await desk.ReceiveAsync(person, tree.Find(unit) ?? person.Tops(tree).First(), files[0].FileName, content.ToArray(), cancel);
                return Results.Text($"/forms/{form.Id}");
            }
            catch (FormException e)
            {
                return Refused(e.Message + "。");
            }
        }).WithMetadata(new RequestSizeLimitAttribute(FormFile.LargestFile + (1 << 20)), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = FormFile.LargestFile + (1 << 20) });

        app.MapGet("/forms/{id:int}/filled", async (int id, string? unit, int year, int month, HttpContext context, FormDesk desk, UnitDirectory units, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || (await units.TreeAsync(cancel)).Find(unit) is not { } of || year is < 1950 or > 2200 || month is < 1 or > 12) return Results.NotFound();
            return await desk.FillAsync(person, id, of, year, month, cancel) is { } filled ? Send(context, filled.Bytes, filled.Name) : Results.NotFound();
        });
        app.MapGet("/forms/{id:int}/original", async (int id, HttpContext context, FormDesk desk, CancellationToken cancel) =>
            context.User.Person is { } person && await desk.FindAsync(person, id, cancel) is { } form && await desk.OriginalAsync(person, id, cancel) is { } bytes ? Send(context, bytes, form.FileName) : Results.NotFound());
        return app;
    }

    static IResult Refused(string why) => Results.Text(why, statusCode: StatusCodes.Status422UnprocessableEntity);

    static IResult Send(HttpContext context, byte[] bytes, string name)
    {
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(bytes, name.EndsWith(".xlsx", StringComparison.Ordinal)
            ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }
}

/// <summary>上级报表 in the menu.</summary>
sealed class FormMenu : IMenuEntry
{
    public string Text => "上级报表";
    public string Path => "/forms";
    public Glyph Glyph => Glyph.Copy;
    public bool IsFor(Person person) => true;
    public Task<int> CountAsync(Person person, Unit unit, CancellationToken cancel) => Task.FromResult(0);
}

using LawDashboard.Components;
using LawDashboard.Components.Ui;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Exchange.Packing;

public static class PackSetup
{
    public static IServiceCollection AddPacks(this IServiceCollection services) => services
        .AddSingleton<IPackOutline, IndicatorOutline>().AddSingleton<IPackOutline, TaskOutline>().AddSingleton<IPackOutline, TreeOutline>()
        .AddSingleton<PackGaps>().AddSingleton<PackLeavings>().AddSingleton<PackPlans>().AddSingleton<PackTables>().AddSingleton<PackEntries>().AddSingleton<PackReport>().AddSingleton<PackBuilder>().AddSingleton<PackDesk>()
        .AddSingleton<IMenuEntry, PackMenu>().AddHostedService<PackCleaner>();

    /// <summary>The download of a pack: by parts, so that a broken connection goes on where it stopped.</summary>
    public static WebApplication MapPacks(this WebApplication app)
    {
        app.MapGet("/packs/{id}/download", async (string id, HttpContext context, PackDesk desk, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || await desk.FileAsync(person, id, cancel) is not var (path, slip)) return Results.NotFound();
            // Whoever goes on with a download has been noted when he began it.
            if (context.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault()?.From is null or 0) await desk.NoteTakenAsync(person, slip, cancel);
            context.Response.Headers.CacheControl = "private, no-cache";
            return Results.File(path, "application/zip", slip.Title + ".zip", File.GetLastWriteTimeUtc(path), new EntityTagHeaderValue($"\"{slip.Manifest}\""), enableRangeProcessing: true);
        });
        return app;
    }
}

/// <summary>迎检资料 in the menu.</summary>
sealed class PackMenu : IMenuEntry
{
    public string Text => "迎检资料";
    public string Path => "/pack";
    public Glyph Glyph => Glyph.Folder;
    public bool IsFor(Person person) => true;
    public Task<int> CountAsync(Person person, Unit unit, CancellationToken cancel) => Task.FromResult(0);
}

/// <summary>Deletes old packs also when nobody opens the page.</summary>
sealed class PackCleaner(PackDesk desk, TimeProvider clock, ILogger<PackCleaner> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                desk.CleanUp();
            }
            // Somebody is taking the file just now: it goes the next time.
            catch (IOException e)
            {
                logger.LogWarning(e, "An old pack could not be deleted yet");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

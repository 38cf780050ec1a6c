using System.CommandLine;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands;

/// <summary><c>serve</c>, the default: the web application on one port.</summary>
static class ServeCommand
{
    const string DefaultUrl = "http://localhost:5080";

    static readonly Option<string?> Urls = new("--urls") { Description = $"监听地址，默认 {DefaultUrl}" };

    public static Command Create()
    {
        var command = new Command("serve", "启动网站（默认）");
        MakeDefault(command);
        return command;
    }

    public static void MakeDefault(Command command)
    {
        command.Options.Add(Urls);
        command.SetAction(RunAsync);
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("LAWDASHBOARD_");
        // Static files of a build that was not published are found through its manifest, in Production too.
        builder.WebHost.UseStaticWebAssets();
        if (parsed.GetValue(Urls) is { } urls) builder.WebHost.UseUrls(urls);
        else if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(DefaultUrl);

        var settings = CommonOptions.Settings(parsed, builder.Configuration);
        builder.Services.AddLawDashboard(settings, Definitions.Load(settings.SeedFolder)).AddWebsite();
        await using var app = builder.Build();
        await app.Services.PrepareAsync(cancel, serving: true);
        if (app.Environment.IsDevelopment()) await DemonstrateAsync(app.Services, cancel);
        app.MapWebsite();
        await app.RunAsync(cancel);
        return 0;
    }

    /// <summary>Whoever starts the program from its sources finds a county to look at; data that is there is left alone.</summary>
    static async Task DemonstrateAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (!await DemoCommand.IsPossibleAsync(services, cancel)) return;
        var year = ChinaTime.Today(services.GetRequiredService<TimeProvider>()).Year;
        var summary = await DemoCommand.RunAsync(services, new DemoOptions(year), cancel);
        Console.Out.WriteLine($"空的数据目录已填入演示县：台账记录{summary.Total}条。");
    }
}

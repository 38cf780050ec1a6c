using System.CommandLine;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Connections;

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
        var addresses = Addresses(parsed.GetValue(Urls) ?? builder.Configuration["urls"] ?? DefaultUrl);
        builder.WebHost.UseUrls(addresses);

        var settings = CommonOptions.Settings(parsed, builder.Configuration);
        var definitions = Definitions.Load(settings.SeedFolder);
        // Before anything is prepared: a demonstration county is not made for a program that cannot be reached.
        if (addresses.FirstOrDefault(ListeningPorts.IsTaken) is { } taken) throw Taken(taken, null);
        builder.Services.AddLawDashboard(settings, definitions).AddWebsite();
        await using var app = builder.Build();
        await app.Services.PrepareAsync(cancel, serving: true);
        if (app.Environment.IsDevelopment()) await DemonstrateAsync(app.Services, cancel);
        app.MapWebsite();
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine($"已启动。请在浏览器打开 {string.Join('、', addresses.Select(ForBrowser))}，按 Ctrl+C 停止。"));
        try
        {
            await app.RunAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw Taken(string.Join(';', addresses), e);
        }
        return 0;
    }

    /// <summary>What is listened to on all of the machine's addresses is opened by its own name.</summary>
    static string ForBrowser(string address) =>
        ((string[])["0.0.0.0", "[::]", "*", "+"]).Aggregate(address, (text, any) => text.Replace("://" + any, "://localhost", StringComparison.Ordinal));

    static IOException Taken(string address, Exception? cause) => new($"{address} 的端口已被别的程序占用（可能本程序已经启动），请用 --urls 换一个端口", cause);

    /// <summary>The addresses to listen on; what is none is wrong use, found before anything is started.</summary>
    static string[] Addresses(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return addresses.Length > 0 && addresses.All(IsAddress) ? addresses : throw new UsageException($"监听地址“{urls}”不对，应写成 {DefaultUrl} 这样，几个之间用分号隔开。");

        static bool IsAddress(string url)
        {
            try
            {
                return BindingAddress.Parse(url).Scheme is "http" or "https";
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    /// <summary>Whoever starts the program from its sources finds a county to look at; data that is there is left alone.</summary>
    static async Task DemonstrateAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (!await DemoCommand.IsPossibleAsync(services, cancel)) return;
        // Half a minute of silence would look like a hang.
        Console.Out.WriteLine("数据目录是空的，正在填入演示县的样例数据，约需半分钟……");
        var year = ChinaTime.Today(services.GetRequiredService<TimeProvider>()).Year;
        var summary = await DemoCommand.RunAsync(services, new DemoOptions(year), cancel);
        Console.Out.WriteLine($"空的数据目录已填入演示县：台账记录{summary.Total}条。");
    }
}

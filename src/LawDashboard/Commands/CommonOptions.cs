using System.CommandLine;
using System.CommandLine.Help;
using LawDashboard.Data;

namespace LawDashboard.Commands;

/// <summary>Options that every command takes, and where their values come from when not given.</summary>
static class CommonOptions
{
    public static readonly Option<string?> Data = new("--data") { Description = "数据目录，默认 ./data", Recursive = true };
    public static readonly Option<string?> Connection = new("--connection") { Description = "PostgreSQL 连接串；不给则用数据目录中的 SQLite", Recursive = true };
    public static readonly Option<string?> Seed = new("--seed-data") { Description = "定义目录，默认随程序的 seed-data", Recursive = true };
    /// <summary>For commands that can look at the past; see <see cref="CommandLine.PastAsync"/>.</summary>
    public static Option<string?> AsOf() => new("--as-of") { Description = "过去的时点：日期（当天24时）、日期加时间，或操作日志序号（@1234）；默认现在" };

    public static readonly Option<bool> Json = new("--json") { Description = "输出 JSON，供程序读取", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>()) help.Description = "显示用法";
        foreach (var option in (Option[])[Data, Connection, Seed, Json]) root.Options.Add(option);
    }

    /// <summary>Command line first, then configuration (appsettings.json, LAWDASHBOARD_… variables), then defaults.</summary>
    public static AppSettings Settings(ParseResult parsed, IConfiguration? configuration = null)
    {
        configuration ??= new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables("LAWDASHBOARD_").Build();
        var connection = parsed.GetValue(Connection) ?? configuration["Connection"];
        var folder = Path.GetFullPath(parsed.GetValue(Data) ?? configuration["Data"] ?? "data");
        if (File.Exists(folder)) throw new UsageException($"数据目录“{folder}”是一个文件，请用 --data 指明文件夹。");
        if (connection is not null && Providers.ConnectionProblem(connection) is { } problem) throw new UsageException(problem);
        return new(
            new DatabaseSettings(folder, string.IsNullOrWhiteSpace(connection) ? null : connection),
            Path.GetFullPath(parsed.GetValue(Seed) ?? configuration["SeedData"] ?? Path.Combine(AppContext.BaseDirectory, "seed-data")));
    }
}

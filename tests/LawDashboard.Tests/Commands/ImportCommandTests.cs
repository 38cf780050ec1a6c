using System.Text.Json;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Features.Exchange.Import;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Commands;

/// <summary>The command as people type it, as a process of its own.</summary>
public sealed class ImportCommandTests
{
    [Fact]
    public async Task Import_says_what_it_did_and_ends_with_0_1_or_2()
    {
        using var folder = new TemporaryFolder();
        await using (var services = await Demonstration.OpenAsync(folder.Path, Demonstration.SeedFolder))
            await services.GetRequiredService<UnitDirectory>().AddAsync(ImportBench.Definitions.Units);
        SqliteConnection.ClearAllPools();
        var file = Path.Combine(folder.Path, "普法.xlsx");
        var sheet = new WildSheet("2025年").Row("活动日期", "活动主题", "活动形式", "主办单位").Row("3月5日", "宪法宣传", "讲座", "司法所");
        await File.WriteAllBytesAsync(file, WildBook.Xlsx(sheet));

        var dry = await RunAsync("import", "publicity", file, "--unit", "FZ", "--dry-run", "--json");
        Assert.Equal((0, true, 1), (dry.ExitCode, Json(dry, "dryRun").GetBoolean(), Json(dry, "created").GetInt32()));
        var done = await RunAsync("import", "publicity", file, "--unit", "FZ", "--json");
        Assert.Equal((0, 1, 1), (done.ExitCode, Json(done, "created").GetInt32(), Json(done, "batch").GetInt32()));
        var twice = await RunAsync("import", "publicity", file, "--unit", "FZ", "--json");
        Assert.Equal((0, 0, 1), (twice.ExitCode, Json(twice, "created").GetInt32(), Json(twice, "skipped").GetInt32()));

        await File.WriteAllBytesAsync(file, WildBook.Xlsx(sheet.Row("某天", "反诈", "讲座", "司法所")));
        var faulty = await RunAsync("import", "publicity", file, "--unit", "FZ");
        Assert.Equal(1, faulty.ExitCode);
        Assert.Contains("A3 某天：日期“某天”看不懂", faulty.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("import", "publicity", file + "x", "--unit", "FZ")).ExitCode);
        Assert.Equal(2, (await RunAsync("import", "nothing", file, "--unit", "FZ")).ExitCode);
        Assert.Equal(2, (await RunAsync("import", "publicity", file)).ExitCode);
        await File.WriteAllTextAsync(file, "%PDF-1.7");
        Assert.Contains("PDF", (await RunAsync("import", "publicity", file, "--unit", "FZ")).Errors, StringComparison.Ordinal);

        Task<Outcome> RunAsync(params string[] arguments) =>
            Programs.RunAsync(Repository.Executable, [.. arguments, "--data", folder.Path, "--seed-data", Demonstration.SeedFolder], TimeSpan.FromMinutes(3));
    }

    static JsonElement Json(Outcome outcome, string key) => JsonDocument.Parse(outcome.Output).RootElement.GetProperty(key);
}

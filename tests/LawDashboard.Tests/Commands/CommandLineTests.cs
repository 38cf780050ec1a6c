using System.Text.Json;

namespace LawDashboard.Tests.Commands;

/// <summary>The program as people type it: what is wrong is named in a sentence, with the exit code that says whose fault it was.</summary>
public sealed class CommandLineTests(Demonstration demo) : IClassFixture<Demonstration>
{
    Task<Outcome> RunAsync(params string[] arguments) =>
        Programs.RunAsync(Repository.Executable, [.. arguments, "--data", demo.Folder, "--seed-data", Demonstration.SeedFolder], TimeSpan.FromMinutes(3));

    [Theory]
    [InlineData("nonsense", "export", "nonsense", "--year", "2026", "--out", "x.xlsx")]
    [InlineData("ZZ99", "figures", "--year", "2026", "--unit", "ZZ99")]
    [InlineData("1812", "report", "--year", "1812", "--out", "x.docx")]
    [InlineData(".docx", "report", "--year", "2026", "--out", "x.pdf")]
    [InlineData(".html", "report", "--year", "2026", "--out", "x.pdf")]
    [InlineData("法镇社区的工作已计入法镇的报告", "report", "--year", "2026", "--unit", "FZ01", "--out", "x.docx")]
    [InlineData("bogus", "bogus")]
    [InlineData("缺少 --year", "figures")]
    [InlineData("缺少 <LEDGER>", "export", "--year", "2026", "--out", "x.xlsx")]
    [InlineData("--year 的“二零二六”", "figures", "--year", "二零二六")]
    [InlineData("nonsense", "serve", "--urls", "nonsense")]
    public async Task Wrong_use_is_named_and_ends_with_2(string named, params string[] arguments)
    {
        var outcome = await RunAsync(arguments);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(named, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_without_data_is_named_rather_than_made()
    {
        using var folder = new TemporaryFolder();
        var outcome = await Programs.RunAsync(Repository.Executable, ["verify", "--data", folder["nothing"]], TimeSpan.FromMinutes(3));
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("nothing", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["nothing"]));
    }

    [Fact]
    public async Task Figures_are_printed_as_JSON_and_verify_finds_nothing()
    {
        var figures = (await RunAsync("figures", "--year", "2026", "--unit", "FZ", "--json")).Required();
        using var json = JsonDocument.Parse(figures.Output);
        Assert.True(json.RootElement.GetProperty("measures").GetArrayLength() > 300);
        Assert.True(json.RootElement.GetProperty("indicators").GetArrayLength() > 90);
        (await RunAsync("verify")).Required();
    }
}

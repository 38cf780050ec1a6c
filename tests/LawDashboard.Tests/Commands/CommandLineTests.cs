using System.Net;
using System.Net.Sockets;
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
    [InlineData("--year 写了2次，只能写一次", "figures", "--year", "2026", "--year", "2025")]
    [InlineData("连接串看不懂", "figures", "--year", "2026", "--connection", "Hst=x")]
    [InlineData("没有写 Host", "figures", "--year", "2026", "--connection", "Database=law")]
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
    public async Task A_data_folder_that_is_a_file_and_a_server_that_does_not_answer_are_named()
    {
        var outcome = await Programs.RunAsync(Repository.Executable, ["serve", "--data", Repository.Executable], TimeSpan.FromMinutes(3));
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("是一个文件", outcome.Errors, StringComparison.Ordinal);
        outcome = await RunAsync("figures", "--year", "2026", "--connection", "Host=127.0.0.1;Port=1;Username=a;Database=b");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("连不上 PostgreSQL", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_before_anything_is_made()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var outcome = await Programs.RunAsync(Repository.Executable, ["serve", "--data", folder["data"], "--urls", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"], TimeSpan.FromMinutes(3));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("端口已被别的程序占用", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors + outcome.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public async Task What_is_no_report_is_not_checked_as_if_it_were_one()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["台账.csv"], "日期,主题\n2026-03-05,宪法宣传\n");
        var outcome = await RunAsync("check", folder["台账.csv"], "--year", "2026");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("不是报告", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_in_Chinese()
    {
        var help = (await RunAsync("import", "--help")).Required().Output;
        Assert.Contains("（必填）", help, StringComparison.Ordinal);
        foreach (var word in (string[])["Description", "REQUIRED", "[options]", "default"]) Assert.DoesNotContain(word, help, StringComparison.Ordinal);
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

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Reports.Templates;

/// <summary>Units' own texts of the shipped templates.</summary>
public sealed class TemplateDeskTests : IAsyncLifetime
{
    const string Key = ReportTemplates.TownshipAnnual;

    readonly TemporaryFolder folder = new();
    ServiceProvider services = null!;
    UnitTree tree = UnitTree.Empty;

    Unit County => tree.Find("NZ")!;
    Unit Town => tree.Find("FZ")!;
    Person Reviewer => new(7, "a", "样例甲", Role.Reviewer, Town.Id);
    Person Administrator => new(8, "b", "样例乙", Role.Administrator, County.Id);
    TemplateDesk Desk => services.GetRequiredService<TemplateDesk>();

    public async Task InitializeAsync()
    {
        services = await Demonstration.OpenAsync(folder.Path, Demonstration.SeedFolder);
        await services.GetRequiredService<UnitDirectory>().AddAsync([new("NZ", "样例县", UnitKind.County), new("FZ", "法镇", UnitKind.Town, "NZ"), new("DH", "大河镇", UnitKind.Town, "NZ")]);
        tree = await services.GetRequiredService<UnitDirectory>().TreeAsync();
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    async Task<OpenTemplate> OpenAsync(Person? person = null, Unit? unit = null) => (await Desk.OpenAsync(person ?? Reviewer, unit ?? Town, Key))!;

    async Task<string> InForceAsync(Unit unit) => (await services.GetRequiredService<TemplateShelf>().ChooseAsync(unit, new(2026))).Template.Name;

    static string Renamed(string text, string name) => text.Replace("名称：法治政府建设年度报告", $"名称：{name}", StringComparison.Ordinal);

    [Fact]
    public async Task A_saved_text_stands_in_for_the_shipped_one_and_every_version_is_kept_and_logged()
    {
        var open = await OpenAsync();
        Assert.True(open is { From: null, Number: 0, MayEdit: true });
        Assert.Equal(1, (await Desk.SaveAsync(Reviewer, Town, Key, 0, Renamed(open.Text, "甲"))).Number);
        Assert.Equal(2, (await Desk.SaveAsync(Reviewer, Town, Key, 1, Renamed(open.Text, "乙"))).Number);
        Assert.StartsWith("乙", await InForceAsync(Town), StringComparison.Ordinal);
        Assert.StartsWith("法治", await InForceAsync(tree.Find("DH")!), StringComparison.Ordinal);
        Assert.Equal(Renamed(open.Text, "甲"), await Desk.TextAsync(Town, Key, 1));
        Assert.Equal(3, (await Desk.SaveAsync(Reviewer, Town, Key, 2, null)).Number);
        Assert.StartsWith("法治", await InForceAsync(Town), StringComparison.Ordinal);
        Assert.Equal([true, false, false], (await Desk.VersionsAsync(Town, Key)).Select(line => line.Reverted));
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        Assert.Equal(3, await db.AuditEvents.CountAsync(line => line.Subject == "report-template" && line.PersonId == 7 && line.UnitId == Town.Id));
    }

    [Fact]
    public async Task A_countys_text_is_used_by_its_towns_until_they_have_their_own()
    {
        var shipped = (await OpenAsync()).Shipped;
        Assert.Equal(1, (await Desk.SaveAsync(Administrator, County, Key, 0, Renamed(shipped, "县定"))).Number);
        Assert.StartsWith("县定", await InForceAsync(Town), StringComparison.Ordinal);
        Assert.Equal("NZ", (await OpenAsync()).From!.Code);
        Assert.Equal(1, (await Desk.SaveAsync(Reviewer, Town, Key, 0, Renamed(shipped, "镇定"))).Number);
        Assert.StartsWith("镇定", await InForceAsync(Town), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_with_an_error_is_put_in_force_and_the_refusal_names_the_line()
    {
        var open = await OpenAsync();
        var lines = open.Text.TrimEnd('\n').Split('\n').Length;
        foreach (var (line, reason) in new[] { ("全年走访{visits.held}次。", "visits.held"), ("受理{mediation.accepted件。", "没有闭合"), ("@wish", "不认识的指令"), ("@如果 mediation.accepted > 0", "@结束") })
        {
            var saved = await Desk.SaveAsync(Reviewer, Town, Key, 0, open.Text.TrimEnd('\n') + "\n" + line);
            Assert.Null(saved.Number);
            Assert.Contains($"第{lines + 1}行", saved.Refusal, StringComparison.Ordinal);
            Assert.Contains(reason, saved.Refusal, StringComparison.Ordinal);
        }
        Assert.Empty(await Desk.VersionsAsync(Town, Key));
    }

    [Fact]
    public async Task Whoever_saves_onto_an_older_version_or_for_another_unit_is_refused()
    {
        var open = await OpenAsync();
        await Desk.SaveAsync(Reviewer, Town, Key, 0, Renamed(open.Text, "甲"));
        Assert.Contains("样例甲", (await Desk.SaveAsync(Reviewer, Town, Key, 0, Renamed(open.Text, "乙"))).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await Desk.SaveAsync(Reviewer, County, Key, 0, Renamed(open.Text, "乙"))).Refusal);
        Assert.Null(await Desk.OpenAsync(Reviewer, tree.Find("DH")!, Key));
        Assert.Null(await Desk.OpenAsync(Reviewer, Town, ReportTemplates.CountyAnnual));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task Whatever_is_saved_is_read_again_as_the_same(int seed)
    {
        var random = new Random(seed);
        var open = await OpenAsync();
        var lines = open.Text.Split('\n').ToList();
        for (var change = 0; change < 12; change++)
        {
            var at = random.Next(8, lines.Count);
            if (random.Next(2) == 0) lines.RemoveAt(at);
            else lines.Insert(at, random.Next(3) switch { 0 => "", 1 => "@table mediation.accepted, petitions.registered by month：{year}年“各月”𠮷", _ => "受理{mediation.accepted}件[[，{mediation.accepted|yoy}]]；" });
        }
        var text = string.Join('\n', lines);
        var saved = await Desk.SaveAsync(Reviewer, Town, Key, 0, text);
        Assert.Null(saved.Refusal);
        var again = await OpenAsync();
        Assert.Equal(text, again.Text);
        Assert.Equal(ReportTemplate.Parse("t", text).Template!.Uses, ReportTemplate.Parse("t", again.Text).Template!.Uses);
        // What differs from the shipped one makes the saved one out of it again.
        var rebuilt = LineDiff.Of(open.Shipped, again.Text).Where(line => line.Change != LineChange.Removed).Select(line => line.Text);
        Assert.Equal(again.Text.TrimEnd('\n'), string.Join('\n', rebuilt));
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Reports;

public sealed class ReportDownloadTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    ServiceProvider services = null!;
    UnitTree tree = UnitTree.Empty;

    public async Task InitializeAsync()
    {
        services = await Demonstration.OpenAsync(folder.Path, Demonstration.SeedFolder);
        var units = services.GetRequiredService<UnitDirectory>();
        await units.AddAsync([new("NZ", "南郑区", UnitKind.County), new("FZ", "法镇", UnitKind.Town, "NZ"), new("FZ01", "样例村", UnitKind.Village, "FZ"), new("DH", "大河镇", UnitKind.Town, "NZ")]);
        tree = await units.TreeAsync();
    }

    Task<ReportFile?> PrepareAsync(Role role, string unit, string query) =>
        services.GetRequiredService<ReportDownload>().PrepareAsync(new(7, "a", "样例甲", role, tree.Find(unit)!.Id), "/report/download" + query);

    async Task<IReadOnlyList<AuditEvent>> AuditAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.AuditEvents.AsNoTracking().Where(line => line.Action == "export").ToListAsync();
    }

    [Theory]
    [InlineData("?unit=DH&year=2026")]
    [InlineData("?unit=NZ&year=2026")]
    [InlineData("?unit=XX&year=2026")]
    [InlineData("?unit=FZ&year=1999")]
    [InlineData("?unit=FZ&year=abc")]
    [InlineData("?unit=FZ01&year=2026")]
    public async Task What_is_unknown_unseen_or_without_a_report_is_not_found_and_not_logged(string query)
    {
        Assert.Null(await PrepareAsync(Role.Reviewer, "FZ", query));
        Assert.Empty(await AuditAsync());
    }

    [Theory]
    [InlineData(Role.Recorder, "FZ")]
    [InlineData(Role.Inspector, "NZ")]
    public async Task Whoever_sees_the_unit_may_download_and_it_is_logged(Role role, string unit)
    {
        var file = await PrepareAsync(role, unit, "?unit=FZ&year=2026");
        Assert.Equal("法镇2026年度法治政府建设情况报告.docx", file!.Name);
        Assert.Equal("法镇", file.Draft.UnitName);
        var line = Assert.Single(await AuditAsync());
        Assert.Equal((7, "report", tree.Find("FZ")!.Id, "法镇2026年度法治政府建设情况报告"), (line.PersonId, line.Subject, line.UnitId, line.Note));
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Xunit.Sdk;

namespace LawDashboard.Tests;

/// <summary>What the other tests stand on, held to what it promises.</summary>
public sealed class TestSupportTests
{
    [DatabaseTheory, Databases]
    public async Task A_test_database_is_migrated_and_apart_from_every_other(DatabaseKind kind)
    {
        await using var one = await TestDatabase.CreateAsync(kind);
        await using var other = await TestDatabase.CreateAsync(kind);
        await WriteAsync(one, "一");
        await WriteAsync(other, "二");

        Assert.Equal(kind == DatabaseKind.PostgreSql, one.Settings.IsPostgres);
        await using var db = one.CreateContext();
        Assert.Equal(["一"], await db.Database.SqlQueryRaw<string>("SELECT said AS \"Value\" FROM test_notes").ToListAsync());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [DatabaseTheory, Databases]
    public async Task Disposing_a_test_database_leaves_nothing_behind(DatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind);
        await WriteAsync(database, "一");
        await database.DisposeAsync();

        Assert.False(Directory.Exists(database.Folder));
        await using var db = database.CreateContext();
        if (kind == DatabaseKind.PostgreSql) Assert.False(await db.Database.CanConnectAsync());
    }

    [DatabaseTheory]
    [Databases(0)]
    [Databases(3)]
    public async Task Writers_take_turns_in_a_test_database(DatabaseKind kind, int others)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await WriteAsync(database, "0");
        await Task.WhenAll(Enumerable.Range(1, others).Select(i => AddAsync(database, $"{i}")));

        await using var db = database.CreateContext();
        Assert.Equal(1 + others, await db.Database.SqlQueryRaw<int>("SELECT CAST(count(*) AS int) AS \"Value\" FROM test_notes").SingleAsync());
    }

    [OfficeFact]
    public async Task An_office_program_opens_a_document_and_prints_its_Chinese_text()
    {
        using var folder = new TemporaryFolder();
        var file = folder["样例.docx"];
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
            document.AddMainDocumentPart().Document = new(new Body(new Paragraph(new Run(new Text("法镇2026年度工作报告")))));

        Assert.Contains("法镇2026年度工作报告", Office.WithoutGaps(await Office.ToTextAsync(file)), StringComparison.Ordinal);
        Assert.Single(await Office.ToImagesAsync(file));
    }

    [OfficeFact]
    public async Task An_office_program_refuses_what_is_no_document()
    {
        using var folder = new TemporaryFolder();
        var file = folder["broken.docx"];
        await File.WriteAllBytesAsync(file, [0x50, 0x4B, 3, 4, 0, 0, 0, 0]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Office.ToPdfAsync(file));
    }

    [Fact]
    public void A_text_that_was_approved_passes_and_any_other_is_shown_with_its_first_difference()
    {
        using var folder = new TemporaryFolder();
        var path = folder["text"];
        Assert.Throws<XunitException>(() => Approved.Compare("一\n二", path, approving: false));
        Approved.Compare("一\r\n二\n", path, approving: true);
        Assert.False(File.Exists(path + ".received.txt"));

        var failure = Assert.Throws<XunitException>(() => Approved.Compare("一\n三", path, approving: false));
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal("一\n三\n", File.ReadAllText(path + ".received.txt"));
    }

    static async Task WriteAsync(TestDatabase database, string said)
    {
        await using var db = database.CreateContext();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE test_notes (said text NOT NULL)");
        await AddAsync(database, said);
    }

    static async Task AddAsync(TestDatabase database, string said)
    {
        await using var db = database.CreateContext();
        await using var write = await db.BeginWriteAsync();
        await db.Database.ExecuteSqlAsync($"INSERT INTO test_notes (said) VALUES ({said})");
        await write.CommitAsync();
    }
}

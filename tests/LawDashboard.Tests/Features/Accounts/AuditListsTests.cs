using System.Text.RegularExpressions;
using LawDashboard.Features.Accounts;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Accounts;

public sealed partial class AuditListsTests
{
    [DatabaseTheory, Databases]
    public async Task The_log_shows_an_administrator_his_subtree_and_nothing_else(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var everywhere = await bench.PersonAsync("everywhere", Role.Administrator, null);
        var town = await bench.PersonAsync("town", Role.Administrator, "FZ");
        var neighbour = await bench.PersonAsync("neighbour", Role.Reviewer, "DH");
        await bench.SignInAsync("nobody", "Wrong-20266");
        var tree = await bench.Units.TreeAsync();
        var (top, fz, dh) = (tree.Find("NZ")!, tree.Find("FZ")!, tree.Find("DH")!);

        Assert.Equal(["sign-in-failed", "create", "create", "create"], (await bench.Audit.PageAsync(everywhere, top, null, null, null)).Rows.Select(row => row.Action));
        Assert.Equal(["town样例"], (await bench.Audit.PageAsync(town, fz, null, null, null)).Rows.Select(row => row.Name));
        Assert.Empty((await bench.Audit.PageAsync(town, dh, null, null, null)).Rows);
        Assert.Empty((await bench.Audit.PageAsync(town, top, null, null, null)).Rows);
        Assert.Empty((await bench.Audit.PageAsync(neighbour, dh, null, null, null)).Rows);
    }

    [DatabaseTheory, Databases]
    public async Task Older_lines_follow_where_the_page_ended(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var keeper = await bench.PersonAsync("keeper", Role.Administrator, null);
        var top = (await bench.Units.TreeAsync()).Find("NZ")!;
        for (var i = 0; i < AuditLists.PageSize + 1; i++) await bench.SignInAsync("nobody", "Wrong-20266");
        var (rows, more) = await bench.Audit.PageAsync(keeper, top, null, null, null);
        Assert.Equal((AuditLists.PageSize, true), (rows.Count, more));
        var (older, end) = await bench.Audit.PageAsync(keeper, top, null, null, rows[^1].Sequence);
        Assert.Equal([2L, 1L], older.Select(row => row.Sequence));
        Assert.False(end);
        Assert.Single((await bench.Audit.PageAsync(keeper, top, "account", "本机", null)).Rows);
        Assert.Empty((await bench.Audit.PageAsync(keeper, top, "unit", null, null)).Rows);
    }

    [Fact]
    public void Whatever_the_program_writes_into_the_log_is_shown_in_words()
    {
        var written = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "LawDashboard"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Line().Matches(File.ReadAllText(file))).ToList();
        Assert.True(written.Count > 10, "The log is no longer written as this test looks for it.");
        Assert.All(written, line =>
        {
            Assert.NotEqual(line.Groups["action"].Value, AuditWords.Action(line.Groups["action"].Value));
            if (line.Groups["subject"] is { Success: true, Value: var subject }) Assert.Contains(subject, AuditWords.Subjects);
        });
    }

    /// <summary>A person's name, what he did, and what he did it to; or the same of a file.</summary>
    [GeneratedRegex("""\.Name, "(?<action>[a-z-]+)", "(?<subject>[a-z-]+)"|EvidenceLog\.(?:AddAsync|Line)\([^";]*"(?<action>[a-z-]+)""")]
    private static partial Regex Line();
}

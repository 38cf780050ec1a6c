using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Data;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Features.Exchange.Packing;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Exchange;

/// <summary>The three editions of a ledger: what stands in each, and who may have it.</summary>
public sealed class LedgerEditionTests(Demonstration demo) : IClassFixture<Demonstration>
{
    const string Reason = "市级督察核对原件";

    [Fact]
    public async Task Each_edition_shows_what_it_may_and_the_full_one_is_logged_with_its_reason()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var ledger = bench.Get<LedgerCatalog>().Ledger("mediation")!;
        var query = new EntryQuery { Person = PackBench.Clerk, Ledger = ledger, Unit = (await bench.Get<UnitDirectory>().TreeAsync()).Find(PackBench.Town), From = new(2026, 1, 1), To = new(2026, 12, 31) };
        var approved = await bench.Get<EntryLists>().CountAsync(query with { States = [EntryState.Approved] });
        var applicants = new HashSet<string>();
        await foreach (var entry in bench.Get<EntryLists>().StreamAsync(query)) applicants.Add(entry.Values.Text("applicant")!);

        var before = await LastLineAsync();
        var (masked, full, reporting) = (await ReadAsync(bench, ledger, query, LedgerEdition.Masked), await ReadAsync(bench, ledger, query, LedgerEdition.Full), await ReadAsync(bench, ledger, query, LedgerEdition.Reporting));
        Assert.Equal(full.Rows.Count, masked.Rows.Count);
        Assert.Contains(full.Rows, row => row.Any(cell => cell is string text && applicants.Contains(text)));
        Assert.DoesNotContain(masked.Rows.Concat(reporting.Rows), row => row.Any(cell => cell is string text && applicants.Any(text.Contains)));
        Assert.EndsWith("（完整版）.xlsx", full.File.Name, StringComparison.Ordinal);

        Assert.Contains("含个人信息，注意保管", full.File.Layout.SecondLine);
        Assert.DoesNotContain("含个人信息，注意保管", masked.File.Layout.SecondLine);

        Assert.Equal(approved, reporting.Rows.Count);
        var headings = reporting.File.Layout.Columns.Select(column => column.Heading).ToList();
        Assert.Equal(["编号", "单位代码", "单位"], headings.Take(3));
        Assert.DoesNotContain("申请人", headings);
        Assert.DoesNotContain("纠纷简要情况", headings);
        var type = headings.IndexOf("纠纷类型");
        Assert.All(reporting.Rows, row => Assert.Matches(@"^\d\d \S+$", (string)row[type]!));

        await using var db = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var notes = await db.AuditEvents.Where(line => line.Sequence > before && line.Action == "export" && line.Subject == "ledger").OrderBy(line => line.Sequence).Select(line => line.Note!).ToListAsync();
        Assert.Equal(3, notes.Count);
        Assert.Contains(Reason, notes[1]);
        Assert.Contains("上报版", notes[2]);

        async Task<long> LastLineAsync()
        {
            await using var context = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            return await context.AuditEvents.MaxAsync(line => line.Sequence);
        }
    }

    [Fact]
    public void The_full_edition_wants_the_role_and_a_reason()
    {
        Assert.Null(Editions.Refusal(PackBench.Clerk with { Role = Role.Inspector }, LedgerEdition.Masked, null));
        Assert.Contains("督察员", Editions.Refusal(PackBench.Clerk with { Role = Role.Inspector }, LedgerEdition.Full, Reason));
        Assert.Contains("理由", Editions.Refusal(PackBench.Clerk, LedgerEdition.Full, "  "));
        Assert.Contains("不要超过", Editions.Refusal(PackBench.Clerk, LedgerEdition.Full, new string('理', 301)));
        Assert.Null(Editions.Refusal(Person.Machine, LedgerEdition.Full, Reason));
    }

    static async Task<(LedgerFile File, List<object?[]> Rows)> ReadAsync(PackBench bench, LedgerDefinition ledger, EntryQuery query, LedgerEdition edition)
    {
        var file = await bench.Get<LedgerExport>().PrepareAsync(PackBench.Clerk, ledger, query, "试", edition, edition == LedgerEdition.Full ? Reason : null);
        var rows = new List<object?[]>();
        await foreach (var row in file.Rows) rows.Add([.. row]);
        return (file, rows);
    }
}

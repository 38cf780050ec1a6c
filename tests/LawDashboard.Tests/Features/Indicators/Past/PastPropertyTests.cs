using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Past;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Indicators.Past;

/// <summary>
/// Over generated definitions and histories: what was counted, listed and exported at some moments is written down then, and
/// asked again as of those moments when everything is over.
/// </summary>
public sealed class PastPropertyTests
{
    [DatabaseTheory, Databases]
    public async Task Figures_rows_and_exports_as_of_a_moment_are_those_of_then(DatabaseKind kind)
    {
        var first = TestScale.Full ? 1 : 2_000;
        var scenarios = TestScale.Full ? 100 : 2;
        for (var seed = first; seed < first + scenarios; seed++)
        {
            var dice = new CountingPropertyTests.Dice(seed);
            var ledgers = dice.Catalog();
            var indicators = new IndicatorCatalog(ledgers, [new() { Key = "task", Name = "任务", Heading = "任务" }], dice.Measures(ledgers), []);
            await using var bench = await Workbench.CreateAsync(kind, ledgers, indicators, services => services.AddSingleton<LedgerExport>());
            bench.Clock.Utc = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
            var taken = new List<(PastPoint Point, string Seen)>();
            await CountingPropertyTests.HistoryAsync(bench, dice, ledgers, async step =>
            {
                bench.Clock.Utc += TimeSpan.FromHours(3);
                if (step % 14 != 0) return;
                taken.Add((await LastAsync(bench), await SeenAsync(bench, indicators, null)));
                // One is asked at once too, and must be carried on by what is written later.
                if (step == 28) Assert.Equal(taken[^1].Seen, await SeenAsync(bench, indicators, taken[^1].Point));
            });
            Assert.True(taken.Count >= 4);
            foreach (var (point, seen) in taken)
            {
                var now = await SeenAsync(bench, indicators, point);
                Assert.True(seen == now, $"Seed {seed}, {point.Words}: then\n{seen}\nas of then\n{now}");
            }
            Assert.Equal(0, (await bench.Get<AuditMoments>().ResolveAsync("2026-10-31")).Point!.Sequence);
            Assert.DoesNotContain('=', await SeenAsync(bench, indicators, (await bench.Get<AuditMoments>().ResolveAsync("2026-10-31")).Point));
        }
    }

    /// <summary>By the clock, as people name it; the clock has moved on since the last change.</summary>
    static async Task<PastPoint> LastAsync(Workbench bench)
    {
        await using var db = bench.Context();
        var last = await db.AuditEvents.MaxAsync(line => line.Sequence);
        var text = LawDashboard.Data.ChinaTime.Local(bench.Clock.Utc.AddMinutes(-1)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var (point, problem) = await bench.Get<AuditMoments>().ResolveAsync(text);
        Assert.Null(problem);
        // Only what is no entry's, such as an export, may lie between.
        Assert.False(await db.AuditEvents.AnyAsync(line => line.Sequence > point!.Sequence && line.Sequence <= last && line.After != null && line.Subject == "entry"));
        return point!;
    }

    /// <summary>Everything that can be seen, as text: every tally, every row with its values, totals, and the exported cells.</summary>
    static async Task<string> SeenAsync(Workbench bench, IndicatorCatalog catalog, PastPoint? past)
    {
        var lines = new List<string>();
        foreach (var unit in new[] { "NZ", "FZ", "DH01" }.Select(bench.Unit))
        {
            var person = bench.Person(Role.Reviewer, unit.Code, 3);
            foreach (var year in new[] { 2025, 2026 })
            {
                var months = MonthRange.OfYear(year);
                var book = past is null ? await bench.Get<TallyReader>().BookAsync(person, unit, months) : await bench.Get<PastBooks>().BookAsync(person, unit, months, null, past.Sequence);
                foreach (var measure in catalog.Measures)
                    foreach (var slice in measure.Slices.SelectMany(field => catalog.Ledgers.Values(catalog.Ledgers.Ledger(measure.Ledger)!.Field(field)!).Select(value => Counter.SliceKey(field, value.Code))).Prepend(""))
                        foreach (var state in new[] { EntryState.Approved, EntryState.Submitted })
                            foreach (var month in Enumerable.Range(1, 12).Select(month => MonthRange.OfMonth(year, month)))
                                if (book.Value(measure, month, state, slice) is not 0 and var value) lines.Add($"{unit.Code} {month.From} {measure.Key} {slice} {state} = {value}");
            }
            foreach (var ledger in catalog.Ledgers.Ledgers) lines.AddRange(await RowsAsync(bench, person, unit, ledger, past));
        }
        return string.Join('\n', lines);
    }

    static async Task<IEnumerable<string>> RowsAsync(Workbench bench, Person person, LawDashboard.Features.Units.Unit unit, LedgerDefinition ledger, PastPoint? past)
    {
        var query = new EntryQuery { Person = person, Unit = unit, Ledger = ledger, States = Enum.GetValues<EntryState>(), Sort = new("date", Descending: false), AsOf = past };
        var rows = await bench.Lists.PageAsync(query, 1, 500);
        var totals = await bench.Lists.TotalsAsync(query);
        if (past is not null)
        {
            // Now is searched by its index, the past by titles and numbers.
            Assert.Equal(rows.Count(row => row.Title.Contains("词1", StringComparison.Ordinal)), await bench.Lists.CountAsync(query with { Search = "词1" }));
            foreach (var row in rows) Assert.Equal(row.Version, (await bench.Lists.FindAsync(person, row.Id, past))!.Version);
        }
        var exported = new List<string>();
        if (rows.Count > 0)
            await foreach (var cells in (await bench.Get<LedgerExport>().PrepareAsync(person, ledger, query, "样例")).Rows)
                exported.Add(string.Join('|', cells.Select(cell => Convert.ToString(cell, System.Globalization.CultureInfo.InvariantCulture))));
        return
        [
            .. rows.Select(row => string.Join('|', row.Id, row.LedgerKey, row.UnitId, row.Date, row.Serial, row.Title, row.State, row.StateNote, row.Values.Json, row.Version, row.DefinitionVersion,
                row.CreatedById, row.CreatedBy, row.CreatedAt.Ticks, row.UpdatedAt.Ticks, row.ApprovedBy, row.ApprovedValues?.Json, row.Backdated, row.OriginId, row.OriginLedger)),
            .. totals.ByState.OrderBy(state => state.Key).Select(state => $"{ledger.Key} {state.Key} = {state.Value}"),
            .. totals.Sums.Where(_ => totals.Count > 0).Select(sum => $"{ledger.Key} {sum.Key} = {sum.Value}"), .. exported,
        ];
    }
}

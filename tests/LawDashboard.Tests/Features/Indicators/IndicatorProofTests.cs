using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>Over the demonstration county: what an indicator's page counts behind its figure is what its links open.</summary>
public sealed class IndicatorProofTests(Demonstration demonstration) : IClassFixture<Demonstration>
{
    [Fact]
    public async Task Every_count_behind_a_figure_is_the_number_of_rows_that_its_link_opens()
    {
        var (catalog, rules, lists) = (demonstration.Get<IndicatorCatalog>(), demonstration.Get<IRowRules>(), demonstration.Get<EntryLists>());
        var tree = await demonstration.Get<LawDashboard.Features.Units.UnitDirectory>().TreeAsync();
        var (unit, links) = (tree.Find("FZ") ?? tree.Roots.First(), new RowLinks(catalog, tree.Find("FZ") ?? tree.Roots.First(), 2026));
        var facts = (await demonstration.Get<UnitYears>().ReadAsync(Person.Machine, unit, 2026))!;
        var (standings, checkedRests, checkedOverlaps) = (new Standings(demonstration.Get<IndicatorReckoner>(), facts), 0, 0);
        var last = new PastPoint("", long.MaxValue, new(2026, 12, 31), DateTime.MaxValue, "");
        foreach (var indicator in catalog.Indicators.Where(indicator => indicator.Points > 0))
        {
            var proof = (await demonstration.Get<IndicatorProofs>().OfAsync(Person.Machine, unit, 2026, indicator))!;
            var value = standings.Of(indicator).Value;
            var measure = catalog.Measure(indicator.Numerator ?? indicator.Measure)!;
            if (measure.Kind is MeasureKind.Count) Assert.Equal(value.Numerator, (decimal)proof.Rows);
            Assert.Equal(proof.Rows, await OpenedAsync(links.Value(indicator)!));
            if (proof.Rest is { } rest)
            {
                checkedRests++;
                Assert.Equal(rest, await OpenedAsync(links.Rest(indicator)!));
                // What is under a ratio is over it or left out; a numerator by another date may count rows that the denominator has not.
                if (catalog.Measure(indicator.Denominator) is { Kind: MeasureKind.Count } under && under.Date == measure.Date && measure.Kind is MeasureKind.Count) Assert.True(value.Denominator - value.Numerator <= rest, indicator.Key);
            }
            foreach (var overlap in proof.Overlaps.Take(2))
            {
                checkedOverlaps++;
                Assert.Equal(overlap.Count, await OpenedAsync(links.Both(indicator, overlap.OtherMeasure)!));
                Assert.InRange(overlap.Count, 1, proof.Rows);
            }
            // As of the last line of the log nothing is other than it is.
            if (indicator.Key.Length % 4 == 0)
            {
                var past = (await demonstration.Get<IndicatorProofs>().OfAsync(Person.Machine, unit, 2026, indicator, last))!;
                Assert.Equal((proof.Rows, proof.Rest, proof.Evidence, string.Join(' ', proof.Overlaps)), (past.Rows, past.Rest, past.Evidence, string.Join(' ', past.Overlaps)));
            }
            if (!proof.Evidence.Takes) continue;
            foreach (var (shown, count) in new[] { (Shown.None, proof.Evidence.None), (Shown.Photo, proof.Evidence.Photo), (Shown.Paper, proof.Evidence.Paper) })
                Assert.Equal(count, await OpenedAsync(links.Evidenced(indicator, shown)!));
            Assert.True(proof.Evidence.None + proof.Evidence.Photo + proof.Evidence.Paper <= proof.Rows * 2);
        }
        Assert.True(checkedRests > 10 && checkedOverlaps > 10, $"{checkedRests} {checkedOverlaps}");

        async Task<int> OpenedAsync(string address)
        {
            var ledger = catalog.Ledgers.Ledger(address.Split('/', '?')[2])!;
            var query = EntryListState.Read(address).ToQuery(Person.Machine, tree, ledger, rules, 2026, out var rule, [new EvidenceFilter()]);
            Assert.NotNull(rule);
            return await lists.CountAsync(query!);
        }
    }

    [DatabaseTheory, Databases]
    public async Task Evidence_of_the_past_is_what_hung_on_the_entries_then(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddEvidence());
        var recorder = bench.Person(Role.Recorder, "FZ");
        var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ", SampleCatalog.Complete("2026-03-05")))).Entry;
        await using var db = bench.Context();
        var told = new List<(long Sequence, Shown[] Shown)>();
        await TellAsync(Shown.None);
        var (photo, paper) = (new string('a', 64), new string('b', 64));
        db.Evidence.Add(File(photo, "image/jpeg"));
        await LineAsync("attach", photo, Shown.Photo);
        db.Evidence.Add(File(paper, "application/pdf"));
        await LineAsync("attach", paper, Shown.Photo, Shown.Paper);
        (await db.Evidence.AsTracking().SingleAsync(file => file.Sha256 == photo)).Removed = true;
        await LineAsync("detach", photo, Shown.Paper);
        // The same photograph once more.
        db.Evidence.Add(File(photo, "image/jpeg"));
        await LineAsync("attach", photo, Shown.Photo, Shown.Paper);

        foreach (var (sequence, expected) in told)
            foreach (var shown in Enum.GetValues<Shown>())
                Assert.Equal((sequence, shown, expected.Contains(shown)), (sequence, shown, await EvidenceFilter.Having(db, db.Entries, shown, new("", sequence, default, default, "")).AnyAsync()));

        EvidenceFile File(string hash, string type) =>
            new() { EntryId = entry.Id, Field = "photos", Sha256 = hash, Name = "x", ContentType = type, Size = 1, UploadedById = 1, UploadedBy = "甲", UploadedAt = ChinaTime.Now(bench.Clock) };

        async Task LineAsync(string action, string hash, params Shown[] shown)
        {
            await using (var transaction = await db.BeginWriteAsync(default))
            {
                await EvidenceLog.AddAsync(db, recorder, entry, action, "x", hash, 1, ChinaTime.Now(bench.Clock), default);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }
            await TellAsync(shown);
        }

        async Task TellAsync(params Shown[] shown) => told.Add((await db.AuditEvents.MaxAsync(line => line.Sequence), shown));
    }

    [Fact]
    public async Task Evidence_is_told_by_what_hangs_on_an_entry()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddEvidence());
        var ids = new List<long>();
        for (var i = 0; i < 4; i++)
            ids.Add(Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), new(null, "lectures", "FZ", SampleCatalog.Complete("2026-03-05")))).Entry.Id);
        await using var db = bench.Context();
        foreach (var (id, type, removed) in new[] { (ids[1], "image/jpeg", false), (ids[1], "application/pdf", false), (ids[2], "application/pdf", false), (ids[3], "image/png", true) })
            db.Evidence.Add(new() { EntryId = id, Field = "photos", Sha256 = new string('a', 64), Name = "x", ContentType = type, Size = 1, UploadedById = 1, UploadedBy = "甲", UploadedAt = ChinaTime.Now(bench.Clock), Removed = removed });
        await db.SaveChangesAsync();
        Assert.Equal([ids[0], ids[3]], await IdsAsync(Shown.None));
        Assert.Equal([ids[1]], await IdsAsync(Shown.Photo));
        Assert.Equal([ids[1], ids[2]], await IdsAsync(Shown.Paper));

        Task<List<long>> IdsAsync(Shown shown) => EvidenceFilter.Having(db, db.Entries, shown).OrderBy(entry => entry.Id).Select(entry => entry.Id).ToListAsync();
    }
}

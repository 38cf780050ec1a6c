using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Measures;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>Some days of a month are counted from the few entries that pointers lead to; that is held against looking at every entry.</summary>
public sealed class StretchReaderTests
{
    [DatabaseTheory, Databases]
    public async Task A_stretch_of_days_counts_what_looking_at_every_entry_counts(DatabaseKind kind)
    {
        for (var seed = 2_001; seed <= 2_003; seed++)
        {
            var dice = new CountingPropertyTests.Dice(seed);
            var ledgers = dice.Catalog();
            var indicators = new IndicatorCatalog(ledgers, [new() { Key = "task", Name = "任务", Heading = "任务" }], dice.Measures(ledgers), []);
            await using var bench = await Workbench.CreateAsync(kind, ledgers, indicators);
            await CountingPropertyTests.HistoryAsync(bench, dice, ledgers);
            await AgreeAsync(bench, dice, seed);
            await using (var db = bench.Context()) Assert.Empty(await bench.Get<EntryPointers>().DifferencesAsync(db));

            // A measure that comes to go by another day is counted right at once, before anything points by that day.
            var person = bench.Person(Role.Administrator, "NZ", 3);
            foreach (var measure in indicators.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key)).Take(3).ToList())
                if (dice.Redefined(measure, ledgers) is var changed && MeasureRevision.Write(changed) != MeasureRevision.Write(measure))
                    Assert.Empty(await bench.Get<MeasureChanges>().SaveAsync(person, changed, 0, "上级口径调整"));
            await AgreeAsync(bench, dice, seed);
            await CountingPropertyTests.HistoryAsync(bench, dice, ledgers);
            await AgreeAsync(bench, dice, seed);

            // The next start points by it.
            await using var next = await bench.OtherInstanceAsync();
            await next.Get<LocalDefinitions>().LoadAsync();
            await next.Get<EntryPointers>().ApplyAsync();
            Assert.Empty(await next.Create<EntryPointers>().ApplyAsync());
            Assert.All(ledgers.Ledgers, ledger => Assert.True(next.Get<CountedDays>().Covers(ledger.Key)));
            await AgreeAsync(next, dice, seed);
            await using (var db = next.Context()) Assert.Empty(await next.Get<EntryPointers>().DifferencesAsync(db));
        }
    }

    static async Task AgreeAsync(Workbench bench, CountingPropertyTests.Dice dice, int seed)
    {
        await using var db = bench.Context();
        var entries = await db.Entries.AsNoTracking().ToListAsync();
        var counters = bench.Get<Counters>();
        var counted = 0;
        foreach (var code in (string[])["NZ", "FZ", "DH01"])
        {
            var unit = bench.Unit(code);
            var first = new DateOnly(2026, 1 + dice.Roll(12), 1 + dice.Roll(28));
            foreach (var (from, to) in ((DateOnly, DateOnly)[])[(first, first.AddDays(dice.Roll(40))), (new(2025, 1, 1), new(2026, 12, 31))])
            {
                var plain = new TallySum();
                foreach (var entry in entries.Where(entry => bench.Tree.Covers(unit, bench.Tree[entry.UnitId])))
                    foreach (var (key, amount) in counters.OfLedger(entry.LedgerKey).SelectMany(counter => counter.Contributions(entry, from, to)))
                        plain.Add(key with { UnitId = unit.Id }, amount);
                var read = await bench.Get<StretchReader>().ReadAsync(bench.Person(Role.Inspector, "NZ"), unit, from, to);
                Assert.True(plain.Amounts.ToDictionary().OrderBy(Key).SequenceEqual(read.Amounts.ToDictionary().OrderBy(Key)), $"Seed {seed}: {code} from {from} to {to}.");
                counted += plain.Amounts.Count();

                var focus = new TallyFocus([counters.All.First().Measure.Key], []);
                var one = await bench.Get<StretchReader>().ReadAsync(bench.Person(Role.Inspector, "NZ"), unit, from, to, focus);
                Assert.Equal(plain.Amounts.Where(pair => focus.Wants(pair.Key.MeasureKey, pair.Key.Slice)).OrderBy(Key), one.Amounts.OrderBy(Key));
            }
        }
        Assert.True(counted > 10, $"Seed {seed}: {counted} sums.");

        static string Key(KeyValuePair<TallyKey, TallyAmount> pair) => pair.Key.ToString();
    }
}

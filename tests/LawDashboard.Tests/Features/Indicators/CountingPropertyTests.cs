using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Measures;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>
/// The three ways to a number are held against each other over generated definitions and histories: the tallies kept while
/// people save, a recount by the database, and a recount in memory. And the rows that a figure opens are as many as it says.
/// </summary>
public sealed class CountingPropertyTests
{
    [DatabaseTheory, Databases]
    public async Task Tallies_equal_the_recount_by_the_database_and_the_recount_in_memory(DatabaseKind kind)
    {
        var first = TestScale.Full ? 1 : 1_000;
        var scenarios = TestScale.Full ? 400 : 6;
        for (var seed = first; seed < first + scenarios; seed++)
        {
            var dice = new Dice(seed);
            var ledgers = dice.Catalog();
            var indicators = new IndicatorCatalog(ledgers, [new() { Key = "task", Name = "任务", Heading = "任务" }], dice.Measures(ledgers), []);
            await using var bench = await Workbench.CreateAsync(kind, ledgers, indicators);
            await HistoryAsync(bench, dice, ledgers);
            await AgreeAsync(bench, seed);
            await RowsBehindFiguresAsync(bench, indicators, seed);
            await ExplanationsAsync(bench, indicators, seed);
            await BreakdownsAsync(bench, new Dice(seed), indicators, seed);
            await ChangesAsync(bench, dice, indicators, seed);
            await HistoryAsync(bench, dice, ledgers);
            await AgreeAsync(bench, seed);
            await RowsBehindFiguresAsync(bench, indicators, seed);
            await ExplanationsAsync(bench, indicators, seed);
        }
    }

    /// <summary>Measures are redefined: the figures become what the trial said they would, and everything agrees as before.</summary>
    static async Task ChangesAsync(Workbench bench, Dice dice, IndicatorCatalog catalog, int seed)
    {
        var (person, unit, year) = (bench.Person(Role.Administrator, "NZ", 3), bench.Unit("NZ"), MonthRange.OfYear(2026));
        foreach (var measure in catalog.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key)).Take(3).ToList())
        {
            var changed = dice.Redefined(measure, catalog.Ledgers);
            if (MeasureRevision.Write(changed) == MeasureRevision.Write(measure)) continue;
            var before = await FigureAsync(measure.Key);
            var preview = await bench.Get<MeasurePreviews>().OfAsync(person, changed, unit, 2026);
            Assert.True(preview!.Before == before, $"Seed {seed}: {measure.Key} is {before}, the trial says {preview.Before}.");
            Assert.Equal(before, await FigureAsync(measure.Key));
            Assert.Empty(await bench.Get<MeasureChanges>().SaveAsync(person, changed, 0, "上级口径调整"));
            var after = await FigureAsync(measure.Key);
            Assert.True(preview.After == after, $"Seed {seed}: {measure.Key} became {after}, the trial said {preview.After}: {MeasureRevision.Write(measure)} → {MeasureRevision.Write(changed)}");
            Assert.Equal(preview.After - preview.Before, preview.Units.Sum(move => move.After - move.Before));
            Assert.Equal(preview.Entering.Count, preview.Units.Sum(move => move.Entering));
            foreach (var (entering, moved) in new[] { (true, preview.Entering), (false, preview.Leaving) })
            {
                var listed = new List<long>();
                // The figures are by the new rule meanwhile; what the trial showed can be leafed through all the same.
                for (var page = 1; page == 1 || listed.Count == (page - 1) * MeasurePreviews.PageSize; page++)
                    listed.AddRange((await bench.Get<MeasurePreviews>().RowsAsync(person, preview, entering, page)).Select(row => row.Entry.Id));
                Assert.Equal(moved.Count, listed.Distinct().Count());
                Assert.Equal(moved.Shown.Select(row => row.Entry.Id), listed.Take(MeasurePreviews.PageSize));
            }
            if (preview.From.Kind != MeasureKind.Sum && preview.To.Kind != MeasureKind.Sum)
                Assert.Equal(preview.Entering.Count - preview.Leaving.Count, preview.After + preview.PendingAfter - preview.Before - preview.PendingBefore);
        }
        await AgreeAsync(bench, seed);

        async Task<decimal> FigureAsync(string measure) =>
            bench.Get<IndicatorReckoner>().Measure(await bench.Get<TallyReader>().BookAsync(person, unit, year), measure, year);
    }

    /// <param name="afterStep">Called with the number of each step once it is done or was refused.</param>
    internal static async Task HistoryAsync(Workbench bench, Dice dice, LedgerCatalog ledgers, Func<int, Task>? afterStep = null)
    {
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "NZ"), bench.Person(Role.Reviewer, "NZ", 2));
        var entries = new List<Entry>();
        for (var step = 0; step < (TestScale.Full ? 120 : 60); step++)
        {
            if (step > 0 && afterStep is not null) await afterStep(step);
            EntryResult result;
            int? at = entries.Count > 0 && dice.Roll(3) > 0 ? dice.Roll(entries.Count) : null;
            if (at is not { } index)
            {
                var ledger = dice.Pick(ledgers.Ledgers.ToList());
                var input = new EntryInput(null, ledger.Key, dice.Pick(["FZ", "FZ01", "FZ02", "DH", "DH01"]), dice.Values(ledger, ledgers));
                result = await (dice.Roll(4) == 0 ? bench.Entries.SaveAsync(recorder, input) : bench.Entries.SubmitAsync(recorder, input));
                if (result is EntryResult.Done added) entries.Add(added.Entry);
                continue;
            }
            var entry = entries[index];
            var definition = ledgers.Ledger(entry.LedgerKey)!;
            result = dice.Roll(10) switch
            {
                0 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Return, "请核对"),
                1 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Void, "重复登记"),
                2 => await bench.Entries.SubmitAsync(recorder, new(entry.Id, entry.LedgerKey, bench.Tree[entry.UnitId].Code, dice.Values(definition, ledgers, entry.Date.Year), entry.Version)),
                3 => await bench.Entries.SaveAsync(recorder, new(entry.Id, entry.LedgerKey, bench.Tree[entry.UnitId].Code, dice.Values(definition, ledgers, entry.Date.Year), entry.Version)),
                5 => await ListAsync(bench, recorder, reviewer, entry, dice.Roll(3) == 0),
                4 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Unlock, "补录结果"),
                _ => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Approve, null),
            };
            if (result is EntryResult.Done changed) entries[index] = changed.Entry;
        }
        Assert.Contains(entries, entry => entry.State == EntryState.Approved);
    }

    /// <summary>Lists the entry in the other ledger, or takes it out there again.</summary>
    static async Task<EntryResult> ListAsync(Workbench bench, Person recorder, Person reviewer, Entry entry, bool leave)
    {
        var (service, person) = (bench.Get<ListingService>(), entry.State == EntryState.Approved ? reviewer : recorder);
        var row = (await service.OfEntryAsync(person, entry)).FirstOrDefault();
        var result = leave && row is not null ? await service.UnlistAsync(person, entry.Id, entry.Version, row.Id, "不属于本台账")
            : await service.ListAsync(person, entry.Id, entry.Version, "ledger2", FieldValues.Empty);
        return result is EntryResult.Done ? new EntryResult.Done((await bench.Lists.FindAsync(person, entry.Id))!) : result;
    }

    static async Task AgreeAsync(Workbench bench, int seed)
    {
        var counters = bench.Get<Counters>();
        await using var db = bench.Context();
        var stored = await Recount.StoredAsync(db, default);
        Assert.NotEmpty(stored);

        var memory = new TallySum();
        foreach (var entry in await db.Entries.AsNoTracking().ToListAsync()) memory.Add(counters.OfLedger(entry.LedgerKey), entry);
        Same(seed, "in memory", Recount.Compare(stored, memory.Spread(bench.Tree).Amounts.ToDictionary()));
        Same(seed, "by SQL", await Recount.DifferencesAsync(db, bench.Tree, counters, default));
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
    }

    static async Task RowsBehindFiguresAsync(Workbench bench, IndicatorCatalog catalog, int seed)
    {
        var person = bench.Person(Role.Inspector, "NZ");
        var unit = bench.Unit("FZ");
        var year = MonthRange.OfYear(2026);
        var book = await bench.Get<TallyReader>().BookAsync(person, unit, year);
        var rules = bench.Get<IRowRules>();
        foreach (var measure in catalog.Measures)
            foreach (var slice in measure.Slices.SelectMany(field => catalog.Ledgers.Values(catalog.Ledgers.Ledger(measure.Ledger)!.Field(field)!)
                .Select(value => Counter.SliceKey(field, value.Code))).Prepend(""))
            {
                var rule = rules.Find(new() { Person = person, Unit = unit, From = new(2026, 1, 1), To = new(2026, 12, 31) }, measure.Key, slice);
                Assert.NotNull(rule);
                var rows = await bench.Lists.CountAsync(rule.Query);
                var counted = measure with { Kind = measure.Kind == MeasureKind.Sum ? MeasureKind.Count : measure.Kind };
                Assert.True(rows == book.Value(counted, year, EntryState.Approved, slice), $"Seed {seed}: {measure.Key} {slice} opens {rows} rows.");
            }
    }

    /// <summary>
    /// A count and a ratio of two measures by every pair of axes: the parts of each row and column make its total, and every cell
    /// says as many as it has rows.
    /// </summary>
    static async Task BreakdownsAsync(Workbench bench, Dice dice, IndicatorCatalog catalog, int seed)
    {
        // A sum's rows are not its amount; that it closes is asked all the same.
        var measures = catalog.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key) && !measure.Listed).ToList();
        var (one, other) = (dice.Pick(measures), dice.Pick(measures));
        IndicatorDefinition[] asked = [new() { Key = "task.count", Name = "数", Task = "task", Unit = "件", Measure = one.Key },
            .. one.Ledger == other.Ledger ? [new IndicatorDefinition { Key = "task.share", Name = "率", Task = "task", Unit = "%", Numerator = one.Key, Denominator = other.Key }] : Array.Empty<IndicatorDefinition>()];
        var facts = (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("NZ"), 2026))!;
        await using var db = bench.Context();
        foreach (var indicator in asked)
        {
            var axes = CrossAxis.Of(catalog, indicator, hasUnitsBelow: true);
            foreach (var (down, across) in axes.SelectMany(a => axes.Where(b => a != b && (a.Field is null || b.Field is null)).Select(b => (a, b))).OrderBy(_ => dice.Roll(100)).Take(4))
            {
                var table = await bench.Get<CrossReader>().ReadAsync(facts, indicator, down, across);
                Assert.True(table.Unclosed.Count == 0, $"Seed {seed}: {indicator.Key} of {one.Key} by {down.Key} and {across.Key} does not close: {string.Join('、', table.Unclosed.Select(place => place.Label))}.");
                foreach (var (row, column) in table.Rows.Append(table.All).SelectMany(row => table.Columns.Append(table.All).Select(column => (row, column))))
                {
                    if (one.Kind is MeasureKind.Sum || table.Href(new(catalog, facts.Unit, 2026), row, column) is not { } href) continue;
                    var query = EntryListState.Read(href).ToQuery(bench.Person(Role.Inspector, "NZ"), bench.Tree, catalog.Ledgers.Ledger(one.Ledger)!, bench.Get<IRowRules>(), 2026, out _);
                    var rows = await EntryReader.Select(db, bench.Tree, query!).CountAsync();
                    Assert.True(rows == table.Value(row, column).Numerator, $"Seed {seed}: {indicator.Key} of {one.Key} ({one.Kind}), {row.Label} × {column.Label} says {table.Value(row, column).Numerator} and opens {rows} rows: {href}");
                }
            }
        }
    }

    /// <summary>For every entry and measure of its ledger: a reason is given exactly when the query leaves the entry out.</summary>
    static async Task ExplanationsAsync(Workbench bench, IndicatorCatalog catalog, int seed)
    {
        var (missing, counters) = (bench.Get<NotCounted>(), bench.Get<Counters>());
        var everything = new EntryQuery { Person = bench.Person(Role.Inspector, "NZ"), From = new(1900, 1, 1), To = new(9999, 12, 31) };
        await using var db = bench.Context();
        var approved = await db.Entries.AsNoTracking().Where(entry => entry.State == EntryState.Approved).ToListAsync();
        foreach (var counter in counters.All.Where(counter => catalog.Measure(counter.Measure.Key) is not null && !counter.Measure.Listed)) // of those nobody asks why
        {
            var entries = approved.Where(entry => entry.LedgerKey == counter.Ledger.Key).ToList();
            var counted = entries.Where(entry => missing.Reasons(counter, entry.Values, bench.Tree).Count == 0).Select(entry => entry.Id).ToHashSet();
            foreach (var entry in entries)
                Assert.True(counted.Contains(entry.Id) == counter.Contributions(entry).Any(part => part.Amount.Sum != 0 || counter.Measure.Kind is not MeasureKind.Sum),
                    $"Seed {seed}: {counter.Measure.Key} and its explanation disagree on entry {entry.Id}.");
            if (counter.Measure.Kind is MeasureKind.Level) continue; // its rows are those still there, not those that were counted
            var query = bench.Get<IRowRules>().Find(everything, counter.Measure.Key, null)!.Query;
            var rows = await EntryReader.Select(db, bench.Tree, query).Select(entry => entry.Id).ToHashSetAsync();
            if (counter.Measure.Kind is MeasureKind.Sum) rows.RemoveWhere(id => entries.Single(entry => entry.Id == id).Values.Number(counter.Measure.Sum!) is null or 0);
            Assert.True(rows.SetEquals(counted), $"Seed {seed}: the rows of {counter.Measure.Key} are not those without a reason against them.");
        }
    }

    static void Same(int seed, string how, IReadOnlyList<TallyDifference> differences) =>
        Assert.True(differences.Count == 0, $"Seed {seed}: tallies differ from the recount {how}: {string.Join("; ", differences.Take(5))}");

    /// <summary>Generates definitions and values; the same seed, the same scenario.</summary>
    internal sealed class Dice(int seed)
    {
        static readonly string[] Codes = ["a", "b", "c", "d"];
        readonly Random random = new(seed);

        public int Roll(int sides) => random.Next(sides);
        public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

        public LedgerCatalog Catalog()
        {
            var catalog = new LedgerCatalog(
                Enumerable.Range(1, 1 + Roll(2)).Select(Ledger).ToList(),
                [new() { Key = "letters", Name = "字母", Values = [.. Codes.Select(code => new DictionaryValue(code, code.ToUpperInvariant()))] }]);
            return catalog.Ledgers.Count < 2 ? catalog : catalog.With(new() { Listings = [Listing(catalog.Ledger("ledger1")!, catalog.Ledger("ledger2")!)] }, []);
        }

        /// <summary>Takes over whatever fits.</summary>
        LedgerListing Listing(LedgerDefinition from, LedgerDefinition to) => new()
        {
            From = from.Key, To = to.Key,
            Fields = to.Fields.Select(target => (target, source: from.Fields.FirstOrDefault(field => field.Type == target.Type && (field.Key == "on" || Roll(4) > 0))))
                .Where(pair => pair.source is not null).ToDictionary(pair => pair.target.Key, pair => pair.target.Key == "on" ? "on" : pair.source!.Key),
        };

        LedgerDefinition Ledger(int number)
        {
            var fields = Enumerable.Range(1, 3 + Roll(8)).Select(n => Field("f" + n.ToString(CultureInfo.InvariantCulture), Pick(
                [FieldType.Text, FieldType.Integer, FieldType.Money, FieldType.Decimal, FieldType.Date, FieldType.YesNo, FieldType.OneOf, FieldType.SeveralOf, FieldType.Person, FieldType.People]))).ToList();
            return new()
            {
                Key = "ledger" + number, Name = "样例台账", ShortName = "样例", Code = "YL", Task = "task", RecordUnit = "件", Date = "on", Title = "{f1}", List = [],
                Groups = [new("全部", [new() { Key = "on", Label = "日期", Type = FieldType.Date, Required = true }, .. fields])],
            };
        }

        static FieldDefinition Field(string key, FieldType type) => new()
        {
            Key = key, Label = key, Type = type, Decimals = 2,
            Dictionary = type is FieldType.OneOf or FieldType.SeveralOf ? "letters" : null,
        };

        public IEnumerable<MeasureDefinition> Measures(LedgerCatalog catalog) =>
            Enumerable.Range(1, 6 + Roll(6)).Select(n => Measure("m" + n.ToString(CultureInfo.InvariantCulture), Pick(catalog.Ledgers.ToList()))).ToList();

        MeasureDefinition Measure(string key, LedgerDefinition ledger)
        {
            var numbers = ledger.Fields.Where(field => field.IsNumber).ToList();
            var dates = ledger.Fields.Where(field => field.Type == FieldType.Date).ToList();
            var slices = ledger.Fields.Where(field => field.IsDictionary && Roll(2) == 0).Select(field => field.Key).Take(2).ToList();
            var kind = Roll(4) switch { 0 when numbers.Count > 0 => MeasureKind.Sum, 1 => MeasureKind.Level, _ => MeasureKind.Count };
            var joined = Roll(2) == 0 ? Pick(dates).Key : null;
            // Who is on a register leaves it after he joined it; the other order is refused by definitions that have both.
            var left = kind == MeasureKind.Level ? dates.FirstOrDefault(date => date.Key != (joined ?? "on"))?.Key : null;
            return new()
            {
                Key = key, Name = key, Ledger = ledger.Key, Unit = "件", Kind = kind, Slices = slices,
                Sum = kind == MeasureKind.Sum ? Pick(numbers).Key : null, Date = joined, Left = left,
                Where = Roll(3) == 0 ? null : Condition(ledger, 2),
            };
        }

        /// <summary>The same measure by another rule that an administrator could have made.</summary>
        public MeasureDefinition Redefined(MeasureDefinition measure, LedgerCatalog catalog)
        {
            while (true)
            {
                var other = Measure(measure.Key, catalog.Ledger(measure.Ledger)!) with { Slices = measure.Slices };
                if ((other.Kind == MeasureKind.Level) == (measure.Kind == MeasureKind.Level) && !IndicatorCatalog.Problems(other, catalog).Any() && MeasureRevision.Read(MeasureRevision.Write(other)) is not null) return other;
            }
        }

        Condition Condition(LedgerDefinition ledger, int depth)
        {
            if (depth > 0)
                switch (Roll(5))
                {
                    case 0: return new Condition.All([Condition(ledger, depth - 1), Condition(ledger, depth - 1)]);
                    case 1: return new Condition.Any([Condition(ledger, depth - 1), Condition(ledger, depth - 1)]);
                    case 2: return new Condition.Not(Condition(ledger, depth - 1));
                }
            var field = Pick(ledger.Fields);
            if (Roll(5) == 0) return new Condition.Filled(field.Key, Roll(2) == 0);
            return field.Type switch
            {
                FieldType.OneOf or FieldType.SeveralOf => new Condition.Is(field.Key, [.. Codes.Where(_ => Roll(2) == 0)]),
                FieldType.YesNo => new Condition.Yes(field.Key, Roll(2) == 0),
                FieldType.Date when Roll(2) == 0 => new Condition.Within(field.Key, Roll(60), Pick(ledger.Fields.Where(f => f.Type == FieldType.Date).ToList()).Key),
                FieldType.Date => new Condition.Dated(field.Key, Roll(2) == 0 ? null : Day(), Roll(2) == 0 ? null : Day()),
                FieldType.Text or FieldType.Person => new Condition.Is(field.Key, ["词" + Roll(3)]),
                _ => new Condition.Between(field.Key, Roll(2) == 0 ? null : Roll(50) / 4m, Roll(2) == 0 ? null : 20 + Roll(80) / 4m),
            };
        }

        public FieldValues Values(LedgerDefinition ledger, LedgerCatalog catalog, int? year = null)
        {
            _ = catalog;
            var on = year is { } fixedYear ? new DateOnly(fixedYear, 1 + Roll(12), 1 + Roll(28)) : Day();
            return FieldValues.From(ledger.Fields.Where(field => field.Key == "on" || Roll(3) > 0)
                .Select(field => KeyValuePair.Create(field.Key, field.Key == "on" ? on : Value(field, on))));
        }

        object? Value(FieldDefinition field, DateOnly on) => field.Type switch
        {
            FieldType.Text or FieldType.Person => "词" + Roll(3),
            FieldType.Date => on.AddDays(Roll(90)),
            FieldType.YesNo => Roll(2) == 0,
            FieldType.OneOf => Pick(Codes),
            FieldType.SeveralOf => Codes.Where(_ => Roll(2) == 0).ToArray(),
            _ => (long)Roll(4000) - 200,
        };

        DateOnly Day() => new DateOnly(2025, 1, 1).AddDays(Roll(730));
    }
}

using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Features.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Commands.Demo;

public sealed class DemoLoaderTests
{
    [DatabaseTheory, Databases]
    public async Task The_loader_writes_row_by_row_what_the_service_would_have_written(DatabaseKind kind)
    {
        await using var loaded = await BenchAsync(kind);
        await using var typed = await BenchAsync(kind);
        await LoadAsync(loaded, 200);
        await TypeAsync(typed, Generator(typed, 200).Entries());

        await using var left = new Side(loaded.Context());
        await using var right = new Side(typed.Context());
        await SameAsync(left, right, db => db.Entries.OrderBy(entry => entry.Id));
        await SameAsync(left, right, db => db.SerialCounters.OrderBy(c => c.LedgerKey).ThenBy(c => c.UnitId).ThenBy(c => c.Year));
        await SameAsync(left, right, db => db.AuditEvents.OrderBy(line => line.Sequence));
        Assert.Empty(Recount.Compare(await Recount.StoredAsync(left.Db, default), await Recount.StoredAsync(right.Db, default)));
        await SameAsync(left, right, db => db.EntryClocks.OrderBy(clock => clock.EntryId).ThenBy(clock => clock.ClockKey));
        await SameAsync(left, right, db => db.CaseFileGaps.OrderBy(gap => gap.EntryId).ThenBy(gap => gap.ItemKey));
        // Not only read alike: kept alike, so that comparing and sorting in SQL goes alike too.
        foreach (var table in (string[])["Entries", "AuditEvents", "EntryClocks", "CaseFileGaps"]) Assert.Equal(await left.RawAsync(table), await right.RawAsync(table));
    }

    [DatabaseTheory, Databases]
    public async Task What_was_loaded_is_whole_and_the_office_works_on(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var counts = await LoadAsync(bench, 1500);
        await using (var db = bench.Context())
        {
            Assert.Equal(counts.Values.Sum(), await db.Entries.CountAsync());
            Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
            Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
            Assert.Empty(await bench.Get<ClockKeeper>().DifferencesAsync(db));
            Assert.Empty(await bench.Get<CaseFileKeeper>().DifferencesAsync(db));
            var numbers = await db.Entries.Where(entry => entry.Number != null).Select(entry => new { entry.LedgerKey, entry.UnitId, entry.Date.Year, entry.Number }).ToListAsync();
            foreach (var series in numbers.GroupBy(entry => (entry.LedgerKey, entry.UnitId, entry.Year)))
                Assert.Equal(Enumerable.Range(1, series.Count()), series.Select(entry => entry.Number!.Value).Order());
            Assert.DoesNotContain(await db.Entries.Select(entry => new { entry.State, entry.Number }).ToListAsync(), entry => entry.State == EntryState.Draft != (entry.Number == null));
        }
        Assert.Empty(await bench.Get<TallyRules>().ApplyAsync());

        // Keys and numbers go on after those that were loaded.
        var last = await TypeAsync(bench, Generator(bench, 400, seed: 9).Entries().Where(entry => entry.Ledger.Key == "mediation").Take(3));
        Assert.True(last.Id > counts.Values.Sum());
    }

    [Fact]
    public async Task The_loader_stands_in_for_every_part_that_acts_on_changes()
    {
        // Another listener would write rows that the loader does not write: teach the loader first. The search index sees by
        // itself what was loaded past it.
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        // Nobody types the demonstration, so no answers about duplicates are given; it lists no event in two ledgers; and nobody has
        // changed a measure yet that would have to be followed.
        Assert.Equal(["CaseFileKeeper", "ClockKeeper", "DuplicateAnswers", "EntryAuditor", "EntryIndex", "EntryPointers", "EvidenceMover", "FormEnding", "ListingKeeper", "LocalDefinitionsFollower", "TallyKeeper"], bench.Get<IEnumerable<IEntryListener>>().Select(listener => listener.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_loaded_over_entries_that_are_there()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        await LoadAsync(bench, 20);
        await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync(bench, 20));
    }

    [Fact]
    public async Task What_goes_wrong_while_inventing_is_told_and_the_transaction_undone()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var batches = Generator(bench, 100).Batches().Take(1).Concat(Broken());
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => Loader(bench).LoadAsync(batches))).Message);
        await using var db = bench.Context();
        Assert.Equal(0, await db.Entries.CountAsync());

        static IEnumerable<DemoBatch> Broken()
        {
            yield return new([], DateTime.MinValue);
            throw new InvalidOperationException("broken");
        }
    }

    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, DemoSample.Definitions.Ledgers, DemoSample.Definitions.Indicators, services => ClockBench.Add(services));

    static DemoGenerator Generator(Workbench bench, int entries, int seed = 1) =>
        DemoSample.Generator(DemoSample.Plan(entries, seed, tree: bench.Tree), tree: bench.Tree);

    static DemoLoader Loader(Workbench bench) =>
        new(bench.Get<IDbContextFactory<AppDbContext>>(), bench.Get<UnitDirectory>(), DemoSample.Definitions.Ledgers, bench.Get<LedgerVersions>(), bench.Get<Counters>(),
            bench.Get<ClockKeeper>(), bench.Get<CaseFileKeeper>(), bench.Get<EntryPointers>());

    static Task<IReadOnlyDictionary<(string Ledger, EntryState State), int>> LoadAsync(Workbench bench, int entries) =>
        Loader(bench).LoadAsync(Generator(bench, entries).Batches());

    /// <summary>Does every step through the service, at its own moment and as its own person.</summary>
    static async Task<Entry> TypeAsync(Workbench bench, IEnumerable<DemoEntry> entries)
    {
        var typed = new Dictionary<DemoEntry, Entry>(ReferenceEqualityComparer.Instance);
        Entry? last = null;
        var steps = entries.SelectMany((entry, order) => entry.Steps.Select(step => (entry, step, order))).OrderBy(x => x.step.At).ThenBy(x => x.order);
        foreach (var (entry, step, _) in steps)
        {
            bench.Clock.Utc = step.At;
            var before = typed.GetValueOrDefault(entry);
            var input = new EntryInput(before?.Id, entry.Ledger.Key, entry.Unit.Code, step.Values ?? FieldValues.Empty, before?.Version ?? 0);
            var result = step.Action switch
            {
                "approve" => await bench.Entries.MoveAsync(step.By, before!.Id, before.Version, EntryAction.Approve, null),
                "return" => await bench.Entries.MoveAsync(step.By, before!.Id, before.Version, EntryAction.Return, step.Note),
                "unlock" => await bench.Entries.MoveAsync(step.By, before!.Id, before.Version, EntryAction.Unlock, step.Note),
                "void" => await bench.Entries.MoveAsync(step.By, before!.Id, before.Version, EntryAction.Void, step.Note),
                _ when step.State == EntryState.Draft || step.Action == "edit" => await bench.Entries.SaveAsync(step.By, input),
                _ => await bench.Entries.SubmitAsync(step.By, input),
            };
            Assert.True(result is EntryResult.Done, $"{result} at {step.Action} of {DemoSample.Describe(entry)}");
            typed[entry] = last = ((EntryResult.Done)result).Entry;
        }
        return last!;
    }

    static async Task SameAsync<T>(Side left, Side right, Func<AppDbContext, IQueryable<T>> rows) where T : class
    {
        var (loaded, typed) = (await rows(left.Db).AsNoTracking().ToListAsync(), await rows(right.Db).AsNoTracking().ToListAsync());
        Assert.NotEmpty(typed);
        Assert.Equal(typed.Select(Describe), loaded.Select(Describe));

        string Describe(T row) => string.Join(" | ", left.Db.Model.FindEntityType(typeof(T))!.GetProperties()
            .Select(property => $"{property.Name}={(property.PropertyInfo!.GetValue(row) is DateTime at ? at.ToString("O") : property.PropertyInfo.GetValue(row))}"));
    }

    sealed record Side(AppDbContext Db) : IAsyncDisposable
    {
        /// <summary>A table as the database itself would print it, type and text of every cell.</summary>
        public async Task<List<string>> RawAsync(string table)
        {
            var postgres = Db.Database.IsNpgsql();
            await Db.Database.OpenConnectionAsync();
            await using var command = Db.Database.GetDbConnection().CreateCommand();
            var type = Db.Model.GetEntityTypes().Single(entity => entity.GetTableName() == table);
            var cells = type.GetProperties().Select(property => $"\"{property.GetColumnName()}\"")
                .Select(column => $"{(postgres ? "pg_typeof" : "typeof")}({column}) || ':' || coalesce(CAST({column} AS TEXT), '')");
            command.CommandText = $"SELECT {string.Join(" || '|' || ", cells)} FROM \"{table}\" ORDER BY 1";
            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
            return lines;
        }

        public ValueTask DisposeAsync() => Db.DisposeAsync();
    }
}

using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Pointers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Ledgers.Pointers;

/// <summary>Points to a ledger's entries by a number of theirs, and to the large ones under a second name.</summary>
sealed class SizePointers(string ledger, string field) : IPointerRule
{
    public const int Large = 100;

    /// <summary>Null when it does not point any more.</summary>
    public string? Version { get; set; } = "1";

    public IEnumerable<(string Name, long Order)> Of(Entry entry)
    {
        if (Version is null || entry.LedgerKey != ledger || entry.Values.Number(field) is not { } size) yield break;
        yield return ("size", size);
        if (size >= Large) yield return ("large", size);
    }

    public string? Fingerprint(string of) => of == ledger ? Version : null;

    /// <summary>What is stored, by entry: unit, name and number.</summary>
    public async Task<IReadOnlyList<(string Unit, string Name, long Order)>> StoredAsync(Workbench bench)
    {
        await using var db = bench.Context();
        string[] keys = [EntryPointers.Key(ledger, "size"), EntryPointers.Key(ledger, "large")];
        var stored = await db.EntryPointers.AsNoTracking().Where(pointer => keys.Contains(pointer.Key)).OrderBy(pointer => pointer.EntryId).ThenByDescending(pointer => pointer.Key).ToListAsync();
        return [.. stored.Select(pointer => (bench.Tree[pointer.UnitId].Code, pointer.Key[(ledger.Length + 1)..], pointer.Order))];
    }

    /// <summary>The entries whose pointers are not what they should be.</summary>
    public static async Task<IEnumerable<long>> DifferencesAsync(Workbench bench)
    {
        await using var db = bench.Context();
        return (await bench.Get<EntryPointers>().DifferencesAsync(db)).Select(difference => difference.EntryId).Distinct().Order();
    }
}

public sealed class EntryPointersTests
{
    readonly SizePointers rule = new("lectures", "attended");

    Task<Workbench> BenchAsync(DatabaseKind kind) =>
        Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddSingleton<IPointerRule>(rule));

    static BatchRequest Request(Workbench bench) =>
        new("import", "导入“旧台账.xlsx”", SampleCatalog.Lectures, bench.Unit("FZ")) { SkipFaulty = true, CreateAction = "import" };

    static BatchEdit.New New(int row, string unit, long? attended, bool submit = true) =>
        new(row, unit, SampleCatalog.Complete($"2026-03-0{row}", ("attended", attended)), submit);

    static Task<BatchOutcome> RunAsync(Workbench bench, Person person, params BatchEdit[] edits) =>
        bench.Get<EntryBatches>().RunAsync(person, Request(bench), edits.ToAsyncEnumerable());

    static async Task<long[]> IdsAsync(Workbench bench)
    {
        await using var db = bench.Context();
        return await db.Entries.OrderBy(entry => entry.Id).Select(entry => entry.Id).ToArrayAsync();
    }

    async Task AssertAsync(Workbench bench, params (string, string, long)[] expected)
    {
        Assert.Equal(expected, await rule.StoredAsync(bench));
        Assert.Empty(await SizePointers.DifferencesAsync(bench));
    }

    [DatabaseTheory, Databases]
    public async Task Pointers_follow_a_batch_what_is_changed_in_bulk_and_the_undoing_of_each(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Reviewer, "FZ", 2));
        var import = await RunAsync(bench, recorder, New(2, "FZ01", 10), New(3, "FZ02", 150), New(4, "FZ01", null), New(5, "FZ01", 30, submit: false));
        (string, string, long)[] imported = [("FZ01", "size", 10), ("FZ02", "size", 150), ("FZ02", "large", 150), ("FZ01", "size", 30)];
        await AssertAsync(bench, imported);

        var (bulk, batches) = (bench.Get<BulkChanges>(), bench.Get<EntryBatches>());
        var scope = new BulkScope(SampleCatalog.Lectures, bench.Unit("FZ"), await IdsAsync(bench), Filtered: false);
        var set = new BulkChange.Set(SampleCatalog.Lectures.Field("attended")!, 120L, "120");
        await bulk.TryAsync(recorder, scope, set);
        await AssertAsync(bench, imported);
        var changed = await bulk.RunAsync(recorder, scope, set);
        Assert.Equal(4, changed.Changed);
        (string, string, long)[] many = [("FZ01", "size", 120), ("FZ01", "large", 120), ("FZ02", "size", 120), ("FZ02", "large", 120), ("FZ01", "size", 120), ("FZ01", "large", 120), ("FZ01", "size", 120), ("FZ01", "large", 120)];
        await AssertAsync(bench, many);

        // Voided entries are not pointed to, and are again once they are back.
        var voided = await bulk.RunAsync(reviewer, scope with { Ids = scope.Ids.Take(3).ToArray() }, new BulkChange.Move(EntryAction.Void, "重复登记"));
        Assert.Equal(3, voided.Changed);
        await AssertAsync(bench, ("FZ01", "size", 120), ("FZ01", "large", 120));
        Assert.IsType<UndoOutcome.Done>(await batches.UndoAsync(reviewer, voided.Batch!.Id));
        await AssertAsync(bench, many);
        Assert.IsType<UndoOutcome.Done>(await batches.UndoAsync(recorder, changed.Batch!.Id));
        await AssertAsync(bench, imported);
        Assert.IsType<UndoOutcome.Done>(await batches.UndoAsync(recorder, import.Batch!.Id));
        await AssertAsync(bench);
    }

    [DatabaseTheory, Databases]
    public async Task A_rule_that_changed_makes_the_ledgers_pointers_anew_and_a_check_finds_what_differs(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var pointers = bench.Get<EntryPointers>();
        await RunAsync(bench, bench.Person(Role.Recorder, "FZ"), New(2, "FZ01", 150), New(3, "FZ02", 7), New(4, "FZ02", 8));
        Assert.Equal(["lectures"], await pointers.ApplyAsync());
        Assert.Empty(await pointers.ApplyAsync());

        // One pointer missing, one too high, one to an entry that does not exist.
        var ids = await IdsAsync(bench);
        await using (var db = bench.Context())
        {
            await db.EntryPointers.Where(pointer => pointer.EntryId == ids[1]).ExecuteDeleteAsync();
            await db.EntryPointers.Where(pointer => pointer.EntryId == ids[2] && pointer.Key == EntryPointers.Key("lectures", "size")).ExecuteUpdateAsync(set => set.SetProperty(pointer => pointer.Order, 9));
            db.Add(new EntryPointer { EntryId = 999_999, Key = EntryPointers.Key("lectures", "size"), UnitId = bench.Unit("FZ").Id, Order = 1 });
            await db.SaveChangesAsync();
        }
        Assert.Equal([ids[1], ids[2], 999_999], await SizePointers.DifferencesAsync(bench));

        rule.Version = "2";
        Assert.Equal(["lectures"], await pointers.ApplyAsync());
        await AssertAsync(bench, ("FZ01", "size", 150), ("FZ01", "large", 150), ("FZ02", "size", 7), ("FZ02", "size", 8));
        rule.Version = null;
        await pointers.ApplyAsync();
        await AssertAsync(bench);
    }
}

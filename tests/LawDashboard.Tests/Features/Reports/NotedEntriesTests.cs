using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>The entries that a report proposes to tell of are found by pointers; that is held against looking at every entry.</summary>
public sealed class NotedEntriesTests
{
    static readonly NotedLedger Noted = new("lectures", "{date}在{unit}举办“{topic}”，{notes}", "attended");

    static readonly LedgerCatalog Ledgers = new(
        [new()
        {
            Key = "lectures", Name = "法治讲座台账", ShortName = "法治讲座", Code = "FZJZ", Task = "study", RecordUnit = "场", Date = "heldOn", Title = "{topic}", List = ["topic"],
            Groups = [.. SampleCatalog.Lectures.Groups, new("亮点", [new() { Key = NotedLedger.Mark, Label = "列为亮点", Type = FieldType.YesNo }])],
        }],
        [SampleCatalog.Ledgers.Dictionary("kind")!, SampleCatalog.Ledgers.Dictionary("law")!]);

    static Task<Workbench> BenchAsync(DatabaseKind kind) =>
        Workbench.CreateAsync(kind, Ledgers, new IndicatorCatalog(Ledgers, [new() { Key = "study", Name = "学法用法", Heading = "组织学法" }], [], []), services => services
            .AddSingleton(new ReportTemplates(new Dictionary<string, ReportTemplate>(), new Dictionary<string, string>(), [Noted]))
            .AddSingleton<NotedEntries>().AddSingleton<IPointerRule, NotedPointers>());

    [DatabaseTheory, Databases]
    public async Task Proposed_entries_are_those_that_a_plain_scan_finds_after_every_kind_of_change(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var random = new Random(7);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "NZ"), bench.Person(Role.Reviewer, "NZ", 2));
        var (entries, told) = (new List<Entry>(), new List<NotedEntry>());
        // Nothing is marked in the first half, so that size alone proposes; sizes and days repeat.
        for (var step = 0; step < 90; step++)
        {
            EntryResult result;
            if (entries.Count < 8 || random.Next(3) == 0)
                result = await bench.Entries.SubmitAsync(recorder, new(null, "lectures", Pick(["FZ", "FZ01", "FZ02", "DH01"]), Values(step)));
            else
            {
                var entry = Pick(entries);
                result = random.Next(8) switch
                {
                    0 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Return, "请核对"),
                    1 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Void, "重复登记"),
                    2 => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Unlock, "补录结果"),
                    3 => await bench.Entries.SubmitAsync(recorder, new(entry.Id, "lectures", bench.Tree[entry.UnitId].Code, Values(step, entry.Date.Year), entry.Version)),
                    _ => await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Approve, null),
                };
            }
            if (result is EntryResult.Done done)
            {
                entries.RemoveAll(entry => entry.Id == done.Entry.Id);
                entries.Add(done.Entry);
                await FilesAsync(bench, done.Entry.Id, random.Next(4), random.Next(2) == 0);
            }
            if (step % 10 == 9) told.AddRange(await AgreeAsync(bench));
        }
        // Whatever became of the others, these are marked and approved.
        foreach (var attended in (long[])[2, 5, 5])
        {
            var marked = SampleCatalog.Complete("2026-04-0" + attended, ("attended", attended), ("notes", "有记录"), (NotedLedger.Mark, true));
            var saved = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(recorder, new(null, "lectures", "FZ01", marked))).Entry;
            await FilesAsync(bench, saved.Id, random.Next(3), false);
            Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(reviewer, saved.Id, saved.Version, EntryAction.Approve, null));
            told.AddRange(await AgreeAsync(bench));
        }
        Assert.Contains(told, entry => entry.Why == NotedFor.Marked);
        Assert.Contains(told, entry => entry.Why == NotedFor.Largest);

        // Made anew, as after an update or on data that came from elsewhere, they are the same.
        await using var db = bench.Context();
        Assert.Empty(await bench.Get<EntryPointers>().DifferencesAsync(db));
        await db.EntryPointers.ExecuteDeleteAsync();
        Assert.NotEmpty(await bench.Get<EntryPointers>().DifferencesAsync(db));
        Assert.Equal(["lectures"], await bench.Get<EntryPointers>().ApplyAsync());
        Assert.Empty(await bench.Get<EntryPointers>().DifferencesAsync(db));
        await AgreeAsync(bench);

        T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

        FieldValues Values(int step, int? year = null) => SampleCatalog.Complete(
            FieldValues.Iso(new DateOnly(year ?? 2025 + random.Next(2), 1 + random.Next(10), 1 + random.Next(3))),
            ("attended", random.Next(4) == 0 ? null : (long)random.Next(1, 6)), ("notes", random.Next(3) == 0 ? null : "有记录"), (NotedLedger.Mark, step > 35 && random.Next(3) == 0 ? true : null));
    }

    static async Task<IReadOnlyList<NotedEntry>> AgreeAsync(Workbench bench)
    {
        var all = new List<NotedEntry>();
        await using var db = bench.Context();
        var files = (await db.Evidence.AsNoTracking().Where(file => !file.Removed).ToListAsync()).ToLookup(file => file.EntryId);
        var approved = await db.Entries.AsNoTracking().Where(entry => entry.State == EntryState.Approved).ToListAsync();
        var person = bench.Person(Role.Inspector, "NZ");
        foreach (var code in (string[])["NZ", "FZ", "FZ01", "DH"])
            foreach (var (term, closing) in ((ReportTerm, DateOnly)[])[(new(2025), new(2025, 12, 31)), (new(2026), new(2026, 5, 2)), (new(2026, 4, 6), new(2026, 6, 30))])
            {
                var found = approved.Where(entry => bench.Tree.Covers(bench.Unit(code), bench.Tree[entry.UnitId]) && entry.Date >= term.From && entry.Date <= term.To && entry.Date <= closing).ToList();
                var marked = found.Where(entry => entry.Values.Flag(NotedLedger.Mark) == true && entry.Values.Filled("notes"))
                    .OrderByDescending(entry => files[entry.Id].Count()).ThenByDescending(Size).ThenByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id).FirstOrDefault();
                var largest = found.Where(entry => Size(entry) > 0 && entry.Values.Filled("notes"))
                    .OrderByDescending(Size).ThenByDescending(entry => files[entry.Id].Count()).ThenByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id).FirstOrDefault();
                var told = await bench.Get<NotedEntries>().ReadAsync(person, bench.Unit(code), term, closing);
                Assert.Equal(((marked ?? largest)?.Id, marked is not null), (told.SingleOrDefault()?.EntryId, told.SingleOrDefault()?.Why == NotedFor.Marked));
                all.AddRange(told);
            }
        return all;

        static long Size(Entry entry) => entry.Values.Number("attended") ?? 0;
    }

    static async Task FilesAsync(Workbench bench, long entry, int count, bool removed)
    {
        await using var db = bench.Context();
        for (var i = 0; i < count; i++)
            db.Evidence.Add(new()
            {
                EntryId = entry, Field = "photos", Sha256 = new string('0', 64), Name = "照片.jpg", ContentType = "image/jpeg", Size = 1,
                UploadedById = 1, UploadedBy = "样例", UploadedAt = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), Removed = removed && i == 0,
            });
        await db.SaveChangesAsync();
    }
}

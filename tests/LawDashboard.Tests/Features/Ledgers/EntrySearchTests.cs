using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class EntrySearchTests
{
    static Task<Workbench> BenchAsync(DatabaseKind kind, LedgerCatalog? ledgers = null) => Workbench.CreateAsync(kind, ledgers ?? SampleCatalog.Ledgers, SampleCatalog.Indicators);

    static async Task<Entry> SaveAsync(Workbench bench, string unit, string date, params (string, object?)[] more) =>
        ((EntryResult.Done)await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "NZ"), new(null, "lectures", unit, SampleCatalog.Complete(date, more)))).Entry;

    static async Task<IReadOnlyList<long>> FindAsync(Workbench bench, Person person, string text, string? unit = null) =>
        [.. (await bench.Get<EntrySearch>().PageAsync(new() { Person = person, Unit = unit is null ? null : bench.Unit(unit), Search = text }, 1, 1000)).Select(hit => hit.Entry.Id)];

    [DatabaseTheory, Databases]
    public async Task Search_finds_exactly_the_entries_whose_text_holds_every_word(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var characters = Gen.Elements("村", "调", "解", "李", "1", "20", "a", "Ｂ", "-", "'", "\"", "\\", "%", "_", "&", "*", " ", "😀", "（");
        var text = from n in Gen.Choose(1, 9) from parts in Gen.ListOf(characters, n) select string.Concat(parts);
        var entries = new List<Entry>();
        foreach (var (topic, notes) in text.Where(t => t.Trim().Length > 0).Two().Sample(60).Select(pair => (pair.Item1, pair.Item2)))
            entries.Add(await SaveAsync(bench, "FZ01", "2026-03-05", ("topic", topic), ("notes", notes), ("speaker", "张" + notes.Trim())));
        var texts = new EntryText(SampleCatalog.Ledgers);
        var found = 0;
        // Half of what is asked for is part of some text, the other half mostly is not.
        var pieces = entries.Index().Select(entry => entry.Item.Values.Text("notes")![(entry.Index % 3 == 0 ? 0 : 1)..]).Select(notes => notes[..Math.Min(notes.Length, 3)]);
        foreach (var (asked, role) in text.Sample(60).Concat(pieces).Zip(Gen.Elements(Role.Recorder, Role.Leader).Sample(120)))
        {
            if (SearchTokens.Words(asked) is not { Count: > 0 } words) continue;
            var person = bench.Person(role, "NZ");
            var expected = entries.Where(entry => words.All(word => texts.Parts(entry).Any(part =>
                (!part.Personal || person.CanReveal) && SearchTokens.Normal(part.Text).Contains(word, StringComparison.Ordinal)))).Select(entry => entry.Id).OrderDescending();
            var actual = await FindAsync(bench, person, asked);
            Assert.True(expected.SequenceEqual(actual), $"“{asked}” as {role}");
            found += actual.Count;
        }
        Assert.True(found > 60, $"Only {found} entries were found in all: the property proved little.");
    }

    [DatabaseTheory, Databases]
    public async Task A_name_is_found_only_by_those_who_may_see_it(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var entry = await SaveAsync(bench, "FZ01", "2026-03-05", ("speaker", "张样例"));
        foreach (var word in (string[])["张样例", "样例", "样"])
        {
            Assert.Equal([entry.Id], await FindAsync(bench, bench.Person(Role.Recorder, "FZ"), word));
            foreach (var role in (Role[])[Role.Leader, Role.Inspector, Role.Administrator])
                Assert.Empty(await FindAsync(bench, bench.Person(role, "FZ"), word));
            Assert.Equal(0, await bench.Lists.CountAsync(new() { Person = bench.Person(Role.Leader, "FZ"), Ledger = SampleCatalog.Lectures, Search = word }));
        }
        // The first character stands unmasked in the title, for all to read.
        Assert.Equal([entry.Id], await FindAsync(bench, bench.Person(Role.Leader, "FZ"), "张"));
        var hit = Assert.Single(await bench.Get<EntrySearch>().PageAsync(new() { Person = bench.Person(Role.Recorder, "FZ"), Search = "样例" }, 1, 10));
        Assert.Equal(("主讲人", "张**"), (hit.Label, hit.Where));
    }

    [DatabaseTheory, Databases]
    public async Task The_order_of_names_is_told_to_nobody(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var saved = new List<Entry>();
        foreach (var (day, name) in ((string, string)[])[("2026-03-05", "丁样例"), ("2026-03-07", "乙样例"), ("2026-03-06", "甲样例")])
            saved.Add(await SaveAsync(bench, "FZ01", day, ("speaker", name)));
        var asked = new EntryQuery { Person = bench.Person(Role.Leader, "FZ"), Ledger = SampleCatalog.Lectures, Sort = new("speaker", Descending: true) };
        Assert.Equal([saved[1].Id, saved[2].Id, saved[0].Id], (await bench.Lists.PageAsync(asked, 1, 10)).Select(entry => entry.Id));
        Assert.False(ListColumns.All(SampleCatalog.Lectures).Single(column => column.Key == "speaker").CanSort);
    }

    [DatabaseTheory, Databases]
    public async Task Search_stays_within_unit_and_state_and_follows_every_change(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var reviewer = bench.Person(Role.Reviewer, "NZ", 9);
        var (first, second) = (await SaveAsync(bench, "FZ01", "2026-03-05", ("topic", "反诈宣讲")), await SaveAsync(bench, "DH01", "2026-04-05", ("topic", "反诈骗")));
        Assert.Equal([second.Id, first.Id], await FindAsync(bench, reviewer, "反诈"));
        Assert.Equal([first.Id], await FindAsync(bench, reviewer, "反诈", "FZ"));
        Assert.Equal([second.Id], await FindAsync(bench, bench.Person(Role.Recorder, "DH"), "反诈"));
        Assert.Empty(await FindAsync(bench, bench.Person(Role.Recorder, "FZ02"), "反诈"));

        var changed = ((EntryResult.Done)await bench.Entries.SaveAsync(reviewer, new(first.Id, "lectures", "FZ01", first.Values.With("topic", "禁毒课"), first.Version))).Entry;
        Assert.Equal([second.Id], await FindAsync(bench, reviewer, "反诈"));
        Assert.Equal([first.Id], await FindAsync(bench, reviewer, "禁毒"));
        await bench.Entries.MoveAsync(reviewer, changed.Id, changed.Version, EntryAction.Void, "重复登记");
        Assert.Empty(await FindAsync(bench, reviewer, "禁毒"));
        Assert.Equal(1, await bench.Lists.CountAsync(new() { Person = reviewer, Search = "禁毒", States = [EntryState.Voided] }));
        Assert.Empty(await bench.Get<EntryIndex>().FaultsAsync());
    }

    [DatabaseTheory, Databases]
    public async Task A_chosen_value_is_found_by_its_name_and_digits_by_any_part(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var entry = await SaveAsync(bench, "FZ01", "2026-03-05", ("kind", "village"), ("laws", new[] { "petition" }));
        await SaveAsync(bench, "FZ02", "2026-03-06", ("kind", "school"));
        var recorder = bench.Person(Role.Recorder, "FZ");
        foreach (var text in (string[])["村两委", "信访", "fz01-fzjz-2026-0001", "ＦＺ01", "z01", "访工作条", "两委 条例"])
            Assert.Equal([entry.Id], await FindAsync(bench, recorder, text));
        Assert.Equal(2, (await FindAsync(bench, recorder, "0001")).Count);
        Assert.Empty(await FindAsync(bench, recorder, "0002"));
        Assert.Empty(await FindAsync(bench, recorder, "village"));
    }

    [DatabaseTheory, Databases]
    public async Task Entries_loaded_past_the_index_are_caught_up_and_verify_says_so_before(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var index = bench.Get<EntryIndex>();
        for (var i = 0; i < 5; i++) await SaveAsync(bench, "FZ01", "2026-03-05", ("notes", "院坝"));
        await using (var db = bench.Context())
        {
            await db.Database.OpenConnectionAsync();
            await SearchIndex.RemoveAsync(db, [1, 2, 3], default);
            await db.Entries.Where(entry => entry.Id == 4).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Title, "改过的标题"));
        }
        var faults = await index.FaultsAsync();
        Assert.Equal(2, faults.Count);
        Assert.Contains("3条记录还没有编入索引（1、2、3）", faults[0], StringComparison.Ordinal);
        Assert.Contains("1条记录的索引与内容不符（4）", faults[1], StringComparison.Ordinal);
        var recorder = bench.Person(Role.Recorder, "FZ");
        Assert.Equal(2, (await FindAsync(bench, recorder, "院坝")).Count);
        Assert.Equal(3, kind == DatabaseKind.Sqlite ? await index.CatchUpAsync() : await index.FillAsync());
        Assert.Equal(5, (await FindAsync(bench, recorder, "院坝")).Count);
        Assert.Null(index.Progress);
        Assert.Single(await index.FaultsAsync());
    }

    [DatabaseTheory, Databases]
    public async Task A_field_that_becomes_personal_is_no_longer_found_from_the_next_start_on(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        await bench.Get<EntryIndex>().PrepareAsync();
        await SaveAsync(bench, "FZ01", "2026-03-05", ("notes", "家住河边"));
        var leader = bench.Person(Role.Leader, "FZ");
        Assert.Single(await FindAsync(bench, leader, "河边"));

        LedgerCatalog stricter = new([new()
        {
            Key = "lectures", Name = "法治讲座台账", ShortName = "法治讲座", Code = "FZJZ", Task = "study", RecordUnit = "场", Date = "heldOn", Title = "{topic}", List = [],
            Groups = [.. SampleCatalog.Lectures.Groups.Select(group => new FieldGroup(group.Label, [.. group.Fields.Select(field => field.Key == "notes" ? field with { Personal = PersonalData.Text } : field)]))],
        }], [SampleCatalog.Ledgers.Dictionary("kind")!, SampleCatalog.Ledgers.Dictionary("law")!]);
        var index = new EntryIndex(bench.Get<IDbContextFactory<AppDbContext>>(), stricter);
        await index.PrepareAsync();
        Assert.Empty(await FindAsync(bench, leader, "河边"));
        Assert.Equal(1, await index.CatchUpAsync());
        Assert.Empty(await FindAsync(bench, leader, "河边"));
        Assert.Single(await FindAsync(bench, bench.Person(Role.Recorder, "FZ"), "河边"));
        Assert.Empty(await index.FaultsAsync());
    }

    [Fact]
    public void Hits_are_marked_in_the_text_as_written()
    {
        Assert.Equal([new("学习", false), new("ＦＺ民法典", true), new("。", false)], TextMarks.Of("学习ＦＺ民法典。", ["fz", "民法", "法典"]));
        Assert.Equal("…四五六七八九…", TextMarks.Around("一二三四五六七八九十", ["六"], 6));
        Assert.Equal("短", TextMarks.Around("短", ["长"], 6));
    }
}

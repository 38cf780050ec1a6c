using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Ledgers.Review;

public sealed class DuplicateTests
{
    static readonly LedgerDefinition Fairs = new()
    {
        Key = "fairs", Name = "普法宣传台账", ShortName = "普法宣传", Code = "PFXC", Task = "study", RecordUnit = "场", Date = "on", Title = "{theme}", List = [],
        Groups = [new("全部",
        [
            new() { Key = "on", Label = "日期", Type = FieldType.Date, Required = true }, new() { Key = "theme", Label = "主题", Type = FieldType.Text },
            new() { Key = "place", Label = "地点", Type = FieldType.Text },
        ])],
    };

    static readonly LedgerDefinition Disputes = new()
    {
        Key = "disputes", Name = "调解台账", ShortName = "调解", Code = "TJ", Task = "study", RecordUnit = "件", Date = "on", Title = "{applicant}与{respondent}", List = [],
        Groups = [new("全部",
        [
            new() { Key = "on", Label = "日期", Type = FieldType.Date, Required = true }, new() { Key = "applicant", Label = "申请人", Type = FieldType.Person },
            new() { Key = "respondent", Label = "被申请人", Type = FieldType.Person },
        ])],
    };

    static readonly LedgerCatalog Catalog = new LedgerCatalog([SampleCatalog.Lectures, Fairs, Disputes],
        [new() { Key = "kind", Name = "类别", Values = [new("cadre", "领导干部", "01")] }, new() { Key = "law", Name = "法律", Values = [new("civil", "民法典")] }])
        .With(new() { Groups = [["lectures", "fairs"]], Places = new Dictionary<string, string> { ["fairs"] = "place" } }, []);

    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, Catalog, new(Catalog, [], [], []));

    static async Task<Entry> AddAsync(Workbench bench, string ledger, string unit, string on, params (string, object?)[] values)
    {
        var date = Catalog.Ledger(ledger)!.Date;
        var result = await bench.Entries.SaveAsync(bench.Person(Role.Recorder, "NZ"), new(null, ledger, unit, SampleCatalog.Values([(date, on), .. values])));
        return Assert.IsType<EntryResult.Done>(result).Entry;
    }

    static Entry Typed(Workbench bench, string ledger, string unit, string on, params (string, object?)[] values) => new()
    {
        LedgerKey = ledger, UnitId = bench.Unit(unit).Id, Date = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), Title = "", CreatedBy = "", Values = SampleCatalog.Values(values),
    };

    static async Task<IEnumerable<long>> FoundAsync(Workbench bench, Person person, Entry entry) =>
        (await bench.Get<DuplicateService>().FindAsync(person, entry)).Select(duplicate => duplicate.Entry.Id);

    [DatabaseTheory, Databases]
    public async Task The_same_event_is_found_on_neighbouring_days_above_and_below_and_in_related_ledgers(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var person = bench.Person(Role.Reviewer, "FZ");
        var same = await AddAsync(bench, "lectures", "FZ01", "2026-03-05", ("topic", "民法典宣讲进农家"));
        var town = await AddAsync(bench, "lectures", "FZ", "2026-03-05", ("topic", "民法典宣讲，进农家"));
        var next = await AddAsync(bench, "lectures", "FZ01", "2026-03-06", ("topic", "民法典宣讲进农家活动"));
        var related = await AddAsync(bench, "fairs", "FZ01", "2026-03-05", ("theme", "民法典宣讲进农家集市活动"));
        await AddAsync(bench, "lectures", "FZ02", "2026-03-05", ("topic", "民法典宣讲进农家")); // another village's
        await AddAsync(bench, "lectures", "FZ01", "2026-03-07", ("topic", "民法典宣讲进农家")); // two days later
        await AddAsync(bench, "lectures", "FZ01", "2026-03-05", ("topic", "安全生产法培训"));
        await AddAsync(bench, "disputes", "FZ01", "2026-03-05", ("applicant", "民法典宣讲进农家"));

        var typed = Typed(bench, "lectures", "FZ01", "2026-03-05", ("topic", "民法典宣讲进农家"));
        Assert.Equal(new[] { same.Id, town.Id, next.Id, related.Id }.Order(), (await FoundAsync(bench, person, typed)).Order());
        // A village sees nothing of the town's.
        Assert.DoesNotContain(town.Id, await FoundAsync(bench, bench.Person(Role.Recorder, "FZ01"), typed));
        Assert.DoesNotContain(same.Id, await FoundAsync(bench, person, same));
        Assert.Empty(await FoundAsync(bench, bench.Person(Role.Reviewer, "DH"), typed));
    }

    [DatabaseTheory, Databases]
    public async Task The_same_parties_are_found_and_stay_masked(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var person = bench.Person(Role.Reviewer, "FZ");
        var first = await AddAsync(bench, "disputes", "FZ01", "2026-03-05", ("applicant", "张样例"), ("respondent", "王样例"));
        await AddAsync(bench, "disputes", "FZ01", "2026-03-05", ("applicant", "张小样"), ("respondent", "王小样")); // alike only once masked
        var found = Assert.Single(await bench.Get<DuplicateService>().FindAsync(person, Typed(bench, "disputes", "FZ01", "2026-03-06", ("applicant", "王样例"), ("respondent", "赵样例"))));
        Assert.Equal(first.Id, found.Entry.Id);
        Assert.Contains("当事人相同", found.Likeness.Reasons);
        Assert.DoesNotContain("样例", found.Entry.Title + string.Join(' ', found.Likeness.Reasons), StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task Another_event_said_while_typing_is_remembered_once_the_entry_is_saved(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (service, recorder, reviewer) = (bench.Get<DuplicateService>(), bench.Person(Role.Recorder, "NZ"), bench.Person(Role.Reviewer, "FZ", 2));
        var other = await AddAsync(bench, "lectures", "FZ01", "2026-03-05", ("topic", "民法典宣讲进农家"));
        var typed = Typed(bench, "lectures", "FZ01", "2026-03-05", ("topic", "民法典宣讲进农家"));
        await service.DismissAsync(recorder, typed, other);
        await service.DismissAsync(recorder, typed, other);
        Assert.Empty(await FoundAsync(bench, recorder, typed));
        Assert.Single(await FoundAsync(bench, reviewer, typed));

        var saved = await AddAsync(bench, "lectures", "FZ01", "2026-03-05", ("topic", "民法典宣讲进农家"));
        Assert.Empty(await FoundAsync(bench, reviewer, saved));
        Assert.Empty(await FoundAsync(bench, reviewer, other));
        Assert.Contains((await bench.Lists.HistoryAsync(reviewer, saved.Id)), line => line.Event.Action == "different");
        // The answer was about that entry and not about the next one.
        var third = await AddAsync(bench, "lectures", "FZ01", "2026-03-05", ("topic", "民法典宣讲进农家"));
        Assert.Equal(2, (await FoundAsync(bench, reviewer, third)).Count());
        await using var db = bench.Context();
        Assert.Equal(1, await db.DifferentEvents.CountAsync());
    }

    [Fact]
    public void Comparing_does_not_depend_on_the_order_of_the_two()
    {
        var random = new Random(7);
        string[] words = ["民法典宣讲", "进农家", "巡查", "松坪梁村", "第1期", "第2期", ""];
        for (var n = 0; n < 2_000; n++)
        {
            var (a, b) = (Any(), Any());
            var (ab, ba) = (a.Compare(b), b.Compare(a));
            Assert.Equal(ab?.Score, ba?.Score);
            Assert.Equal(ab?.Reasons ?? [], ba?.Reasons ?? []);
        }

        EventTraits Any() => new()
        {
            Ledger = random.Next(2) == 0 ? "a" : "b", Date = new(2026, 3, 1 + random.Next(3)), Words = Pick(), Title = Pick() + Pick(), Place = Pick(),
            Parties = Enumerable.Range(0, random.Next(3)).Select(_ => "人" + random.Next(4)).ToHashSet(), Daily = random.Next(4) == 0,
        };
        string Pick() => words[random.Next(words.Length)];
    }
}

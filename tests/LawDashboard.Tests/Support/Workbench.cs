using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Support;

/// <summary>A clock that stands where a test puts it.</summary>
public sealed class StoppedClock(DateTime utc) : TimeProvider
{
    public DateTime Utc { get; set; } = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
    public override DateTimeOffset GetUtcNow() => new(Utc, TimeSpan.Zero);
}

/// <summary>The product's own services over a fresh database with a small county: NZ with towns FZ (FZ01, FZ02) and DH (DH01).</summary>
public sealed class Workbench : IAsyncDisposable
{
    readonly TestDatabase database;
    readonly ServiceProvider services;
    bool borrowed;

    Workbench(TestDatabase database, ServiceProvider services, StoppedClock clock)
    {
        this.database = database;
        this.services = services;
        Clock = clock;
    }

    public StoppedClock Clock { get; }
    public UnitTree Tree { get; private set; } = UnitTree.Empty;
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();
    /// <summary>A new instance over the services, as another process would have it.</summary>
    public T Create<T>() => ActivatorUtilities.CreateInstance<T>(services);
    public EntryService Entries => Get<EntryService>();
    public EntryLists Lists => Get<EntryLists>();
    public AppDbContext Context() => database.CreateContext();

    public static async Task<Workbench> CreateAsync(DatabaseKind kind, LedgerCatalog ledgers, IndicatorCatalog indicators, Action<IServiceCollection>? more = null)
    {
        var bench = Over(await TestDatabase.CreateAsync(kind), ledgers, indicators, more);
        await bench.Get<UnitDirectory>().AddAsync(
        [
            new("NZ", "样例县", UnitKind.County), new("FZ", "法镇", UnitKind.Town, "NZ"), new("FZ01", "样例村", UnitKind.Village, "FZ"),
            new("FZ02", "示范村", UnitKind.Village, "FZ"), new("DH", "大河镇", UnitKind.Town, "NZ"), new("DH01", "河口村", UnitKind.Village, "DH"),
        ]);
        bench.Tree = await bench.Get<UnitDirectory>().TreeAsync();
        await bench.Get<LedgerVersions>().RecordAsync();
        await bench.Get<TallyRules>().ApplyAsync();
        return bench;
    }

    /// <summary>Another instance of the program on the same database, as a second server would be; dispose it before this one.</summary>
    public async Task<Workbench> OtherInstanceAsync(Action<IServiceCollection>? more = null)
    {
        var other = Over(database, Get<LedgerCatalog>(), Get<IndicatorCatalog>(), more);
        other.borrowed = true;
        other.Tree = await other.Get<UnitDirectory>().TreeAsync();
        await other.Get<LedgerVersions>().RecordAsync();
        return other;
    }

    static Workbench Over(TestDatabase database, LedgerCatalog ledgers, IndicatorCatalog indicators, Action<IServiceCollection>? more)
    {
        var clock = new StoppedClock(new DateTime(2026, 11, 22, 2, 0, 0));
        var collection = new ServiceCollection().AddLogging()
            .AddSingleton(database.Contexts).AddSingleton(database.Settings).AddSingleton<TimeProvider>(clock)
            .AddSingleton<UnitDirectory>().AddLedgers(ledgers).AddIndicators(indicators);
        more?.Invoke(collection);
        return new(database, collection.BuildServiceProvider(), clock);
    }

    public Unit Unit(string code) => Tree.Find(code)!;
    public Person Person(Role role, string unit, int id = 1) => new(id, "a" + id, "样例" + id, role, Unit(unit).Id);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (!borrowed) await database.DisposeAsync();
    }
}

/// <summary>A small lecture ledger with every kind of field, and measures of every kind over it.</summary>
public static class SampleCatalog
{
    public static readonly LedgerDefinition Lectures = new()
    {
        Key = "lectures", Name = "法治讲座台账", ShortName = "法治讲座", Code = "FZJZ", Task = "study", RecordUnit = "场",
        Date = "heldOn", Title = "{topic}（{speaker}）", List = ["topic", "attended"],
        Groups =
        [
            new("基本情况",
            [
                new() { Key = "heldOn", Label = "日期", Type = FieldType.Date, Required = true, NotFuture = true, Default = "today" },
                new() { Key = "topic", Label = "题目", Type = FieldType.Text, Required = true },
                new() { Key = "kind", Label = "类别", Type = FieldType.OneOf, Dictionary = "kind", Required = true },
                new() { Key = "laws", Label = "法律法规", Type = FieldType.SeveralOf, Dictionary = "law" },
                new() { Key = "speaker", Label = "主讲人", Type = FieldType.Person },
                new() { Key = "invited", Label = "应到", Type = FieldType.People, Unit = "人", Min = 0 },
                new() { Key = "attended", Label = "实到", Type = FieldType.People, Unit = "人", Min = 0, NotAbove = "invited", Total = true },
                new() { Key = "hours", Label = "学时", Type = FieldType.Decimal, Min = 0, Max = 24, Total = true },
                new() { Key = "cost", Label = "经费", Type = FieldType.Money, Min = 0, Total = true },
                new() { Key = "exam", Label = "是否考试", Type = FieldType.YesNo },
                new() { Key = "passed", Label = "合格人数", Type = FieldType.People, ShownWhen = new Condition.Yes("exam", true), RequiredWhen = new Condition.Yes("exam", true) },
                new() { Key = "filedOn", Label = "归档日期", Type = FieldType.Date, NotBefore = "heldOn" },
                new() { Key = "village", Label = "村", Type = FieldType.Unit },
                new() { Key = "notes", Label = "备注", Type = FieldType.LongText },
            ]),
        ],
    };

    public static readonly LedgerCatalog Ledgers = new([Lectures],
    [
        new() { Key = "kind", Name = "类别", Values = [new("cadre", "领导干部", "01"), new("school", "校园", "02"), new("village", "村两委", "03")] },
        new() { Key = "law", Name = "法律", Values = [new("constitution", "宪法"), new("civil", "民法典"), new("petition", "信访工作条例")] },
    ]);

    public static readonly IndicatorCatalog Indicators = new(Ledgers, [new() { Key = "study", Name = "学法用法", Heading = "组织学法" }],
    [
        new() { Key = "lectures.held", Name = "法治讲座", Ledger = "lectures", Unit = "场", Slices = ["kind", "laws"] },
        new() { Key = "lectures.attended", Name = "参加人数", Ledger = "lectures", Unit = "人", Kind = MeasureKind.Sum, Sum = "attended", Slices = ["kind"] },
        new() { Key = "lectures.cost", Name = "经费", Ledger = "lectures", Unit = "元", Kind = MeasureKind.Sum, Sum = "cost", Where = new Condition.Between("cost", 100, null) },
        new() { Key = "lectures.filed", Name = "按期归档", Ledger = "lectures", Unit = "场", Date = "filedOn", Where = new Condition.Within("filedOn", 30, "heldOn") },
        new() { Key = "lectures.civil", Name = "民法典讲座", Ledger = "lectures", Unit = "场", Where = new Condition.All([new Condition.Is("laws", ["civil"]), new Condition.Not(new Condition.Is("kind", ["school"]))]) },
        new() { Key = "lectures.open", Name = "未归档", Ledger = "lectures", Unit = "场", Kind = MeasureKind.Level, Left = "filedOn" },
    ],
    [
        new() { Key = "study.lectures", Name = "法治讲座", Task = "study", Unit = "场", Measure = "lectures.held", Headline = true },
        new() { Key = "study.filed", Name = "按期归档率", Task = "study", Unit = "%", Numerator = "lectures.filed", Denominator = "lectures.held" },
    ]);

    public static FieldValues Values(params (string Key, object? Value)[] pairs) =>
        FieldValues.From(pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));

    /// <summary>A complete entry's values; later pairs replace earlier ones.</summary>
    public static FieldValues Complete(string heldOn, params (string Key, object? Value)[] more) =>
        more.Aggregate(Values(("heldOn", heldOn), ("topic", "学习民法典"), ("kind", "cadre")), (values, pair) => values.With(pair.Key, pair.Value));
}

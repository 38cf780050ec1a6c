using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>Open pages share one reading of a unit and year, and are told when an entry is saved.</summary>
public sealed class UnitYearsTests
{
    [DatabaseTheory, Databases]
    public async Task A_saved_entry_is_told_to_pages_of_its_unit_and_those_above_within_two_seconds(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var years = bench.Get<UnitYears>();
        var county = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (village, neighbour) = (0, 0);
        using var own = years.Watch(bench.Unit("FZ01"), () => Interlocked.Increment(ref village));
        using var other = years.Watch(bench.Unit("DH"), () => Interlocked.Increment(ref neighbour));
        using var above = years.Watch(bench.Unit("NZ"), () => county.TrySetResult());
        Assert.Equal(0, await HeldAsync(bench, "NZ"));

        await SubmitAsync(bench, "FZ01");
        // Whoever asks after the save finds it, even before anybody is told.
        Assert.Equal(1, await HeldAsync(bench, "NZ"));
        await county.Task.WaitAsync(TimeSpan.FromSeconds(2));
        Assert.Equal((1, 0), (village, neighbour));
    }

    [Fact]
    public async Task Many_saves_in_a_row_are_told_together()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var told = 0;
        using var watch = bench.Get<UnitYears>().Watch(bench.Unit("FZ"), () => Interlocked.Increment(ref told));
        for (var i = 0; i < 40; i++) bench.Get<EntryNews>().Publish(new(bench.Unit("FZ01")));
        await Task.Delay(UnitYears.Pause * 4);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task However_many_entries_are_saved_open_pages_have_them_read_once_a_pause()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var (years, readings, refreshes) = (bench.Get<UnitYears>(), new HashSet<UnitYear>(ReferenceEqualityComparer.Instance), 0);
        var pages = Enumerable.Range(0, 30).Select(page => years.Watch(bench.Unit("FZ"), () => _ = RefreshAsync(page))).ToList();
        // Two seconds of fifty saves a second.
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < 100; i++)
        {
            bench.Get<EntryNews>().Publish(new(bench.Unit("FZ01")));
            await Task.Delay(20);
        }
        var lasted = System.Diagnostics.Stopwatch.GetElapsedTime(started);
        foreach (var page in pages) page.Dispose();
        // Each page was told at most once a pause, and what one page had read for it the others took over.
        var most = (int)(lasted / UnitYears.Pause) + 1;
        Assert.InRange(refreshes, 30, 30 * most);
        Assert.InRange(readings.Count, 1, most);

        async Task RefreshAsync(int page)
        {
            Interlocked.Increment(ref refreshes);
            var facts = await years.ReadAsync(bench.Person(Role.Leader, "FZ", page + 1), bench.Unit("FZ"), 2026, told: true);
            lock (readings) readings.Add(facts!);
        }
    }

    [Fact]
    public async Task Whoever_comes_while_figures_are_read_shares_the_one_reading_that_follows()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var (years, leader) = (bench.Get<UnitYears>(), bench.Person(Role.Leader, "FZ"));
        var readings = new List<Task<UnitYear?>>();
        // A save before each of two hundred pages that open: none may be shown what was read before its save.
        for (var i = 0; i < 200; i++)
        {
            bench.Get<EntryNews>().Publish(new(bench.Unit("FZ01")));
            readings.Add(years.ReadAsync(leader, bench.Unit("FZ"), 2026));
        }
        var facts = await Task.WhenAll(readings);
        Assert.InRange(facts.Distinct(ReferenceEqualityComparer.Instance).Count(), 1, 40);
        Assert.Same(facts[^1], await years.ReadAsync(leader, bench.Unit("FZ"), 2026));
    }

    [Fact]
    public async Task What_waits_is_counted_once_for_all_who_see_the_same_and_again_only_where_entries_changed()
    {
        var counted = new List<string>();
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators,
            services => services.AddSingleton<ITodoGroup>(new CountingGroup("common", false, counted)).AddSingleton<ITodoGroup>(new CountingGroup("own", true, counted)));
        var book = bench.Get<TodoBook>();
        var leaders = Enumerable.Range(1, 20).Select(id => bench.Person(Role.Leader, "FZ", id)).ToList();
        await AskAsync();
        Assert.Equal((1, 20), (counted.Count(key => key == "common"), counted.Count(key => key == "own")));
        bench.Get<EntryNews>().Publish(new(bench.Unit("DH01")));
        await AskAsync();
        Assert.Equal((1, 20), (counted.Count(key => key == "common"), counted.Count(key => key == "own")));
        bench.Get<EntryNews>().Publish(new(bench.Unit("FZ01")));
        await AskAsync();
        Assert.Equal((2, 40), (counted.Count(key => key == "common"), counted.Count(key => key == "own")));
        // Who sees more than they do does not share with them.
        await book.CountsAsync(bench.Person(Role.Leader, "NZ", 30), bench.Unit("FZ"), default);
        Assert.Equal(3, counted.Count(key => key == "common"));

        async Task AskAsync()
        {
            foreach (var leader in leaders) await book.CountsAsync(leader, bench.Unit("FZ"), default);
        }
    }

    sealed class CountingGroup(string key, bool personal, List<string> counted) : ITodoGroup
    {
        public string Key => key;
        public int Order => 99;
        public string Title(TodoScope scope) => key;
        public string Hint => key;
        public LawDashboard.Components.Ui.Tone Tone => default;
        public bool Pressing => true;
        public bool Concerns(TodoScope scope) => true;
        public bool IsPersonal(TodoScope scope) => personal;

        public Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel)
        {
            lock (counted) counted.Add(key);
            return Task.FromResult<IReadOnlyDictionary<int, int>>(new Dictionary<int, int> { [1] = 1 });
        }

        public Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel) => Task.FromResult<IReadOnlyList<TodoRow>>([]);
    }

    [Fact]
    public async Task Viewers_of_one_unit_share_one_reading()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var years = bench.Get<UnitYears>();
        var leader = await years.ReadAsync(bench.Person(Role.Leader, "FZ"), bench.Unit("FZ"), 2026);
        Assert.Same(leader, await years.ReadAsync(bench.Person(Role.Inspector, "NZ", 2), bench.Unit("FZ"), 2026));
        Assert.NotSame(leader, await years.ReadAsync(bench.Person(Role.Leader, "FZ"), bench.Unit("FZ"), 2025));
        // What another process wrote is seen after a while without news.
        bench.Clock.Utc += TimeSpan.FromMinutes(1);
        Assert.NotSame(leader, await years.ReadAsync(bench.Person(Role.Leader, "FZ"), bench.Unit("FZ"), 2026));
    }

    [Fact]
    public async Task A_shared_reading_is_for_those_only_who_see_the_unit()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var years = bench.Get<UnitYears>();
        Assert.NotNull(await years.ReadAsync(bench.Person(Role.Leader, "FZ"), bench.Unit("FZ"), 2026));
        Assert.Null(await years.ReadAsync(bench.Person(Role.Leader, "DH"), bench.Unit("FZ"), 2026));
        Assert.Null(await years.ReadAsync(bench.Person(Role.Recorder, "FZ01"), bench.Unit("FZ"), 2026));
    }

    [Fact]
    public async Task A_page_that_was_left_is_told_no_more()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var told = 0;
        bench.Get<UnitYears>().Watch(bench.Unit("FZ"), () => Interlocked.Increment(ref told)).Dispose();
        bench.Get<EntryNews>().Publish(new(bench.Unit("FZ")));
        await Task.Delay(UnitYears.Pause * 3);
        Assert.Equal(0, told);
    }

    [Fact]
    public async Task A_refused_save_is_no_news()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var news = new List<EntryNotice>();
        using var subscription = bench.Get<EntryNews>().Subscribe(news.Add);
        Assert.IsType<EntryResult.Invalid>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), new(null, "lectures", "FZ", SampleCatalog.Values(("topic", "无日期")))));
        Assert.Empty(news);
        await SubmitAsync(bench, "FZ");
        Assert.Equal("FZ", Assert.Single(news).Unit.Code);
    }

    [Fact]
    public void A_page_that_fails_on_news_does_not_fail_the_save()
    {
        var news = new EntryNews(Microsoft.Extensions.Logging.Abstractions.NullLogger<EntryNews>.Instance);
        var told = 0;
        using var broken = news.Subscribe(_ => throw new InvalidOperationException());
        using var sound = news.Subscribe(_ => told++);
        news.Publish(new(new() { Id = 1, Code = "FZ", Name = "法镇", Kind = LawDashboard.Features.Units.UnitKind.Town }));
        Assert.Equal(1, told);
    }

    static async Task<decimal> HeldAsync(Workbench bench, string unit)
    {
        var facts = await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Leader, "NZ", 9), bench.Unit(unit), 2026);
        return bench.Get<IndicatorReckoner>().Measure(facts!.Book, "lectures.held", MonthRange.OfYear(2026), EntryState.Submitted);
    }

    static async Task SubmitAsync(Workbench bench, string unit) => Assert.IsType<EntryResult.Done>(
        await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, unit), new(null, "lectures", unit, SampleCatalog.Complete("2026-05-20"))));
}

using System.Diagnostics;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LawDashboard.Tests.Features.Ledgers;

/// <summary>Several instances on one PostgreSQL database: they hear of each other's saves and share sign-ins; and waiting behind a long write ends with a sentence.</summary>
public sealed class InstancesTests
{
    [DatabaseTheory, Databases]
    public async Task A_save_on_one_instance_refreshes_an_overview_that_is_open_on_another_within_two_seconds(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite) return; // one process serves a SQLite file
        await using var here = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => Exchanging(services));
        await using var there = await here.OtherInstanceAsync(services => Exchanging(services));
        await using var hereListens = await ListenAsync(here.Get<NewsExchange>());
        await using var thereListens = await ListenAsync(there.Get<NewsExchange>());
        var (county, own) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        using var watch = there.Get<UnitYears>().Watch(there.Unit("NZ"), () => county.TrySetResult());
        using var count = here.Get<EntryNews>().Subscribe(_ => Interlocked.Increment(ref own));
        Assert.Equal(0, await SubmittedAsync(there));

        Assert.IsType<EntryResult.Done>(await here.Entries.SubmitAsync(here.Person(Role.Recorder, "FZ01"), new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-05-20"))));
        var started = Stopwatch.GetTimestamp();
        await county.Task.WaitAsync(TimeSpan.FromSeconds(30));
        // The machine that tests run on may be busy; the promise is two seconds.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(TestScale.Full ? 2 : 10), $"{Stopwatch.GetElapsedTime(started)}");
        Assert.Equal(1, await SubmittedAsync(there));
        // Its own news does not come back to who sent it.
        Assert.Equal(1, own);
    }

    [DatabaseTheory, Databases]
    public async Task What_a_command_writes_shows_on_pages_of_the_website_that_serves_the_same_data(DatabaseKind kind)
    {
        await using var website = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => Exchanging(services).AddSingleton<NewsOfFile>());
        await using var command = await website.OtherInstanceAsync(services => Exchanging(services));
        await using var listens = await ListenAsync(website.Get<NewsExchange>(), heard: kind != DatabaseKind.Sqlite);
        await using var watches = new Running(website.Get<NewsOfFile>());
        await website.Get<NewsOfFile>().StartAsync(default);
        var (notices, told) = (new List<EntryNotice>(), new SemaphoreSlim(0));
        using var subscription = website.Get<EntryNews>().Subscribe(notice =>
        {
            lock (notices) notices.Add(notice);
            told.Release();
        });

        // What the website saves itself is told once.
        await SaveAsync(website, "FZ02");
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(await told.WaitAsync(TimeSpan.FromSeconds(1.5)));

        await using (ActivatorUtilities.CreateInstance<NewsSender>(command.Get<IServiceProvider>())) await SaveAsync(command, "DH01");
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal([("FZ02", false), ("DH01", true)], notices.Select(notice => (notice.Unit.Code, notice.Elsewhere)));
        Assert.Equal(2, await SubmittedAsync(website));

        static async Task SaveAsync(Workbench bench, string unit) =>
            Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "NZ"), new(null, "lectures", unit, SampleCatalog.Complete("2026-05-20"))));
    }

    [DatabaseTheory, Databases]
    public async Task A_unit_added_on_one_instance_is_known_on_another(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite) return;
        await using var here = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => Exchanging(services));
        await using var there = await here.OtherInstanceAsync(services => Exchanging(services));
        await using var hereListens = await ListenAsync(here.Get<NewsExchange>());
        await using var thereListens = await ListenAsync(there.Get<NewsExchange>());
        await here.Get<UnitDirectory>().AddAsync([new("DH02", "新村", UnitKind.Village, "DH")]);
        for (var tries = 0; (await there.Get<UnitDirectory>().TreeAsync()).Find("DH02") is null; tries++)
        {
            Assert.True(tries < 300, "The other instance was not told.");
            await Task.Delay(50);
        }
    }

    [DatabaseTheory, Databases]
    public async Task What_one_instance_protects_another_can_read(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite) return;
        await using var database = await TestDatabase.CreateAsync(kind);
        using var folders = new TemporaryFolder();
        await using var here = Provider(Path.Combine(folders.Path, "a"));
        await using var there = Provider(Path.Combine(folders.Path, "b"));
        var cookie = here.GetRequiredService<IDataProtectionProvider>().CreateProtector("session").Protect("样例");
        Assert.Equal("样例", there.GetRequiredService<IDataProtectionProvider>().CreateProtector("session").Unprotect(cookie));
        Assert.False(Directory.Exists(Path.Combine(folders.Path, "a", "keys")));

        ServiceProvider Provider(string folder) => new ServiceCollection().AddLogging().AddSingleton(database.Contexts).AddSingleton(TimeProvider.System)
            .AddSingleton<UnitDirectory>().AddAccounts(folder, shared: true).BuildServiceProvider();
    }

    [DatabaseTheory, Databases]
    public async Task Whoever_waits_too_long_behind_an_import_is_told_so_and_can_save_afterwards(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await using (var importing = bench.Context())
        await using (await importing.BeginWriteAsync())
        {
            await using var waiting = bench.Context();
            var busy = await Assert.ThrowsAsync<DatabaseBusyException>(() => waiting.BeginWriteAsync(patience: TimeSpan.FromMilliseconds(200)));
            Assert.Contains("请稍后再试", busy.Message);
            // The context is as good as new: nothing hangs on it, its limits are the usual ones.
            Assert.Null(waiting.Database.CurrentTransaction);
            Assert.True(await waiting.Units.AnyAsync());
        }
        Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), new(null, "lectures", "FZ", SampleCatalog.Complete("2026-05-20"))));
    }

    static IServiceCollection Exchanging(IServiceCollection services) => services.AddSingleton<InstanceSignals>().AddSingleton<NewsExchange>();

    static async Task<long> SubmittedAsync(Workbench bench)
    {
        var facts = await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Leader, "NZ", 9), bench.Unit("NZ"), 2026);
        return (long)bench.Get<IndicatorReckoner>().Measure(facts!.Book, "lectures.held", MonthRange.OfYear(2026), EntryState.Submitted);
    }

    static async Task<IAsyncDisposable> ListenAsync(NewsExchange exchange, bool heard = true)
    {
        await exchange.StartAsync(default);
        if (heard) await exchange.Listening.WaitAsync(TimeSpan.FromSeconds(30));
        return new Running(exchange);
    }

    sealed class Running(BackgroundService service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await service.StopAsync(default);
    }
}

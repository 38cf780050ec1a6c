using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands.Demo;

/// <param name="Year">The second of the two years.</param>
/// <param name="Entries">About how many entries in all; null for a county of ordinary size.</param>
/// <param name="Seed">Another number invents other entries.</param>
public sealed record DemoOptions(int Year, int? Entries = null, int Seed = 1);

/// <summary>What a demonstration came to.</summary>
/// <param name="Entries">How many entries of each ledger and state.</param>
public sealed record DemoSummary(
    IReadOnlyDictionary<(string Ledger, EntryState State), int> Entries, IReadOnlyList<DemoMember> Staff, double Seconds)
{
    public int Total => Entries.Values.Sum();
}

/// <summary><c>demo</c>: fills an empty data folder with the demonstration county.</summary>
public static class DemoCommand
{
    /// <summary>Twice what the program promises to answer at once for; more is surely a slip of the keyboard.</summary>
    const int MostEntries = 20_000_000;

    public static Command Create()
    {
        var year = new Option<int?>("--year") { Description = "演示数据的年度（另有上一年度），默认今年" };
        var entries = new Option<int?>("--entries") { Description = "台账记录总数（约数），默认按一个县的正常规模" };
        var seed = new Option<int>("--seed") { Description = "随机数种子，相同的种子得到相同的数据", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "在空的数据目录中生成演示县的数据") { year, entries, seed };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await CommandLine.OpenAsync(parsed, cancel, mayCreate: true);
            var today = ChinaTime.Today(services.GetRequiredService<TimeProvider>());
            var summary = await RunAsync(services, new(CommandLine.Year(parsed.GetValue(year) ?? today.Year), parsed.GetValue(entries), parsed.GetValue(seed)), cancel);
            if (parsed.GetValue(CommonOptions.Json)) PrintJson(summary);
            else Print(summary, services.GetRequiredService<LedgerCatalog>());
            return 0;
        });
        return command;
    }

    /// <summary>True while there are neither units nor entries, so that a demonstration may be made.</summary>
    public static async Task<bool> IsPossibleAsync(IServiceProvider services, CancellationToken cancel = default)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancel);
        return !await db.Units.AnyAsync(cancel) && !await db.Entries.AnyAsync(cancel);
    }

    /// <summary>
    /// Makes units, targets, accounts and entries; the database must be prepared. Throws <see cref="UsageException"/> when
    /// it already holds something, and <see cref="DefinitionException"/> when a file of <c>seed-data/demo</c> is broken.
    /// </summary>
    public static async Task<DemoSummary> RunAsync(IServiceProvider services, DemoOptions options, CancellationToken cancel = default)
    {
        var watch = Stopwatch.StartNew();
        var definitions = services.GetRequiredService<Definitions>();
        var frame = Frame(options, services.GetRequiredService<TimeProvider>());
        var seed = new SeedFolder(services.GetRequiredService<AppSettings>().SeedFolder);
        var ledgers = DemoSpecs.Load(seed, definitions.Ledgers);
        var judgements = DemoJudgements.Load(seed, services.GetRequiredService<IndicatorCatalog>());
        seed.ThrowIfAny();
        if (!await IsPossibleAsync(services, cancel))
            throw new UsageException("数据库里已有单位或台账记录，不能生成演示数据。请用 --data 另指一个空目录。");

        await using var sender = services.Tell();
        var units = services.GetRequiredService<UnitDirectory>();
        await units.AddAsync(definitions.Units, cancel);
        await services.StoreTargetsAsync(cancel);
        var tree = await units.TreeAsync(cancel);
        var staff = DemoPeople.Staff(tree);
        var people = new DemoPeople(tree, staff, await DemoPeople.CreateAccountsAsync(
            staff, tree, services.GetRequiredService<AccountService>(), services.GetRequiredService<DemoAccounts>(), cancel));
        var plan = DemoPlan.Make(ledgers, tree, definitions.Calendar, frame, options.Seed, options.Entries);
        var generator = new DemoGenerator(plan, frame, people, definitions.Ledgers, tree, definitions.Calendar);
        var loader = new DemoLoader(services.GetRequiredService<IDbContextFactory<AppDbContext>>(), units, definitions.Ledgers,
            services.GetRequiredService<LedgerVersions>(), services.GetRequiredService<Counters>(), services.GetRequiredService<ClockKeeper>(),
            services.GetRequiredService<CaseFileKeeper>(), services.GetRequiredService<EntryPointers>());
        var loaded = await loader.LoadAsync(generator.Batches(cancel), cancel);
        await services.GetRequiredService<EntryIndex>().FillAsync(cancel);
        foreach (var unit in tree.All) services.GetRequiredService<EntryNews>().Publish(new(unit));
        await DemoJudgements.GiveAsync(services.GetRequiredService<IDbContextFactory<AppDbContext>>(), judgements, people, tree, frame, cancel);
        await DemoReports.SendAsync(services.GetRequiredService<IDbContextFactory<AppDbContext>>(), tree, options.Year - 1, frame.Now, cancel);
        return new(loaded, staff, watch.Elapsed.TotalSeconds);
    }

    static DemoFrame Frame(DemoOptions options, TimeProvider clock)
    {
        if (options.Entries is < 1 or > MostEntries) throw new UsageException($"记录总数“{options.Entries}”应在1至{MostEntries}之间。");
        var frame = new DemoFrame(options.Year, ChinaTime.Now(clock));
        return frame.Today.Year >= options.Year ? frame
            : throw new UsageException($"{options.Year}年还没有开始，不能生成它的演示数据；今天是{FieldValues.Iso(frame.Today)}。");
    }

    static void Print(DemoSummary summary, LedgerCatalog catalog)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"演示数据已生成：台账记录{summary.Total}条，用时{summary.Seconds:0.0}秒。"));
        foreach (var ledger in catalog.Ledgers)
            Console.Out.WriteLine($"  {ledger.Name}：{summary.Entries.Where(pair => pair.Key.Ledger == ledger.Key).Sum(pair => pair.Value)}{ledger.RecordUnit}");
        foreach (var state in Enum.GetValues<EntryState>())
            Console.Out.WriteLine($"  {EntryWorkflow.Label(state)}：{summary.Entries.Where(pair => pair.Key.State == state).Sum(pair => pair.Value)}条");
        Console.Out.WriteLine($"演示账号（密码均为 {DemoPeople.Password}）：");
        foreach (var member in summary.Staff.Where(member => member.Offered))
            Console.Out.WriteLine($"  {member.Account}  {member.Name}");
    }

    static void PrintJson(DemoSummary summary) => CommandLine.PrintJson(new
    {
        entries = summary.Total,
        ledgers = summary.Entries.GroupBy(pair => pair.Key.Ledger).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)),
        states = summary.Entries.GroupBy(pair => pair.Key.State).ToDictionary(group => group.Key.ToString(), group => group.Sum(pair => pair.Value)),
        accounts = summary.Staff.Where(member => member.Offered).Select(member => new { member.Account, member.Name, role = member.Role.ToString(), unit = member.UnitCode }),
        password = DemoPeople.Password,
        seconds = Math.Round(summary.Seconds, 1),
    });
}

using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Supervision;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Supervision;

/// <summary>Who logs nothing is named, after as many days as the unit asks about.</summary>
public sealed class SilenceTests
{
    [DatabaseTheory, Databases]
    public async Task Villages_and_towns_stand_in_the_list_after_the_days_that_were_set_for_them_or_above(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddSingleton<SilencePeriods>().AddSingleton<SilentUnits>());
        var periods = bench.Get<SilencePeriods>();
        await LogAsync("FZ01", new(2026, 3, 1));
        await LogAsync("FZ02", new(2026, 3, 20));
        await LogAsync("DH01", new(2026, 1, 10));
        bench.Clock.Utc = new DateTime(2026, 3, 25, 4, 0, 0, DateTimeKind.Utc);

        Assert.Equal([], await SilentAsync("FZ"));
        // What a town's village logged, the town has logged.
        Assert.Equal(["DH近30天没有登记"], await SilentAsync("NZ"));

        Assert.Null(await periods.SetAsync(bench.Person(Role.Leader, "FZ", 2), bench.Unit("FZ"), "14"));
        Assert.Equal(["FZ01近14天没有登记"], await SilentAsync("FZ"));
        Assert.Equal(["DH近30天没有登记"], await SilentAsync("NZ"));

        // The county's days hold for towns that have set none.
        Assert.Null(await periods.SetAsync(bench.Person(Role.Reviewer, "NZ", 3), bench.Unit("NZ"), " 90 "));
        Assert.Equal([], await SilentAsync("NZ"));
        Assert.Equal((90, "NZ"), (await periods.OfAsync(bench.Unit("DH")) is var taken ? taken.Days : 0, taken.SetFor?.Code));
        Assert.Equal(14, (await periods.OfAsync(bench.Unit("FZ01"))).Days);

        await using var db = bench.Context();
        Assert.Equal(["连续14天没有登记即列入短板", "连续90天没有登记即列入短板"], (await db.AuditEvents.Where(line => line.Subject == "silence").OrderBy(line => line.Sequence).Select(line => line.After!).ToListAsync())
            .Select(after => System.Text.Json.JsonDocument.Parse(after).RootElement.GetProperty("name").GetString()!));

        async Task LogAsync(string unit, DateOnly day)
        {
            bench.Clock.Utc = day.ToDateTime(new(4, 0), DateTimeKind.Utc);
            Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, unit),
                new(null, "lectures", unit, SampleCatalog.Complete(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))));
        }

        async Task<List<string>> SilentAsync(string unit)
        {
            var facts = (await bench.Get<UnitYears>().ReadAsync(Person.Machine, bench.Unit(unit), 2026))!;
            return [.. (await bench.Get<SilentUnits>().FindAsync(facts, default)).Select(gap => gap.Text.Replace(gap.Unit.Name, gap.Unit.Code, StringComparison.Ordinal))];
        }
    }

    [DatabaseTheory, Databases]
    public async Task Nonsense_and_people_of_other_units_are_refused_with_a_sentence(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddSingleton<SilencePeriods>());
        var periods = bench.Get<SilencePeriods>();
        foreach (var typed in (string[])["", "两周", "2", "181", "7.5", "-7"])
            Assert.Contains("3到180", await periods.SetAsync(bench.Person(Role.Leader, "FZ"), bench.Unit("FZ"), typed), StringComparison.Ordinal);
        foreach (var person in (Person[])[bench.Person(Role.Leader, "DH"), bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Inspector, "NZ")])
            Assert.Contains("不能修改", await periods.SetAsync(person, bench.Unit("FZ"), "7"), StringComparison.Ordinal);
        Assert.Equal(new(SilencePeriods.Usual, null), await periods.OfAsync(bench.Unit("FZ")));
    }
}

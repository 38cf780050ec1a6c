using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Supervision;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Supervision;

/// <summary>Work handed to a village or a person, followed until it is closed.</summary>
public sealed class SupervisionTests
{
    [DatabaseTheory, Databases]
    public async Task A_task_goes_from_handing_out_over_feedback_and_sending_back_to_its_close(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (leader, village) = (bench.Person(Role.Leader, "FZ", 3), bench.Person(Role.Recorder, "FZ01", 4));
        var service = bench.Get<SupervisionService>();
        Assert.Null(await service.AssignAsync(leader, Order(bench)));
        Assert.Equal((1, 0), (await service.WaitingAsync(village, bench.Unit("FZ01")), await service.WaitingAsync(leader, bench.Unit("FZ"))));

        Assert.NotNull(await StepAsync(bench, village, SupervisionAction.Feedback, " "));
        Assert.Null(await StepAsync(bench, leader, SupervisionAction.Remind, null));
        Assert.Null(await StepAsync(bench, leader, SupervisionAction.Remind, "周五前报"));
        Assert.Equal("样例3于11月22日催办（共2次）：周五前报", SupervisionWords.Reminded(Assert.Single(await service.ListAsync(village, bench.Unit("FZ01"), closed: false))));
        Assert.Null(await StepAsync(bench, village, SupervisionAction.Feedback, "已补登三次巡查"));
        Assert.Null(SupervisionWords.Reminded(Assert.Single(await service.ListAsync(village, bench.Unit("FZ01"), closed: false))));
        Assert.Equal((0, 1), (await service.WaitingAsync(village, bench.Unit("FZ01")), await service.WaitingAsync(leader, bench.Unit("FZ"))));
        Assert.Null(await StepAsync(bench, leader, SupervisionAction.SendBack, "缺照片"));
        Assert.Null(await StepAsync(bench, village, SupervisionAction.Feedback, "照片已补"));
        Assert.Null(await StepAsync(bench, leader, SupervisionAction.Close, null));
        Assert.NotNull(await StepAsync(bench, leader, SupervisionAction.Remind, null, closed: true));

        var work = Assert.Single(await service.ListAsync(leader, bench.Unit("FZ"), closed: true));
        Assert.Equal([SupervisionAction.Assign, SupervisionAction.Remind, SupervisionAction.Remind, SupervisionAction.Feedback, SupervisionAction.SendBack, SupervisionAction.Feedback, SupervisionAction.Close],
            work.Steps.Select(step => step.Action));
        await using var db = bench.Context();
        Assert.Equal(7, db.AuditEvents.Count(line => line.Subject == "supervision"));
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
    }

    [DatabaseTheory, Databases]
    public async Task Nobody_acts_outside_his_units_and_role_and_nothing_is_handed_out_twice(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var leader = bench.Person(Role.Leader, "FZ", 3);
        var service = bench.Get<SupervisionService>();
        Assert.NotNull(await service.AssignAsync(bench.Person(Role.Recorder, "FZ", 4), Order(bench)));
        Assert.NotNull(await service.AssignAsync(bench.Person(Role.Leader, "DH", 5), Order(bench)));
        Assert.NotNull(await service.AssignAsync(leader, Order(bench) with { DueOn = new(2026, 11, 21) }));
        Assert.NotNull(await service.AssignAsync(leader, Order(bench) with { DueOn = null }));
        foreach (var elsewhere in (string[])["https://example.org/", "//example.org", @"/\example.org"])
            Assert.NotNull(await service.AssignAsync(leader, Order(bench) with { Href = elsewhere }));
        Assert.NotNull(await service.AssignAsync(leader, Order(bench) with { AssigneeId = 999 }));
        Assert.Null(await service.AssignAsync(leader, Order(bench)));
        Assert.NotNull(await service.AssignAsync(leader, Order(bench)));

        Assert.NotNull(await StepAsync(bench, bench.Person(Role.Recorder, "DH01", 6), SupervisionAction.Feedback, "办好了"));
        Assert.NotNull(await StepAsync(bench, bench.Person(Role.Recorder, "FZ01", 7), SupervisionAction.Close, null));
        Assert.Empty(await service.ListAsync(bench.Person(Role.Leader, "DH", 5), bench.Unit("FZ"), closed: false));
    }

    [DatabaseTheory, Databases]
    public async Task Whoever_looked_at_an_older_state_is_told_to_look_again(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var leader = bench.Person(Role.Leader, "FZ", 3);
        var service = bench.Get<SupervisionService>();
        await service.AssignAsync(leader, Order(bench));
        var seen = Assert.Single(await service.ListAsync(leader, bench.Unit("FZ"), closed: false)).Task;
        Assert.Null(await service.StepAsync(bench.Person(Role.Recorder, "FZ01", 4), seen.Id, seen.Version, SupervisionAction.Feedback, "已办"));
        Assert.Contains("新的进展", await service.StepAsync(leader, seen.Id, seen.Version, SupervisionAction.Close, null), StringComparison.Ordinal);
    }

    static SupervisionOrder Order(Workbench bench) => new("样例村近30天没有登记", "/search?unit=FZ01", "silent:FZ01", bench.Unit("FZ01"), null, new(2026, 11, 29), "请补登");

    static async Task<string?> StepAsync(Workbench bench, Person person, SupervisionAction action, string? text, bool closed = false)
    {
        var work = Assert.Single(await bench.Get<SupervisionService>().ListAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("NZ"), closed));
        return await bench.Get<SupervisionService>().StepAsync(person, work.Task.Id, work.Task.Version, action, text);
    }

    static Task<Workbench> BenchAsync(DatabaseKind kind) =>
        Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddSingleton<SupervisionService>());
}

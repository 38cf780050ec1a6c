using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands.Demo;

/// <summary>A grade with its grounds, invented.</summary>
sealed record DemoGrade(string Grade, string Text);

/// <summary>What the towns were judged in an indicator that cannot be counted; they take the choices in turn.</summary>
/// <param name="ThisYear">Whether it was judged in the running year as well; otherwise it still waits there.</param>
sealed record DemoJudged(string Indicator, bool ThisYear, IReadOnlyList<DemoGrade> Choices);

/// <summary>Judges the invented towns, as their reviewers would have done after each half year (<c>seed-data/demo-judgements.json</c>).</summary>
static class DemoJudgements
{
    const string File = "demo-judgements.json";

    public static IReadOnlyList<DemoJudged> Load(SeedFolder seed, IndicatorCatalog catalog)
    {
        var all = seed.Read<List<DemoJudged>>(File) ?? [];
        foreach (var judged in all)
            if (catalog.JudgedIndicator(judged.Indicator) is not { } indicator) seed.Report(File, judged.Indicator, "没有这个评议指标");
            else if (judged.Choices.Count == 0) seed.Report(File, judged.Indicator, "没有评定（choices）");
            else foreach (var choice in judged.Choices.Where(choice => indicator.Grade(choice.Grade) is null)) seed.Report(File, judged.Indicator, $"没有等次“{choice.Grade}”");
        return all;
    }

    public static async Task GiveAsync(
        IDbContextFactory<AppDbContext> contexts, IReadOnlyList<DemoJudged> judgements, DemoPeople people, UnitTree tree, DemoFrame frame, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        foreach (var (i, town) in tree.All.Where(unit => unit.Kind is UnitKind.Town).Index())
            foreach (var judged in judgements)
                foreach (var (year, on) in new[] { (frame.Year - 1, new DateOnly(frame.Year, 1, 8)), (frame.Year, new DateOnly(frame.Year, 7, 6)) })
                {
                    if (year == frame.Year && !judged.ThisYear || on.AddDays(i) > frame.Today) continue;
                    var at = ChinaTime.Utc(on.AddDays(i).ToDateTime(new(9, 30)));
                    Give(db, judged.Indicator, judged.Choices[(i + year) % judged.Choices.Count], town, year, people.Reviewer(town), at);
                    await AuditTrail.AppendAsync(db, [Line(judged.Indicator, judged.Choices[(i + year) % judged.Choices.Count], town, year, people.Reviewer(town), at)], cancel);
                }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    static void Give(AppDbContext db, string indicator, DemoGrade choice, Unit town, int year, Person by, DateTime at) => db.Judgements.Add(new()
    {
        IndicatorKey = indicator, UnitId = town.Id, Year = year, Grade = choice.Grade, Text = choice.Text, SetById = by.Id, SetBy = by.Name, SetAt = at,
    });

    static AuditRecord Line(string indicator, DemoGrade choice, Unit town, int year, Person by, DateTime at) => new(at, by.Id, by.Name, "create", "judgement", null, null, town.Id,
        JsonSerializer.Serialize(new { name = $"{indicator}{year}年评定：{choice.Grade}", indicator, year, choice.Grade, text = choice.Text }));
}

using System.CommandLine;
using System.Globalization;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Past;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands;

/// <summary><c>figures</c>: every measure and indicator of a unit and year.</summary>
static class FiguresCommand
{
    sealed record MeasureLine(string Key, string Name, string Unit, decimal Approved, decimal Submitted);
    sealed record IndicatorLine(string Key, string Name, string Task, string Unit, decimal? Value, decimal Numerator, decimal? Denominator, decimal? Target, string Level);
    sealed record Report(string Unit, string UnitName, int Year, string? AsOf, long? Sequence, IReadOnlyList<MeasureLine> Measures, IReadOnlyList<IndicatorLine> Indicators);

    public static Command Create()
    {
        var year = new Option<int>("--year") { Description = "年度", Required = true };
        var unit = new Option<string?>("--unit") { Description = "单位代码，默认最上级单位" };
        var asOf = CommonOptions.AsOf();
        var command = new Command("figures", "列出全部口径和指标的数值") { year, unit, asOf };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await CommandLine.OpenAsync(parsed, cancel);
            var report = await ReadAsync(services, await services.UnitAsync(parsed.GetValue(unit), cancel), CommandLine.Year(parsed.GetValue(year)), await services.PastAsync(parsed.GetValue(asOf), cancel), cancel);
            if (parsed.GetValue(CommonOptions.Json)) CommandLine.PrintJson(report);
            else Print(report);
            return 0;
        });
        return command;
    }

    static async Task<Report> ReadAsync(IServiceProvider services, Unit unit, int year, PastPoint? past, CancellationToken cancel)
    {
        var reader = services.GetRequiredService<TallyReader>();
        var reckoner = services.GetRequiredService<IndicatorReckoner>();
        var today = past?.Day ?? Data.ChinaTime.Today(services.GetRequiredService<TimeProvider>());
        var months = MonthRange.OfYear(year);
        var book = past is null ? await reader.BookAsync(Person.Machine, unit, months, cancel: cancel)
            : await services.GetRequiredService<PastBooks>().BookAsync(Person.Machine, unit, months, null, past.Sequence, cancel);
        var revisions = await reader.RevisionsAsync(Person.Machine, [unit], year, past?.Before, cancel);
        var targets = revisions.TryGetValue(unit.Id, out var own) ? TargetSeries.On(own, today) : new Dictionary<string, Target>();
        return new(unit.Code, unit.Name, year, past?.Words, past?.Sequence,
            [.. reckoner.Catalog.Measures.Select(measure => new MeasureLine(measure.Key, measure.Name, measure.Unit,
                reckoner.Measure(book, measure.Key, months), reckoner.Measure(book, measure.Key, months, EntryState.Submitted)))],
            [.. reckoner.Catalog.Indicators.Select(indicator => Line(reckoner.Indicator(book, indicator, months), targets.GetValueOrDefault(indicator.Key), today, year, reckoner))]);
    }

    static IndicatorLine Line(IndicatorValue value, Target? target, DateOnly today, int year, IndicatorReckoner reckoner)
    {
        var pace = reckoner.Pace(value, target, today, year);
        var indicator = value.Indicator;
        return new(indicator.Key, indicator.Name, indicator.Task, indicator.Unit, value.OnTargetScale, value.Numerator, value.Denominator, target?.Value, Pace.Label(pace.Level));
    }

    static void Print(Report report)
    {
        Console.Out.WriteLine($"{report.UnitName}{report.Year}年度{(report.AsOf is null ? "" : $"，截至{report.AsOf}")}");
        Console.Out.WriteLine("\n指标");
        foreach (var line in report.Indicators)
            Console.Out.WriteLine($"  {line.Key,-36} {line.Value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "—",12} {line.Unit}  目标 {line.Target?.ToString("0.##", CultureInfo.InvariantCulture) ?? "—"}  {line.Level}  {line.Name}");
        Console.Out.WriteLine("\n口径（已审，另待审）");
        foreach (var line in report.Measures)
            Console.Out.WriteLine($"  {line.Key,-36} {line.Approved.ToString("0.##", CultureInfo.InvariantCulture),12} {line.Unit}  +{line.Submitted.ToString("0.##", CultureInfo.InvariantCulture)}  {line.Name}");
    }
}

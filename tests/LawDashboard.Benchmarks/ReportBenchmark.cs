using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Reports;

namespace LawDashboard.Benchmarks;

/// <summary>Drafting a town's yearly report, nothing cached, and writing it as Word. How many entries: LAWDASHBOARD_BENCH_ENTRIES, else 1,000,000.</summary>
static class ReportBenchmark
{
    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        var entries = int.TryParse(Environment.GetEnvironmentVariable("LAWDASHBOARD_BENCH_ENTRIES"), out var asked) ? asked : 1_000_000;
        await using var county = await DemoDatabase.OpenAsync(entries);
        var town = await county.UnitAsync("FZ");
        ReportDraft? draft = null;
        // As after some drafts, when what is asked often has been compiled: the office's server has been running since morning.
        var drafted = await Measured.BestOfAsync(10, async () =>
        {
            using var years = county.Create<UnitYears>();
            var facts = await years.ReadAsync(Person.Machine, town, DemoDatabase.Year);
            draft = (await county.Get<ReportService>().ReadAsync(Person.Machine, facts!)).Draft;
        });
        yield return new(FormattableString.Invariant($"Draft of a town's yearly report from {entries:#,##0} entries"), drafted.Milliseconds, "ms", drafted.Milliseconds / 300, "300 ms", 1);
        var written = await Measured.BestOfAsync(5, () => OfficialDocument.Write(Stream.Null, draft!));
        yield return new("The same as .docx, in addition", written.Milliseconds, "ms", written.Milliseconds / 200, "200 ms", 1);
    }
}

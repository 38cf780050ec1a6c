using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Pages;
using LawDashboard.Features.Ledgers;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>Targets are set by papers, and a revision never rewrites what earlier months were held against.</summary>
public sealed class TargetTests
{
    static readonly IndicatorDefinition Held = SampleCatalog.Indicators.Indicator("study.lectures")!;

    [DatabaseTheory, Databases]
    public async Task A_revision_in_the_middle_of_the_year_leaves_the_attainment_of_earlier_months_as_it_was(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var random = new Random(5);
        for (var year = 2020; year < 2026; year++)
        {
            Assert.Empty(await SetAsync(bench, year, new(year, 1, 1), random.Next(1, 100), null));
            var day = new DateOnly(year, 1, 2).AddDays(random.Next(360));
            var before = await MonthsAsync(bench, year);
            Assert.Empty(await SetAsync(bench, year, day, random.Next(1, 100), "任务调整"));
            var after = await MonthsAsync(bench, year);
            for (var month = 1; month <= 12; month++)
                if (new DateOnly(year, month, DateTime.DaysInMonth(year, month)) < day) Assert.Equal(before[month - 1], after[month - 1]);
            // From the revision on the whole year's new target spreads as if it had always been so.
            Assert.Equal((await TargetAsync(bench, year)).Value, after[11]);
        }
    }

    /// <summary>Generated targets, spreads, revisions and entries: what a month was held against, and how it stood, stays whatever is revised after it.</summary>
    [DatabaseTheory, Databases]
    public async Task However_a_target_is_revised_months_before_keep_what_they_attained(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        for (var seed = 1; seed <= (TestScale.Full ? 20 : 6); seed++)
        {
            var random = new Random(seed);
            var year = 2026 - seed;
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var values = SampleCatalog.Complete(new DateOnly(year, 1, 1).AddDays(random.Next(365)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                var saved = Assert.IsType<LawDashboard.Features.Ledgers.EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"), new(null, "lectures", "FZ", values))).Entry;
                await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "FZ", 2), saved.Id, saved.Version, LawDashboard.Features.Ledgers.EntryAction.Approve, null);
            }
            Assert.Empty(await SetAsync(bench, year, new(year, 1, 1), random.Next(1, 100), null, Spread(random)));
            var day = new DateOnly(year, 1, 1);
            for (var revision = random.Next(1, 4); revision > 0; revision--)
            {
                day = day.AddDays(random.Next(1, 120));
                if (day.Year != year) break;
                var before = await AttainedAsync(bench, year);
                Assert.Empty(await SetAsync(bench, year, day, random.Next(1, 100), "任务调整", Spread(random)));
                var after = await AttainedAsync(bench, year);
                foreach (var month in Enumerable.Range(1, 12).Where(month => new DateOnly(year, month, DateTime.DaysInMonth(year, month)) < day))
                    Assert.Equal((seed, month, before[month - 1]), (seed, month, after[month - 1]));
            }
        }

        static string Spread(Random random) => random.Next(2) == 0 ? TargetSpreads.Even
            : string.Join(' ', Enumerable.Range(0, 12).Select(month => random.Next(month == 11 ? 1 : 0, 9).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Of each month what was due by its end, what was there, and the part of the one that the other made.</summary>
    static async Task<List<(decimal? Due, decimal Done, decimal? Part)>> AttainedAsync(Workbench bench, int year)
    {
        var facts = (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Reviewer, "NZ"), bench.Unit("FZ"), year))!;
        var reckoner = bench.Get<IndicatorReckoner>();
        return [.. IndicatorMonths.Of(reckoner, facts, new Standings(reckoner, facts).Of(Held)).Months
            .Select(month => (month.Expected, month.ToDate.Numerator, month.Expected is > 0 and var due ? month.ToDate.Numerator / due : (decimal?)null))];
    }

    [DatabaseTheory, Databases]
    public async Task Every_revision_is_kept_with_its_paper_and_stands_in_the_audit_log(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await SetAsync(bench, 2026, new(2026, 1, 1), 12, null);
        await SetAsync(bench, 2026, new(2026, 7, 1), 20, "县里追加任务");
        bench.Clock.Utc = bench.Clock.Utc.AddMinutes(1);
        await SetAsync(bench, 2026, new(2026, 7, 1), 18, "更正");
        var facts = (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Reviewer, "NZ"), bench.Unit("FZ"), 2026))!;
        var series = facts.Revisions[Held.Key];
        Assert.Equal([12m, 20m, 18m], series.Revisions.Select(target => target.Value));
        Assert.Equal([false, true, false], series.Revisions.Select(series.IsReplaced));
        Assert.Equal((12m, 18m), (series.On(new(2026, 6, 30)).Value, series.On(new(2026, 7, 1)).Value));
        Assert.Equal(18, facts.Targets[Held.Key].Value);
        await using var db = bench.Context();
        Assert.Equal(3, db.AuditEvents.Count(line => line.Subject == "target"));
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
    }

    [DatabaseTheory, Databases]
    public async Task A_target_with_something_wrong_is_refused_as_a_whole_with_every_reason(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var reviewer = bench.Person(Role.Reviewer, "FZ");
        var paper = new TargetPaper(" ", new(2026, 1, 5), new(2027, 1, 1), null, TargetSpreads.Even);
        TargetLine[] lines = [new(bench.Unit("FZ"), 10), new(bench.Unit("FZ01"), -1), new(bench.Unit("FZ02"), 5, 4, 3, 6)];
        var errors = await bench.Get<TargetService>().SetAsync(reviewer, Held, 2026, paper, lines);
        Assert.Equal(["document", "effectiveOn", "FZ01", "FZ02"], errors.Select(error => error.Field));
        Assert.NotEmpty(await bench.Get<TargetService>().SetAsync(reviewer, Held, 2026, Paper(new(2026, 1, 1)), [new(bench.Unit("DH"), 5)]));
        Assert.NotEmpty(await bench.Get<TargetService>().SetAsync(bench.Person(Role.Recorder, "FZ"), Held, 2026, Paper(new(2026, 1, 1)), [new(bench.Unit("FZ"), 5)]));
        await using var db = bench.Context();
        Assert.Empty(db.Targets);
    }

    /// <summary>As on the page: whoever mends one line is not told of the next only then.</summary>
    [Fact]
    public async Task The_form_names_all_that_is_wrong_at_once_whatever_can_be_read_and_whatever_not()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        Assert.Empty(await SetAsync(bench, 2026, new(2026, 1, 1), 12, null));
        var form = await FormAsync(bench, "FZ");
        form.Own.Value = "10";
        Assert.Equal(["document", "issuedOn", "reason"], form.Read().Errors.Select(error => error.Field));
        (form.EffectiveOn, form.Own.Value, form.Below[0].Value, form.Below[1].Value, form.Below[1].Minimum) = (new(2027, 1, 1), "十二", "-3", "5", "1.23456");
        form.Spread = TargetForm.Custom;
        form.Weights = "1 2 3";
        var (paper, _, errors) = form.Read();
        Assert.Null(paper);
        Assert.Equal(["FZ", "FZ01", "FZ02", "document", "effectiveOn", "issuedOn", "reason", "weights"], errors.Select(error => error.Field).Order(StringComparer.Ordinal));

        // What can be read as a whole is stored as a whole; a county's sum of its towns is no target that would be revised.
        var county = await FormAsync(bench, "NZ");
        Assert.Equal(["", "document", "issuedOn"], county.Read().Errors.Select(error => error.Field).Order(StringComparer.Ordinal));
        (county.Document, county.IssuedOn, county.EffectiveOn, county.Own.Value, county.Below[1].Value) = ("样政发〔2026〕1号", new(2026, 1, 5), new(2026, 1, 1), "30", "18");
        Assert.Equal("下级2个单位合计30场，样例县目标30场，一致。", county.SumCheck());
        (paper, var lines, errors) = county.Read();
        Assert.Empty(errors);
        Assert.Empty(await bench.Get<TargetService>().SetAsync(bench.Person(Role.Reviewer, "NZ"), Held, 2026, paper!, lines));
    }

    static async Task<TargetForm> FormAsync(Workbench bench, string code)
    {
        var facts = (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Reviewer, "NZ"), bench.Unit(code), 2026))!;
        var reckoner = bench.Get<IndicatorReckoner>();
        return new(IndicatorMonths.Of(reckoner, facts, new Standings(reckoner, facts).Of(Held)), new TargetSpreads([]), facts.Unit, facts, new(2026, 11, 22));
    }

    [Fact]
    public void What_towns_are_to_reach_together_changes_on_the_day_on_which_one_of_them_is_revised()
    {
        var first = new TargetSeries([Target(12, new(2026, 1, 1)), Target(20, new(2026, 7, 1))]);
        var second = new TargetSeries([Target(8, new(2026, 1, 1))]);
        var county = TargetRollup.Complete(SampleCatalog.Indicators, 1, 2026, new Dictionary<string, TargetSeries>(),
            [new Dictionary<string, TargetSeries> { [Held.Key] = first }, new Dictionary<string, TargetSeries> { [Held.Key] = second }])[Held.Key];
        Assert.Equal((20m, 28m), (county.On(new(2026, 6, 30)).Value, county.On(new(2026, 7, 1)).Value));

        static Target Target(decimal value, DateOnly from) => new() { IndicatorKey = Held.Key, UnitId = 2, Year = 2026, Value = value, EffectiveOn = from };
    }

    [Theory]
    [InlineData("1 1 2 1 1 1 1 1 1 1 1 3", "1 1 2 1 1 1 1 1 1 1 1 3")]
    [InlineData("0,0、0 0 31 0 0 0 0 0 0 0", "0 0 0 0 31 0 0 0 0 0 0 0")]
    [InlineData("1 2 3", null)]
    [InlineData("0 0 0 0 0 0 0 0 0 0 0 0", null)]
    [InlineData("1 1 1 1 1 1 1 1 1 1 1 -1", null)]
    public void Monthly_weights_are_twelve_numbers(string typed, string? kept) => Assert.Equal(kept, TargetSpreads.Parse(typed));

    [Theory]
    [InlineData(9, false, "未达最低要求")]
    [InlineData(10, false, "达到最低要求")]
    [InlineData(15, false, "良好")]
    [InlineData(20, false, "优秀")]
    public void A_value_stands_in_the_best_band_that_it_reaches(decimal value, bool less, string band) =>
        Assert.Equal(band, new Target { IndicatorKey = "x", UnitId = 1, Year = 2026, Value = 15, EffectiveOn = default, Minimum = 10, Good = 15, Excellent = 20 }.Band(value, less));

    static TargetPaper Paper(DateOnly from, string? reason = null, string? spread = null) => new("样政发〔2026〕1号", new(from.Year, 1, 1), from, reason, spread ?? TargetSpreads.Even);

    static Task<IReadOnlyList<TargetError>> SetAsync(Workbench bench, int year, DateOnly from, decimal value, string? reason, string? spread = null) =>
        bench.Get<TargetService>().SetAsync(bench.Person(Role.Reviewer, "NZ"), Held, year, Paper(from, reason, spread), [new(bench.Unit("FZ"), value)]);

    static async Task<List<decimal?>> MonthsAsync(Workbench bench, int year)
    {
        var facts = (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Reviewer, "NZ"), bench.Unit("FZ"), year))!;
        var reckoner = bench.Get<IndicatorReckoner>();
        return [.. IndicatorMonths.Of(reckoner, facts, new Standings(reckoner, facts).Of(Held)).Months.Select(month => month.Expected)];
    }

    static async Task<Target> TargetAsync(Workbench bench, int year) =>
        (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Reviewer, "NZ"), bench.Unit("FZ"), year))!.Targets[Held.Key];
}

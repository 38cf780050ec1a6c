using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Supervision;

/// <summary>Targets that are missed, are behind, or will not be reached as things go.</summary>
public sealed class TargetGaps(IndicatorReckoner reckoner) : IGapSource
{
    // Far behind before behind, behind before what only the forecast says; the points at stake decide among equals.
    const decimal Broken = 70, FarBehind = 60, Behind = 50, WillMiss = 40, MayMiss = 20;

    public Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts, CancellationToken cancel) => Task.FromResult(Find(facts));

    public IReadOnlyList<Gap> Find(UnitYear facts)
    {
        var (standings, links) = (new Standings(reckoner, facts), new RowLinks(reckoner.Catalog, facts.Unit, facts.Year));
        return [.. reckoner.Catalog.Indicators.Select(standings.Of).Where(standing => standing.Target is not null).Select(standing => Of(facts, standing, links)).OfType<Gap>()];
    }

    Gap? Of(UnitYear facts, Standing standing, RowLinks links)
    {
        var (indicator, target) = (standing.Indicator, standing.Target!);
        if (standing.Value.OnTargetScale is not { } value)
            return Gap(MayMiss, $"{indicator.Name}尚无数据", $"目标{Goal()}，还没有可计算的记录");
        if (indicator.Better is Direction.Less)
            return value <= target.Value ? null : Gap(Broken, $"{indicator.Name}{Print(value)}{indicator.Unit}", $"超过上限{Goal()}");
        if (value >= target.Value) return null;
        if (!standing.Accrues || facts.Today.Year > facts.Year)
            return Gap(standing.Pace.Level is PaceLevel.FarBehind ? FarBehind : Behind, $"{indicator.Name}{Print(value)}{indicator.Unit}", $"低于目标{Goal()}，差{Print(target.Value - value)}{(indicator.IsRatio ? "个百分点" : indicator.Unit)}{Waiting()}");
        if (standing.Pace is { IsLate: true, Expected: { } expected })
            return Gap(standing.Pace.Level is PaceLevel.FarBehind ? FarBehind : Behind, $"{indicator.Name}{Print(value)}{indicator.Unit}",
                $"今天应达{Print(decimal.Floor(expected))}，还差{Print(decimal.Floor(standing.Missing))}{indicator.Unit}；全年目标{Goal()}{Waiting()}");
        return Forecast.Of(reckoner, facts, standing) switch
        {
            { } forecast when forecast.Value < target.Value => Gap(WillMiss, $"{indicator.Name}{Print(value)}{indicator.Unit}", $"按目前进度年底约{Print(forecast.Value)}，完不成目标{Goal()}{Waiting()}"),
            { } forecast when forecast.Low < target.Value => Gap(MayMiss, $"{indicator.Name}{Print(value)}{indicator.Unit}", $"年底可能在{Print(forecast.Low)}至{Print(forecast.High)}之间，目标{Goal()}，不稳妥"),
            null when value == 0 && facts.LastMonth > 1 => Gap(WillMiss, $"{indicator.Name}还没有记录", $"全年目标{Goal()}{Waiting()}"),
            _ => null,
        };

        Gap Gap(decimal level, string text, string why) =>
            new($"target:{facts.Year}:{indicator.Key}", text, why, links.Indicator(indicator), level + Math.Min(9, AtStake(facts, standing)), facts.Unit);
        string Goal() => Print(target.Value) + indicator.Unit;
        string Print(decimal amount) => IndicatorValue.Print(amount, indicator.IsRatio);
        string Waiting() => standing.HasPending && !indicator.IsRatio ? $"；另有待审{standing.Pending.Text}{indicator.Unit}" : "";
    }

    /// <summary>Points that will be lost at the year's end as things go.</summary>
    decimal AtStake(UnitYear facts, Standing standing) =>
        IndicatorScore.Of(standing, Forecast.Of(reckoner, facts, standing)) is { AtYearEnd: { } end } score ? score.Full - end : standing.Indicator.Points;
}

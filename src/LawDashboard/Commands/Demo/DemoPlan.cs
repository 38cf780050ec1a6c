using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>One town's entries of one ledger and year: their dates in order, and who of the town logs each.</summary>
/// <param name="FirstNumber">Number of the first entry, for numbers of papers.</param>
sealed record DemoSeries(DemoLedger Ledger, Unit Town, bool Initial, DateOnly[] Dates, int FirstNumber, UnitSpread Units, Draws Draws)
{
    public DemoCase Case(int index) =>
        new(Draws.For((ulong)index + 1), Units.Of(index, Dates[index]), Town, Dates[index], FirstNumber + index);
}

/// <summary>How many entries there are of each ledger, town and year, and on which days.</summary>
public sealed class DemoPlan
{
    /// <summary>Volume of the first year against the second: a little less, differing by ledger.</summary>
    const double EarlierYear = 0.94, EarlierYearVaries = 0.2;
    /// <summary>Towns beside the first have this part of its volume, by their inhabitants.</summary>
    const double LeastTown = 0.6, MostTown = 0.8;
    /// <summary>Members of a register joined over so many years before the first.</summary>
    const int JoinedOver = 5;

    readonly DemoFrame frame;
    readonly Draws draws;
    readonly List<Unit> towns;
    readonly UnitTree tree;
    readonly OfficeHours hours;

    /// <summary>Volume of one town, ledger and year before scaling; year 0 for members there from the start.</summary>
    sealed record Volume(DemoLedger Ledger, Unit Town, int Year, double Count);

    DemoPlan(DemoFrame frame, UnitTree tree, OfficeHours hours, int seed)
    {
        (this.frame, this.tree, this.hours) = (frame, tree, hours);
        draws = new Draws((ulong)seed);
        towns = [.. tree.All.Where(unit => unit.Kind == UnitKind.Town).OrderBy(unit => unit.Id)];
    }

    internal IReadOnlyList<DemoSeries> Series { get; private set; } = [];

    /// <summary>The village of the first town that logs nothing in the last weeks; null when it has fewer than two.</summary>
    public Unit? Silent { get; private set; }

    /// <summary>Entries in all; those that would be logged only after now are among them.</summary>
    public int Count => Series.Sum(series => series.Dates.Length);

    /// <param name="entries">About how many entries there shall be in all; null for the volumes of the specs.</param>
    public static DemoPlan Make(IReadOnlyList<DemoLedger> ledgers, UnitTree tree, WorkCalendar calendar, DemoFrame frame, int seed, int? entries)
    {
        var plan = new DemoPlan(frame, tree, new OfficeHours(calendar), seed);
        plan.Silent = plan.Villages(plan.towns.FirstOrDefault()) is { Count: > 1 } villages ? villages.MinBy(village => village.Population ?? int.MaxValue) : null;
        var volumes = ledgers.SelectMany(plan.Volumes).ToList();
        var (events, registers) = Scales(volumes, entries);
        plan.Series = [.. volumes.GroupBy(volume => volume.Ledger.Ledger.Key, StringComparer.Ordinal)
            .SelectMany(group => plan.SeriesOf([.. group], group.First().Ledger.Ledger.Register ? registers : events))];
        return plan;
    }

    /// <summary>Registers do not grow with the number of events: a county has its mediators, however much they do.</summary>
    static (double Events, double Registers) Scales(List<Volume> volumes, int? entries)
    {
        if (entries is not { } wanted) return (1, 1);
        var (events, registers) = (Sum(false), Sum(true));
        return wanted >= events + registers && events > 0 ? ((wanted - registers) / events, 1)
            : events + registers > 0 ? (wanted / (events + registers), wanted / (events + registers)) : (0, 0);

        double Sum(bool register) => volumes.Where(volume => volume.Ledger.Ledger.Register == register).Sum(volume => volume.Count);
    }

    IEnumerable<Volume> Volumes(DemoLedger ledger)
    {
        var earlier = EarlierYear + EarlierYearVaries * (Of(ledger).Unit(1) + Of(ledger).Unit(2) - 1);
        foreach (var town in towns)
        {
            var part = town == towns[0] ? 1 : Math.Clamp((town.Population ?? 0) / (double)Math.Max(towns[0].Population ?? 0, 1), LeastTown, MostTown);
            if (ledger.Spec.Initial > 0) yield return new(ledger, town, 0, ledger.Spec.Initial * part);
            yield return new(ledger, town, frame.Year - 1, (double)ledger.Spec.PerYear * part * earlier);
            yield return new(ledger, town, frame.Year, (double)ledger.Spec.PerYear * part * SeasonOf(ledger).Share(frame.Year, frame.LastDay));
        }
    }

    IEnumerable<DemoSeries> SeriesOf(IReadOnlyList<Volume> volumes, double scale)
    {
        var numbers = 0;
        var (sum, given) = (0.0, 0);
        foreach (var volume in volumes)
        {
            // Rounded so that the whole ledger keeps its volume however small the parts are.
            sum += volume.Count * scale;
            var count = (int)Math.Round(sum) - given;
            given += count;
            var own = Of(volume.Ledger).For(volume.Town.Code).For((ulong)volume.Year);
            var dates = volume.Year == 0 ? Joined(count, own) : SeasonOf(volume.Ledger).Dates(volume.Year, frame.LastDay, count, own);
            yield return new(volume.Ledger, volume.Town, volume.Year == 0, dates, numbers + 1, SpreadOf(volume, own), own);
            // Certificates are numbered across the county; papers of an office start again every year.
            if (volume.Ledger.Ledger.Register) numbers += count;
        }
    }

    DateOnly[] Joined(int count, Draws own)
    {
        var dates = Enumerable.Range(0, count).Select(n => frame.FirstDay.AddDays(-own.Between(1, 365 * JoinedOver, (ulong)n + 1))).ToArray();
        Array.Sort(dates);
        return dates;
    }

    UnitSpread SpreadOf(Volume volume, Draws own)
    {
        var villages = volume.Ledger.Spec.Level == DemoLevel.Village ? Villages(volume.Town) : [];
        if (villages.Count == 0) return new UnitSpread(new Weighted<Unit>([(volume.Town, 1)]), null, DateOnly.MaxValue, 0);
        var weighted = villages.Select(village => (village, (village.Population ?? 1000) * Diligence(village) * (0.8 + 0.4 * own.Unit(Draws.Key(village.Code)))));
        return new UnitSpread(new Weighted<Unit>(weighted), villages.Count > 1 ? Silent : null, frame.SilentFrom, own.Unit(7));
    }

    /// <summary>Some villages write everything down, some hardly anything.</summary>
    double Diligence(Unit village) => 0.5 + draws.For(village.Code).Unit(3);

    List<Unit> Villages(Unit? town) => town is null ? [] : [.. tree.Children(town).Where(unit => unit.Kind == UnitKind.Village)];

    Season SeasonOf(DemoLedger ledger) => new(ledger.Spec.Months, hours, ledger.Spec.Level == DemoLevel.Village ? 0.35 : 0.04);

    Draws Of(DemoLedger ledger) => draws.For(ledger.Ledger.Key);
}

/// <summary>
/// Spreads the entries of a series over units by weight: the multiples of the golden section fill every weight evenly, so
/// that few entries lie as they should as well as many.
/// </summary>
sealed class UnitSpread(Weighted<Unit> units, Unit? silent, DateOnly silentFrom, double start)
{
    const double Golden = 0.618_033_988_749_894_9;

    public Unit Of(int index, DateOnly date)
    {
        for (var at = start + index * Golden; ; at += 1 - Golden)
            if (units.Pick(at - Math.Floor(at)) is var unit && (unit != silent || date < silentFrom)) return unit;
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>Drafts the yearly report of a unit from its approved entries.</summary>
public sealed class ReportService(TallyReader tallies, StretchReader stretches, IndicatorReckoner reckoner, ReportTemplates templates, TimeProvider clock)
{
    /// <summary>
    /// The draft for a year: up to its end, or up to today while it still runs; last year is then counted up to the same
    /// day. Nothing of units that the person does not see.
    /// </summary>
    public async Task<ReportDraft> DraftAsync(Person person, Unit unit, int year, CancellationToken cancel = default)
    {
        var today = ChinaTime.Today(clock);
        var closing = today.Year == year ? today : new DateOnly(year, 12, 31);
        var book = await tallies.BookAsync(person, unit, new((year - 1) * 100 + 1, year * 100 + 12), cancel: cancel);
        if (closing.Month < 12 || closing.Day < 31)
            book = book.Less(await stretches.ReadAsync(person, unit, closing.AddYears(-1).AddDays(1), new(year - 1, 12, 31), cancel));
        var targets = await tallies.TargetsAsync(person, unit, year, closing, cancel);
        var figures = new TallyFigures(reckoner, book, year, targets);
        var next = await tallies.TargetsAsync(person, unit, year + 1, today, cancel);
        return Drafter.Draft(templates.Find(ReportTemplates.TownshipAnnual)!,
            new DraftContext(unit.Name, year, closing, figures, figures.Standings(closing, next), today.Year == year ? today : null));
    }
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>A draft with what it was drafted from.</summary>
/// <param name="Figures">The counted values behind the draft's figures.</param>
/// <param name="Targets">This year's targets by indicator, with the papers that set them; then the next year's.</param>
/// <param name="Context">For whom, for when and from what it was drafted.</param>
/// <param name="RowCount">How many approved entries a measure, or one of its parts, counts in a year.</param>
/// <param name="Approved">Approved entries of the year, which the report counts.</param>
/// <param name="Waiting">Entries that still wait for review, which it does not.</param>
public sealed record DraftedReport(
    Unit Unit, ReportDraft Draft, IFigures Figures, IReadOnlyDictionary<string, Target> Targets, IReadOnlyDictionary<string, Target> NextTargets,
    DraftContext Context, Func<string, string?, int, long> RowCount,
    long Approved, long Waiting);

/// <summary>Drafts the yearly report of a unit from its approved entries.</summary>
public sealed class ReportService(UnitYears years, TallyReader tallies, StretchReader stretches, IndicatorReckoner reckoner, ReportTemplates templates, TimeProvider clock)
{
    /// <summary>Governments report; villages and departments are part of their town's report.</summary>
    public static bool Reports(Unit unit) => unit.Kind is UnitKind.Town or UnitKind.County;

    /// <summary>
    /// The draft for a year: up to its end, or up to today while it still runs; last year is then counted up to the same
    /// day. Null when the person does not see the unit.
    /// </summary>
    public async Task<DraftedReport?> ReadAsync(Person person, Unit unit, int year, CancellationToken cancel = default) =>
        await years.ReadAsync(person, unit, year, cancel) is { } facts ? await ReadAsync(person, facts, cancel) : null;

    /// <summary>The same from figures that were read before.</summary>
    public async Task<DraftedReport> ReadAsync(Person person, UnitYear facts, CancellationToken cancel = default)
    {
        var (unit, year) = (facts.Unit, facts.Year);
        var today = ChinaTime.Today(clock);
        var closing = today.Year == year ? today : new DateOnly(year, 12, 31);
        var book = await tallies.BookAsync(person, unit, new((year - 1) * 100 + 1, year * 100 + 12), cancel: cancel);
        // A level runs on from year to year, so what is taken out of last year must not be missing in this one.
        var before = book;
        if (closing.Month < 12 || closing.Day < 31)
            before = book.Less(await stretches.ReadAsync(person, unit, closing.AddYears(-1).AddDays(1), new(year - 1, 12, 31), cancel));
        var figures = new TallyFigures(reckoner, book, before, year, facts.Targets);
        var next = (await years.ReadAsync(person, unit, year + 1, cancel))?.Targets ?? new Dictionary<string, Target>();
        var context = new DraftContext(unit.Name, year, closing, figures, figures.Standings(closing, next), today.Year == year ? today : null);
        var draft = Drafter.Draft(templates.Find(ReportTemplates.TownshipAnnual)!, context);
        return new(unit, draft, figures, facts.Targets, next, context, (measure, slice, of) => figures.Rows(measure, slice, of),
            Entries(book, year, EntryState.Approved), Entries(book, year, EntryState.Submitted));
    }

    /// <summary>The draft alone, of a unit that the person sees.</summary>
    public async Task<ReportDraft> DraftAsync(Person person, Unit unit, int year, CancellationToken cancel = default) =>
        (await ReadAsync(person, unit, year, cancel) ?? throw new InvalidOperationException($"{person.Account} does not see {unit.Code}.")).Draft;

    long Entries(TallyBook book, int year, EntryState state) => (long)reckoner.Catalog.Ledgers.Ledgers
        .Sum(ledger => reckoner.Measure(book, IndicatorCatalog.EveryEntryKey(ledger.Key), MonthRange.OfYear(year), state)
            // One event in two ledgers is one event.
            - (reckoner.Catalog.Measure(IndicatorCatalog.ListedKey(ledger.Key)) is { } listed ? reckoner.Measure(book, listed.Key, MonthRange.OfYear(year), state) : 0));
}

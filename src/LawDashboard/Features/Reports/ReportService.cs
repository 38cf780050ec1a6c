using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>A draft with what it was drafted from.</summary>
/// <param name="Choice">Which report it is: from which template, over which part of the year.</param>
/// <param name="Figures">The counted values behind the draft's figures.</param>
/// <param name="Targets">This year's targets by indicator, with the papers that set them; then the next year's.</param>
/// <param name="Context">For whom, for when and from what it was drafted.</param>
/// <param name="RowCount">How many approved entries stand behind a count or a sum.</param>
/// <param name="Approved">Approved entries of the year, which the report counts.</param>
/// <param name="Waiting">Entries that still wait for review, which it does not.</param>
public sealed record DraftedReport(
    Unit Unit, ReportChoice Choice, ReportDraft Draft, IFigures Figures, IReadOnlyDictionary<string, Target> Targets, IReadOnlyDictionary<string, Target> NextTargets,
    DraftContext Context, Func<CountedRows, long> RowCount,
    long Approved, long Waiting)
{
    /// <summary>What a figure of the report was counted from: its term, or the year up to then.</summary>
    public DraftContext ContextOf(Figure figure) => FigureIds.IsToDate(figure.Id) && Context.ToDate is { } toDate ? toDate : Context;
}

/// <summary>Drafts the reports of a unit from its approved entries.</summary>
public sealed class ReportService(
    UnitYears years, UnitDirectory units, TallyReader tallies, StretchReader stretches, IndicatorReckoner reckoner, TemplateShelf shelf, CheckWords words, NotedEntries noted, LateEntries lateEntries, ProblemCauses problemCauses, TimeProvider clock)
{
    /// <summary>Governments report; villages and departments are part of their town's report.</summary>
    public static bool Reports(Unit unit) => unit.Kind is UnitKind.Town or UnitKind.County;

    /// <summary>
    /// The draft for a year or a part of it: up to its end, or up to today while it still runs; last year is then counted up
    /// to the same day. Null when the person does not see the unit.
    /// </summary>
    public async Task<DraftedReport?> ReadAsync(Person person, Unit unit, ReportKey of, CancellationToken cancel = default) =>
        await years.ReadAsync(person, unit, of.Year, cancel) is { } facts ? await ReadAsync(person, facts, of.Name, cancel) : null;

    /// <summary>The same from figures that were read before.</summary>
    public async Task<DraftedReport> ReadAsync(Person person, UnitYear facts, string? name = null, CancellationToken cancel = default) =>
        await ReadAsync(person, facts, await shelf.ChooseAsync(facts.Unit, new(facts.Year, name), cancel), cancel);

    /// <summary>The same from a template that need not be on the shelf.</summary>
    public async Task<DraftedReport> ReadAsync(Person person, UnitYear facts, ReportChoice choice, CancellationToken cancel = default)
    {
        var (unit, year, term) = (facts.Unit, facts.Year, choice.Term);
        var today = ChinaTime.Today(clock);
        var closing = today.Year == year && today < term.To ? today : term.To;
        // None of these waits for another, and each keeps a processor busy for a while where the database is a file.
        var (readingLate, readingNoted) = (Task.Run(ReadLateAsync, cancel), Task.Run(ReadNotedAsync, cancel));
        var counted = await ReadTalliesAsync(person, unit, term, closing, choice.Template, cancel);
        var late = await readingLate;
        var book = counted with { Late = late };
        var next = (await years.ReadAsync(person, unit, year + 1, cancel))?.Targets ?? new Dictionary<string, Target>();
        var previous = (await years.ReadAsync(person, unit, year - 1, cancel))?.Targets ?? new Dictionary<string, Target>();
        var missed = Judgement.Missed(reckoner, book.Book, previous, year - 1);
        var judged = reckoner.Catalog.Judged.ToDictionary(indicator => indicator.Key, indicator => facts.Judgements.GetValueOrDefault(indicator.Key) is { } given
            ? JudgedWords.Of(indicator.Name, given.Grade, given.Text) : new JudgedWords(indicator.Name, null, null), StringComparer.Ordinal);
        var context = Context(term, "") with { Noted = await readingNoted };
        if (!term.IsYear) context = context with { ToDate = Context(term.ToDate, FigureIds.ToDate) with { Noted = context.Noted } };
        if (choice.Template.Asks(Directive.Problems))
        {
            var causes = await problemCauses.ReadAsync(person, facts, context.ToDate ?? context, cancel);
            context = context with { Causes = causes, ToDate = context.ToDate is { } toDate ? toDate with { Causes = causes } : null };
        }
        return new(unit, choice, Drafter.Draft(choice.Template, context), context.Figures, facts.Targets, next, context, ((TallyFigures)context.Figures).Rows,
            Entries(book.Book, year, EntryState.Approved), Entries(book.Book, year, EntryState.Submitted));

        async Task<IReadOnlyList<LateCases>> ReadLateAsync() => choice.Template.Asks(Directive.Problems) || choice.Template.Asks(Directive.Plan)
            ? LateCases.Of(await lateEntries.ReadAsync(person, unit, term.ToDate.From, term.To, today, cancel), reckoner.Catalog) : [];

        async Task<IReadOnlyList<NotedEntry>> ReadNotedAsync() => choice.Template.Asks(Directive.Highlights) ? await noted.ReadAsync(person, unit, term, closing, cancel) : [];

        DraftContext Context(ReportTerm over, string mark)
        {
            var figures = new TallyFigures(reckoner, book, over, closing, facts.Targets);
            return new(unit.Name, year, closing, figures, figures.Standings(next), today.Year == year ? today : null)
            {
                Term = over, Mark = mark, Above = choice.Above, Policy = words.Policy.Of(year), MissedLastYear = missed, Late = late, Judged = judged,
            };
        }
    }

    async Task<ReportTallies> ReadTalliesAsync(Person person, Unit unit, ReportTerm term, DateOnly closing, ReportTemplate template, CancellationToken cancel)
    {
        var book = await tallies.BookAsync(person, unit, new((term.Year - 1) * 100 + 1, term.Year * 100 + 12), cancel: cancel);
        // A level runs on from year to year, so what is taken out of last year must not be missing in this one. Whole months
        // behind the closing day are left out by asking for fewer months; only the rest of its month must be counted.
        var (before, last) = (book, closing.AddYears(-1));
        if (closing < term.To && last.Day < DateTime.DaysInMonth(last.Year, last.Month))
        {
            // Last year is compared as a whole, never in its slices.
            var whole = new TallyFocus([.. reckoner.Catalog.Measures.Select(measure => measure.Key)], []);
            before = book.Less(await stretches.ReadAsync(person, unit, last.AddDays(1), new(last.Year, last.Month, DateTime.DaysInMonth(last.Year, last.Month)), whole, cancel));
        }
        string[] keys = [.. template.Uses.Where(use => use.Slice == ReportTemplate.UnitAxis).Select(use => use.Key).Distinct(StringComparer.Ordinal)];
        if (keys.Length == 0) return new(book, before, [], []);
        List<Unit> below = [.. (await units.TreeAsync(cancel)).Children(unit).Where(child => child.Kind is UnitKind.Town or UnitKind.Village)];
        string[] measures = [.. keys.SelectMany(key => reckoner.Catalog.Indicator(key) is { } indicator ? new[] { indicator.Measure, indicator.Numerator, indicator.Denominator } : [key]).OfType<string>()];
        var books = await tallies.BooksAsync(person, below, new(term.Year * 100 + 1, term.Year * 100 + 12), new(measures, []), cancel);
        return new(book, before, [.. below.Where(child => books.ContainsKey(child.Id)).Select(child => (child, books[child.Id]))], []);
    }

    /// <summary>The draft alone, of a unit that the person sees.</summary>
    public async Task<ReportDraft> DraftAsync(Person person, Unit unit, ReportKey of, CancellationToken cancel = default) =>
        (await ReadAsync(person, unit, of, cancel) ?? throw new InvalidOperationException($"{person.Account} does not see {unit.Code}.")).Draft;

    long Entries(TallyBook book, int year, EntryState state) => (long)reckoner.Catalog.Ledgers.Ledgers
        .Sum(ledger => reckoner.Measure(book, IndicatorCatalog.EveryEntryKey(ledger.Key), MonthRange.OfYear(year), state)
            // One event in two ledgers is one event.
            - (reckoner.Catalog.Measure(IndicatorCatalog.ListedKey(ledger.Key)) is { } listed ? reckoner.Measure(book, listed.Key, MonthRange.OfYear(year), state) : 0));
}

using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>A figure for a blank: what is written, and where the rows are that it counts. No amount where nothing is under a ratio.</summary>
public sealed record FormFigure(decimal? Amount, string Text, string Words, string? Href);

/// <summary>Everything that a form of one unit and month is filled with.</summary>
public sealed class FormBook(IndicatorReckoner reckoner, TallyBook book, Unit unit, FormOccasion occasion)
{
    IndicatorCatalog Catalog => reckoner.Catalog;

    /// <summary>Null for what nobody knows any more: a measure that is gone.</summary>
    public FormFigure? Figure(string source, FormPeriod period)
    {
        var months = Months(period);
        var links = new RowLinks(Catalog, unit, months.From / 100);
        if (FormSource.Measure(source) is var (key, slice) && Catalog.Measure(key) is { } measure)
        {
            var amount = reckoner.Measure(book, key, months, slice: slice);
            return new(amount, IndicatorValue.Print(amount, ratio: false), Name(source)!, links.Measure(key, months, slice.Length == 0 ? null : slice));
        }
        if (FormSource.Indicator(source) is { } of && Catalog.Indicator(of) is { } indicator)
        {
            var value = reckoner.Indicator(book, indicator, months);
            return new(value.OnTargetScale is { } share ? decimal.Round(share, 1, MidpointRounding.ToZero) : null, value.Text, indicator.Name, links.Value(indicator, months));
        }
        return null;
    }

    /// <summary>What a source is called; null for one that is gone.</summary>
    public string? Name(string source) => Name(Catalog, source);

    public static string? Name(IndicatorCatalog catalog, string source)
    {
        if (FormSource.Words.FirstOrDefault(word => word.Source == source).Label is { } word) return word;
        if (source == FormSource.Line) return "按栏内文字填写";
        if (FormSource.Indicator(source) is { } of) return catalog.Indicator(of)?.Name;
        if (FormSource.Measure(source) is not var (key, slice) || catalog.Measure(key) is not { } measure) return null;
        if (slice.Length == 0) return measure.Name;
        var field = catalog.Ledgers.Ledger(measure.Ledger)?.Field(slice.Split('=')[0]);
        return field is null ? null : $"{measure.Name}（{catalog.Ledgers.Label(field, slice[(slice.IndexOf('=') + 1)..])}）";
    }

    MonthRange Months(FormPeriod period)
    {
        var (year, month) = (occasion.Year, occasion.Month);
        return period switch
        {
            FormPeriod.ToDate => new(year * 100 + 1, year * 100 + month),
            FormPeriod.MonthBefore => MonthRange.OfMonth(year - 1, month),
            FormPeriod.ToDateBefore => new((year - 1) * 100 + 1, (year - 1) * 100 + month),
            FormPeriod.Year => MonthRange.OfYear(year),
            _ => MonthRange.OfMonth(year, month),
        };
    }
}

/// <summary>Reads what forms are filled with: figures out of the tallies, rows of lists out of the ledgers; approved entries only.</summary>
public sealed class FormFigures(TallyReader tallies, IndicatorReckoner reckoner, EntryLists entries, LedgerCatalog ledgers, UnitDirectory units, TimeProvider clock)
{
    public async Task<FormBook> BookAsync(Person person, Unit unit, int year, int month, CancellationToken cancel = default)
    {
        var book = await tallies.BookAsync(person, unit, new((year - 1) * 100 + 1, year * 100 + 12), cancel: cancel);
        return new(reckoner, book, unit, Occasion(person, unit, year, month));
    }

    public FormOccasion Occasion(Person person, Unit unit, int year, int month) => new(unit.OfficialName, year, month, ChinaTime.Today(clock), person == Person.Machine ? "" : person.Name);

    /// <summary>The entries of a list's period, oldest first, at most so many as it has rows and one more; and how many there are.</summary>
    public async Task<(IReadOnlyList<IReadOnlyList<object?>> Rows, int Count)> RowsAsync(Person person, Unit unit, FormList list, int year, int month, CancellationToken cancel = default)
    {
        if (ledgers.Ledger(list.Ledger) is not { } ledger) return ([], 0);
        var (from, to) = Days(list.Period, year, month);
        var query = new EntryQuery { Person = person, Unit = unit, Ledger = ledger, States = [EntryState.Approved], From = from, To = to, Sort = new("date", Descending: false) };
        var tree = await units.TreeAsync(cancel);
        var (text, scrub) = (new FieldText(ledgers, tree), new PersonalScrub(ledger));
        var found = await entries.PageAsync(query, 1, list.Rows.Count, cancel);
        return ([.. found.Select((entry, at) => (IReadOnlyList<object?>)[.. list.Columns.Select(column => Value(column.Field, scrub.Scrubbed(entry), at + 1))])], await entries.CountAsync(query, cancel));

        object? Value(string key, Entry entry, int number) => key switch
        {
            "" => null,
            FormListFields.Number => (decimal)number,
            FormListFields.Serial => entry.Serial,
            FormListFields.Unit => tree.Find(entry.UnitId)?.Name,
            FormListFields.Title => entry.Title,
            _ when ledger.Field(key) is not { } field => null,
            _ when ledger.Field(key) is { IsNumber: true } number2 => entry.Values.Number(key) is { } steps ? (decimal)steps / number2.Steps : null,
            _ => text.ShowMasked(ledger.Field(key)!, entry.Values),
        };
    }

    public static (DateOnly From, DateOnly To) Days(FormPeriod period, int year, int month)
    {
        var of = period is FormPeriod.MonthBefore or FormPeriod.ToDateBefore ? year - 1 : year;
        var first = period is FormPeriod.ToDate or FormPeriod.ToDateBefore or FormPeriod.Year ? 1 : month;
        var last = period is FormPeriod.Year ? 12 : month;
        return (new(of, first, 1), new(of, last, DateTime.DaysInMonth(of, last)));
    }
}

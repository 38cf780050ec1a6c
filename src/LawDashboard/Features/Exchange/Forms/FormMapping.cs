using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>Which months a blank asks for, as seen from the month for which the form is filled.</summary>
public enum FormPeriod
{
    /// <summary>本月.</summary>
    Month,
    /// <summary>本年累计: January to the month.</summary>
    ToDate,
    /// <summary>上年同月.</summary>
    MonthBefore,
    /// <summary>上年同期累计.</summary>
    ToDateBefore,
    /// <summary>全年.</summary>
    Year,
}

/// <summary>Where a blank is and what it is called on the form, and what stands in it.</summary>
/// <param name="Key">Its place in the file.</param>
/// <param name="Label">Row and column heading as printed; of a line of text with blanks, the line.</param>
/// <param name="Source"><see cref="FormSource"/>; empty when it is filled by hand.</param>
/// <param name="Percent">The cell shows a share as percent by itself.</param>
public sealed record FormBlank(string Key, string Label, string Source = "", FormPeriod Period = FormPeriod.Month, bool Percent = false)
{
    public bool IsFigure => FormSource.IsFigure(Source);
}

/// <summary>A column of a list on the form: its heading, and the field that stands in it.</summary>
/// <param name="Field">Key of a field; <c>serial</c>, <c>unit</c>, <c>number</c> for the running number; empty for what is filled by hand.</param>
public sealed record FormColumn(string Label, string Field = "");

/// <summary>Rows on the form that each take one entry of a ledger.</summary>
/// <param name="Rows">The places of each row's cells, column by column.</param>
/// <param name="Ledger">Empty when it is filled by hand.</param>
public sealed record FormList(string Label, IReadOnlyList<FormColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Ledger = "", FormPeriod Period = FormPeriod.Month);

/// <summary>Everything on a form that can be filled.</summary>
public sealed record FormMapping(IReadOnlyList<FormBlank> Blanks, IReadOnlyList<FormList> Lists)
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = { new JsonStringEnumConverter() },
    };

    public bool IsEmpty => Blanks.Count == 0 && Lists.Count == 0;
    [JsonIgnore]
    public int Mapped => Blanks.Count(blank => blank.Source.Length > 0) + Lists.Sum(list => list.Ledger.Length == 0 ? 0 : list.Columns.Count(column => column.Field.Length > 0));
    [JsonIgnore]
    public int All => Blanks.Count + Lists.Sum(list => list.Columns.Count);

    /// <summary>The layout of a form that came anew with what an older version of it was mapped to, wherever labels are the same.</summary>
    public FormMapping RememberedFrom(FormMapping older)
    {
        var known = older.Blanks.ToLookup(blank => blank.Label, StringComparer.Ordinal);
        var lists = older.Lists.ToLookup(list => string.Join('|', list.Columns.Select(column => column.Label)), StringComparer.Ordinal);
        return new(
            [.. Blanks.Select(blank => known[blank.Label].FirstOrDefault() is { } was ? blank with { Source = was.Source, Period = was.Period } : blank)],
            [.. Lists.Select(list => lists[string.Join('|', list.Columns.Select(column => column.Label))].FirstOrDefault() is { } was ? list with { Ledger = was.Ledger, Period = was.Period, Columns = was.Columns } : list)]);
    }
}

/// <summary>What can stand in a blank: <c>measure:KEY</c>, <c>measure:KEY|field=code</c>, <c>indicator:KEY</c>, or one of the words of the head.</summary>
public static class FormSource
{
    const string MeasurePrefix = "measure:", IndicatorPrefix = "indicator:";

    /// <summary>The words of a form's head: who fills it, for when. <see cref="Line"/> fills every blank that it knows within a line.</summary>
    public const string Unit = "unit", Date = "date", Person = "person", Period = "period", Year = "year", Month = "month", Line = "line";

    public static readonly IReadOnlyList<(string Source, string Label)> Words =
        [(Unit, "填报单位"), (Date, "填报日期"), (Person, "填表人"), (Period, "统计期间"), (Year, "年度"), (Month, "月份")];

    public static string OfMeasure(string key, string? slice = null) => MeasurePrefix + key + (string.IsNullOrEmpty(slice) ? "" : "|" + slice);
    public static string OfIndicator(string key) => IndicatorPrefix + key;
    public static bool IsFigure(string source) => source.StartsWith(MeasurePrefix, StringComparison.Ordinal) || source.StartsWith(IndicatorPrefix, StringComparison.Ordinal);

    public static (string Key, string Slice)? Measure(string source) =>
        !source.StartsWith(MeasurePrefix, StringComparison.Ordinal) ? null : source[MeasurePrefix.Length..].Split('|', 2) is [var key, var slice] ? (key, slice) : (source[MeasurePrefix.Length..], "");

    public static string? Indicator(string source) => source.StartsWith(IndicatorPrefix, StringComparison.Ordinal) ? source[IndicatorPrefix.Length..] : null;

    public static string Label(FormPeriod period) => period switch
    {
        FormPeriod.ToDate => "本年累计",
        FormPeriod.MonthBefore => "上年同月",
        FormPeriod.ToDateBefore => "上年同期累计",
        FormPeriod.Year => "全年",
        _ => "本月",
    };
}

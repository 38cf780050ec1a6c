using LawDashboard.Features.Indicators;

namespace LawDashboard.Features.Reports;

/// <summary>The stretch of a year that a report is on (统计期): whole months, <paramref name="First"/> and <paramref name="Last"/> included.</summary>
public sealed record ReportTerm(int Year, int First = 1, int Last = 12)
{
    public DateOnly From => new(Year, First, 1);
    public DateOnly To => new(Year, Last, DateTime.DaysInMonth(Year, Last));
    public bool IsYear => First == 1 && Last == 12;
    public MonthRange Months => new(Year * 100 + First, Year * 100 + Last);

    /// <summary>From January to the end of the term: what targets of the year are held against.</summary>
    public ReportTerm ToDate => this with { First = 1 };

    /// <summary>全年, 上半年, 第三季度; other stretches by their months.</summary>
    public string Name => (First, Last) switch
    {
        (1, 12) => "全年",
        (1, 6) => "上半年",
        (7, 12) => "下半年",
        var (first, last) when last - first == 2 && last % 3 == 0 => $"第{Numerals.Chinese(last / 3)}季度",
        var (first, last) => $"{first}—{last}月",
    };

    /// <summary>The name with its year: 2026年第三季度.</summary>
    public string FullName => IsYear ? $"{Year}年" : $"{Year}年{Name}";
}

/// <summary>Into which parts a template cuts the year.</summary>
public enum TermKind { Year, Half, Quarter }

/// <summary>The parts of a year by kind, each with the short name that stands in addresses: q1…q4, h1, h2.</summary>
public static class Terms
{
    public static IReadOnlyList<(string? Part, ReportTerm Term)> Of(TermKind kind, int year) => kind switch
    {
        TermKind.Half => [("h1", new(year, 1, 6)), ("h2", new(year, 7, 12))],
        TermKind.Quarter => [.. Enumerable.Range(1, 4).Select(quarter => ((string?)$"q{quarter}", new ReportTerm(year, quarter * 3 - 2, quarter * 3)))],
        _ => [(null, new(year))],
    };

    /// <summary>The part named; without a name the last that is over, of a year that has only begun the first.</summary>
    public static (string? Part, ReportTerm Term) Find(TermKind kind, int year, string? part, DateOnly today)
    {
        var terms = Of(kind, year);
        var named = terms.FirstOrDefault(term => part is not null && term.Part == part);
        return named.Term is not null ? named : terms.LastOrDefault(term => term.Term.To <= today) is { Term: not null } over ? over : terms[0];
    }
}

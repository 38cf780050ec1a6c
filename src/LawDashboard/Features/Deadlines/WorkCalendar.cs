using System.Globalization;
using LawDashboard.Data;

namespace LawDashboard.Features.Deadlines;

/// <summary>
/// Which days are worked: Monday to Friday, but for the holidays and make-up workdays (调休) of the State Council's
/// yearly notice. A year without a notice is reported, not guessed.
/// </summary>
public sealed class WorkCalendar
{
    readonly Dictionary<DateOnly, (bool Worked, string Name)> exceptions;
    readonly HashSet<int> years;

    public WorkCalendar(IEnumerable<(DateOnly Date, bool Worked, string Name)> days)
    {
        exceptions = days.ToDictionary(day => day.Date, day => (day.Worked, day.Name));
        // Two days at a year's edge come from the next year's notice and do not make that year known.
        years = [.. exceptions.Keys.GroupBy(date => date.Year).Where(year => year.Count() > 10).Select(year => year.Key)];
    }

    /// <summary>Whether the year's notice has been imported.</summary>
    public bool Knows(int year) => years.Contains(year);

    /// <summary>Throws when the day's year has no notice: a guessed due date would be worse than none.</summary>
    public bool IsWorkday(DateOnly day)
    {
        if (!Knows(day.Year)) throw new InvalidOperationException($"没有{day.Year}年的节假日安排，请先导入。");
        return exceptions.TryGetValue(day, out var exception) ? exception.Worked : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    /// <summary>The same for the same holidays and make-up workdays.</summary>
    public string Fingerprint => string.Join(';', exceptions.OrderBy(day => day.Key).Select(day => $"{FieldValues.Iso(day.Key)}{(day.Value.Worked ? '+' : '-')}"));

    /// <summary>The name of the holiday or make-up workday; null on ordinary days.</summary>
    public string? NameOf(DateOnly day) => exceptions.TryGetValue(day, out var exception) ? exception.Name : null;

    /// <summary>Loads <c>seed-data/calendar/*.csv</c>: date,kind,name,notice with kind holiday or workday.</summary>
    public static WorkCalendar Load(SeedFolder seed)
    {
        var days = new Dictionary<DateOnly, (DateOnly, bool, string)>();
        foreach (var file in seed.Files("calendar", ".csv"))
            foreach (var (line, index) in seed.ReadText(file)!.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (line, index)).Skip(1))
            {
                if (string.IsNullOrWhiteSpace(line)) continue;
                var cells = line.Split(',');
                if (cells.Length < 3 || cells[1] is not ("holiday" or "workday")
                    || !DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                    seed.Report(file, $"第{index + 1}行", "应写成 2026-01-01,holiday,元旦,通知网址（kind 为 holiday 或 workday）");
                else if (!days.TryAdd(date, (date, cells[1] == "workday", cells[2])))
                    seed.Report(file, $"第{index + 1}行", $"日期{cells[0]}重复");
            }
        return new WorkCalendar(days.Values);
    }
}

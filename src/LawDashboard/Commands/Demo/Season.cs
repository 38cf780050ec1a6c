namespace LawDashboard.Commands.Demo;

/// <summary>How the entries of a year lie over its days: months by their weights, days mostly worked ones.</summary>
sealed class Season(IReadOnlyList<decimal> weights, OfficeHours hours, double freeDays)
{
    /// <summary>The part of a year's volume that falls on its days up to <paramref name="last"/>.</summary>
    public double Share(int year, DateOnly last) => Months(year, last).Sum() / (double)weights.Sum();

    /// <summary>So many dates of the year, none after <paramref name="last"/>, in order.</summary>
    public DateOnly[] Dates(int year, DateOnly last, int count, Draws draws)
    {
        var months = Months(year, last);
        var shares = Apportion(count, months, draws);
        var dates = new List<DateOnly>(count);
        for (var month = 1; month <= 12; month++)
        {
            if (shares[month - 1] == 0) continue;
            var days = Days(year, month, last);
            for (var n = 0; n < shares[month - 1]; n++) dates.Add(days.Pick(draws.Unit((ulong)(month * 10_000_019L + n))));
        }
        dates.Sort();
        return [.. dates];
    }

    /// <summary>The monthly weights; the month of the last day by the days it has had.</summary>
    double[] Months(int year, DateOnly last) =>
        [.. weights.Select((weight, index) =>
        {
            var (from, days) = (new DateOnly(year, index + 1, 1), DateTime.DaysInMonth(year, index + 1));
            return (double)weight * Math.Clamp(last.DayNumber - from.DayNumber + 1, 0, days) / days;
        })];

    Weighted<DateOnly> Days(int year, int month, DateOnly last) =>
        new(Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(day => new DateOnly(year, month, day)).Where(day => day <= last)
            .Select(day => (day, hours.IsWorkday(day) ? 1 : freeDays)));

    /// <summary>Whole parts by weight that add up to the count; of equal remainders, chance decides.</summary>
    static int[] Apportion(int count, double[] weights, Draws draws)
    {
        var total = weights.Sum();
        var parts = weights.Select(weight => total > 0 ? count * weight / total : 0).ToArray();
        var whole = parts.Select(part => (int)part).ToArray();
        var rest = (total > 0 ? count : 0) - whole.Sum();
        foreach (var month in Enumerable.Range(0, 12).Where(month => weights[month] > 0)
            .OrderByDescending(month => parts[month] - whole[month] + 0.2 * draws.Unit((ulong)(month + 1))).Take(rest))
            whole[month]++;
        return whole;
    }
}

/// <summary>Things with weights, picked by a number of [0, 1).</summary>
sealed class Weighted<T>
{
    readonly T[] items;
    readonly double[] bounds;

    public Weighted(IEnumerable<(T Item, double Weight)> weighted)
    {
        var list = weighted.ToList();
        items = [.. list.Select(pair => pair.Item)];
        var (total, sum) = (list.Sum(pair => pair.Weight), 0.0);
        // Where nothing weighs anything, all weigh the same.
        bounds = [.. list.Select((pair, index) => total > 0 ? (sum += pair.Weight) / total : (index + 1.0) / list.Count)];
    }

    public T Pick(double unit)
    {
        var at = Array.BinarySearch(bounds, unit);
        return items[Math.Min(at < 0 ? ~at : at + 1, items.Length - 1)];
    }
}

using LawDashboard.Data;

namespace LawDashboard.Commands.Demo;

/// <summary>The time that a demonstration covers: a year and the one before it, up to now at the latest.</summary>
/// <param name="Year">The second year.</param>
/// <param name="Now">Nothing happens after this moment (UTC).</param>
public sealed record DemoFrame(int Year, DateTime Now)
{
    /// <summary>For so long before the end one village logs nothing.</summary>
    public const int SilentDays = 60;
    /// <summary>What was logged so recently may still be a draft or wait for review.</summary>
    public const int FreshDays = 14;

    public DateOnly FirstDay => new(Year - 1, 1, 1);
    public DateOnly Today => DateOnly.FromDateTime(ChinaTime.Local(Now));
    /// <summary>The last day that has entries.</summary>
    public DateOnly LastDay => Today.Year > Year ? new(Year, 12, 31) : Today;
    public DateOnly SilentFrom => LastDay.AddDays(-SilentDays);

    /// <summary>The moment at which a day begins in China, in UTC.</summary>
    public static DateTime Begin(DateOnly day) => OfficeHours.Utc(day, TimeSpan.Zero);
}

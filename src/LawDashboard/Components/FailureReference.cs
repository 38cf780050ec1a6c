using System.Globalization;
using System.Security.Cryptography;
using LawDashboard.Data;

namespace LawDashboard.Components;

/// <summary>The number (参考号) that a user reads out and that stands in the log beside what really happened.</summary>
public static class FailureReference
{
    /// <summary>Date, time and four characters: 20261122-1830-7F3K.</summary>
    public static string New(TimeProvider clock) =>
        ChinaTime.Local(clock.GetUtcNow().UtcDateTime).ToString("yyyyMMdd-HHmm-", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 4);
}

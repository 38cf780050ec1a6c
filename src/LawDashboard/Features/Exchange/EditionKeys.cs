using System.Globalization;
using LawDashboard.Features.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace LawDashboard.Features.Exchange;

/// <summary>
/// Keys to the full edition of a ledger: given after a reason, good for the download that follows. So the reason is never in
/// an address, and a link to the full edition is worth nothing to anybody else.
/// </summary>
public sealed class EditionKeys(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Enough to click, too short to pass on.</summary>
    static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    readonly IDataProtector protector = protection.CreateProtector("LawDashboard.Exchange.FullEdition");

    public string Give(Person person, string reason) =>
        protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{person.Id}|{clock.GetUtcNow().ToUnixTimeSeconds()}|{reason.Trim()}"));

    /// <summary>The reason for which the key was given; null when it is not this person's or no longer good.</summary>
    public string? Reason(Person person, string? key)
    {
        if (string.IsNullOrEmpty(key)) return null;
        try
        {
            return protector.Unprotect(key).Split('|', 3) is [var who, var when, var reason] && who == person.Id.ToString(CultureInfo.InvariantCulture)
                && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(when, CultureInfo.InvariantCulture)) < Life ? reason : null;
        }
        // Somebody's invention, or a key from before the keys were changed.
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace LawDashboard.Features.Accounts;

/// <summary>
/// Keys to downloads that want a reason, such as of unmasked data: given once the reason is known, good for one person, one
/// purpose and a few minutes. So no reason stands in an address, and a link is worth nothing to anybody else.
/// </summary>
public sealed class DownloadKeys(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Enough to click, too short to pass on.</summary>
    static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    readonly IDataProtector protector = protection.CreateProtector("LawDashboard.Downloads");

    /// <param name="purpose">What kind of download it opens.</param>
    /// <param name="content">What the download must know: which entry, which reason.</param>
    public string Give(Person person, string purpose, string content) =>
        protector.CreateProtector(purpose).Protect(string.Create(CultureInfo.InvariantCulture, $"{person.Id}|{clock.GetUtcNow().ToUnixTimeSeconds()}|{content}"));

    /// <summary>What the key was given with; null when it is another person's, of another purpose, or no longer good.</summary>
    public string? Open(Person person, string purpose, string? key)
    {
        if (string.IsNullOrEmpty(key)) return null;
        try
        {
            return protector.CreateProtector(purpose).Unprotect(key).Split('|', 3) is [var who, var when, var content] && who == person.Id.ToString(CultureInfo.InvariantCulture)
                && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(when, CultureInfo.InvariantCulture)) < Life ? content : null;
        }
        // Somebody's invention, or a key from before the keys were changed.
        catch (CryptographicException)
        {
            return null;
        }
    }
}

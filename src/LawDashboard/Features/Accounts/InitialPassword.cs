using System.Security.Cryptography;

namespace LawDashboard.Features.Accounts;

/// <summary>Initial passwords that keep the rules and can be read out over a desk.</summary>
public static class InitialPassword
{
    /// <summary>Twelve characters in three groups, each group of one kind: about 58 bits, without letters that look alike.</summary>
    public static string New() =>
        RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ", 4) + "-"
        + RandomNumberGenerator.GetString("23456789", 4) + "-"
        + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 4);
}

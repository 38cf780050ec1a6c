using Microsoft.AspNetCore.Identity;

namespace LawDashboard.Features.Accounts;

/// <summary>
/// What a password must be: at least ten characters, of three of the four kinds (upper case, lower case, digit, other),
/// and without the account's name in it. Chinese characters count as "other".
/// </summary>
public sealed class PasswordRules : IPasswordValidator<AppUser>
{
    public const int MinLength = 10;
    /// <summary>Hashing a longer text would let anybody keep a processor busy.</summary>
    public const int MaxLength = 128;
    public const string InWords = "至少10个字符，包含大写字母、小写字母、数字、其他字符中的三种，不得包含账号";

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password) =>
        Task.FromResult(Complaint(password, user.UserName) is { } complaint
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = complaint })
            : IdentityResult.Success);

    /// <summary>What is wrong with the password, as a sentence; null when nothing is.</summary>
    public static string? Complaint(string? password, string? account)
    {
        if (string.IsNullOrEmpty(password)) return "请填写密码。";
        if (password.Length < MinLength) return $"密码只有{password.Length}个字符，至少需要{MinLength}个。";
        if (password.Length > MaxLength) return $"密码不能超过{MaxLength}个字符。";
        if (account is { Length: > 2 } && password.Contains(account, StringComparison.OrdinalIgnoreCase)) return "密码不能包含账号。";
        var kinds = password.Select(Kind).Distinct().Count();
        return kinds < 3 ? $"密码只有{kinds}种字符，大写字母、小写字母、数字、其他字符中至少需要三种。" : null;
    }

    static int Kind(char c) => c switch
    {
        >= 'A' and <= 'Z' => 0,
        >= 'a' and <= 'z' => 1,
        >= '0' and <= '9' => 2,
        _ => 3,
    };
}

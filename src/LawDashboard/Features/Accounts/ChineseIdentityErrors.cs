using Microsoft.AspNetCore.Identity;

namespace LawDashboard.Features.Accounts;

/// <summary>Identity's complaints as sentences a clerk can act on. Passwords are judged by <see cref="PasswordRules"/>.</summary>
public sealed class ChineseIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Error(nameof(DefaultError), "账号没有保存，原因不明，请稍后重试。");
    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "这个账号刚刚被别人修改过，请刷新后重试。");
    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "当前密码不正确。");
    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName), "账号只能用字母、汉字、数字和 . _ -。");
    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), $"账号“{userName}”已被使用，请换一个。");
    public override IdentityError UserAlreadyHasPassword() => Error(nameof(UserAlreadyHasPassword), "这个账号已有密码。");
    public override IdentityError UserLockoutNotEnabled() => Error(nameof(UserLockoutNotEnabled), "这个账号没有启用锁定。");

    static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}

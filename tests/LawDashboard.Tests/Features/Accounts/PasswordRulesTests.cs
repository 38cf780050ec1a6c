using LawDashboard.Features.Accounts;

namespace LawDashboard.Tests.Features.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("Abcdef-123")]
    [InlineData("abcdef-123")]
    [InlineData("ABCDEF1234x")]
    [InlineData("普法宣传abc123")]
    public void Ten_characters_of_three_kinds_will_do(string password) => Assert.Null(PasswordRules.Complaint(password, "clerk"));

    [Theory]
    [InlineData(null, "请填写密码。")]
    [InlineData("", "请填写密码。")]
    [InlineData("Abc-12345", "密码只有9个字符，至少需要10个。")]
    [InlineData("abcdefghijk", "密码只有1种字符，大写字母、小写字母、数字、其他字符中至少需要三种。")]
    [InlineData("abcdef12345", "密码只有2种字符，大写字母、小写字母、数字、其他字符中至少需要三种。")]
    [InlineData("My-CLERK-2026", "密码不能包含账号。")]
    public void What_is_wrong_is_said_in_a_sentence(string? password, string complaint) =>
        Assert.Equal(complaint, PasswordRules.Complaint(password, "clerk"));

    [Fact]
    public void A_password_of_endless_length_is_refused() =>
        Assert.Equal("密码不能超过128个字符。", PasswordRules.Complaint(new string('a', 126) + "B-1", "clerk"));

    [Fact]
    public void Initial_passwords_keep_the_rules_and_never_repeat()
    {
        var passwords = Enumerable.Range(0, 200).Select(_ => InitialPassword.New()).ToList();
        Assert.All(passwords, password => Assert.Null(PasswordRules.Complaint(password, "clerk")));
        Assert.Equal(passwords.Count, passwords.Distinct().Count());
    }
}

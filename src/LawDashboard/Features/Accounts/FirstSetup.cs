using System.Security.Cryptography;
using System.Text;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Accounts;

/// <summary>What the set-up page asks for: the first administrator and, where there are no units yet, the top of the tree.</summary>
public sealed record SetupForm
{
    public string? Token { get; init; }
    public string? CountyName { get; init; }
    public string? CountyCode { get; init; }
    /// <summary>The town may stay empty where a county sets the system up for all its towns.</summary>
    public string? TownName { get; init; }
    public string? TownCode { get; init; }
    public string? Account { get; init; }
    public string? Name { get; init; }
    public string? Password { get; init; }
    public string? Repeat { get; init; }
}

/// <summary>
/// The first start of an empty installation. There is no built-in password: whoever can read the console has the one-time
/// token, which lives in memory only and is worth nothing once an account exists.
/// </summary>
public sealed class FirstSetup(IDbContextFactory<AppDbContext> contexts, AccountService accounts, UnitDirectory units)
{
    volatile bool done;

    /// <summary>Four groups of five letters and digits, about 100 bits; none of them is mistaken for another when copied by hand.</summary>
    public string Token { get; } = string.Join('-', RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20).Chunk(5).Select(group => new string(group)));

    /// <summary>True until the first account exists.</summary>
    public async ValueTask<bool> IsNeededAsync(CancellationToken cancel = default)
    {
        if (done) return false;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return !(done = await db.Accounts.AnyAsync(cancel));
    }

    public async ValueTask<bool> NeedsUnitsAsync(CancellationToken cancel = default) => (await units.TreeAsync(cancel)).IsEmpty;

    /// <summary>True for the token as printed; case, blanks and hyphens do not matter.</summary>
    public bool Fits(string? typed) => CryptographicOperations.FixedTimeEquals(Plain(Token), Plain(typed));

    static byte[] Plain(string? text) =>
        Encoding.UTF8.GetBytes(string.Concat((text ?? "").Where(c => c is not '-' && !char.IsWhiteSpace(c))).ToUpperInvariant());

    /// <summary>Makes the units and the administrator. Errors stand under the form's property names.</summary>
    public async Task<AccountOutcome> CompleteAsync(SetupForm form, CancellationToken cancel = default)
    {
        if (!await IsNeededAsync(cancel)) return AccountOutcome.Refused("", "系统已经完成初始设置，请直接登录。");
        if (!Fits(form.Token)) return AccountOutcome.Refused(nameof(form.Token), "设置口令不正确，请核对服务器控制台上显示的口令。");

        var (seeds, errors) = await NeedsUnitsAsync(cancel) ? Units(form) : ([], []);
        if (form.Password != form.Repeat) errors.Add(new(nameof(form.Repeat), "两次填写的密码不一致。"));
        if (PasswordRules.Complaint(form.Password, form.Account?.Trim()) is { } complaint) errors.Add(new(nameof(form.Password), complaint));
        if (errors.Count > 0) return new(null, errors);

        // The account first: it is what two people at this page compete for, and only the winner goes on to make units.
        var outcome = await accounts.CreateFirstAsync(form.Account ?? "", form.Name ?? "", form.Password!, cancel);
        if (outcome.Succeeded && seeds.Count > 0) await units.AddAsync(seeds, cancel);
        return outcome;
    }

    static (List<UnitSeed> Seeds, List<AccountError> Errors) Units(SetupForm form)
    {
        var errors = new List<AccountError>();
        var county = Seed(form.CountyName, form.CountyCode, UnitKind.County, null, nameof(form.CountyName), nameof(form.CountyCode), errors);
        if (string.IsNullOrWhiteSpace(form.TownName) && string.IsNullOrWhiteSpace(form.TownCode)) return ([county], errors);
        var town = Seed(form.TownName, form.TownCode, UnitKind.Town, county.Code, nameof(form.TownName), nameof(form.TownCode), errors);
        if (string.Equals(county.Code, town.Code, StringComparison.OrdinalIgnoreCase)) errors.Add(new(nameof(form.TownCode), "不能与区县代码相同。"));
        return ([county, town], errors);
    }

    static UnitSeed Seed(string? name, string? code, UnitKind kind, string? parent, string nameField, string codeField, List<AccountError> errors)
    {
        if (UnitAdministration.NameComplaint(name) is { } badName) errors.Add(new(nameField, badName));
        if (UnitAdministration.CodeComplaint(code) is { } badCode) errors.Add(new(codeField, badCode));
        return new((code ?? "").Trim(), (name ?? "").Trim(), kind, parent);
    }
}

/// <summary>Says on the console, when the server has started on an empty installation, where to go and with which token.</summary>
sealed class SetupNotice(FirstSetup setup) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!await setup.IsNeededAsync(cancellationToken)) return;
        Console.WriteLine();
        Console.WriteLine("  系统尚未设置。请在浏览器中打开本系统的网址，用下面的一次性设置口令建立第一个管理员账号：");
        Console.WriteLine();
        Console.WriteLine($"      设置口令  {setup.Token}");
        Console.WriteLine();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

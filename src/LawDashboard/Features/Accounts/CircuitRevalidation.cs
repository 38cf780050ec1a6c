using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LawDashboard.Features.Accounts;

/// <summary>
/// A circuit outlives its cookie. Every minute it asks whether the account still has the security stamp it signed in with;
/// disabling, a new password, another role or unit change the stamp and end it.
/// </summary>
sealed class CircuitRevalidation(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState state, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        return await users.GetUserAsync(state.User) is { Disabled: false } user
            && user.SecurityStamp == state.User.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
    }
}

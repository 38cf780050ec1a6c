using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace LawDashboard.Features.Accounts;

/// <summary>A circuit outlives the request that opened it: every minute it asks whether its sign-in is still good, and ends when not.</summary>
sealed class CircuitRevalidation(ILoggerFactory loggers, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState state, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await AccountStamp.IsCurrentAsync(scope.ServiceProvider, state.User);
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace LawDashboard.Features.Accounts;

/// <summary>
/// Whether a sign-in is still good. Disabling, a new password, another role or unit give the account a new security stamp;
/// whoever signed in with the old one is out.
/// </summary>
static class AccountStamp
{
    public static async Task<bool> IsCurrentAsync(IServiceProvider scope, ClaimsPrincipal principal)
    {
        var claim = scope.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType;
        return await scope.GetRequiredService<UserManager<AppUser>>().GetUserAsync(principal) is { Disabled: false } user
            && user.SecurityStamp == principal.FindFirstValue(claim);
    }

    /// <summary>
    /// At every request but those for static files: there are few, since the work itself runs over the circuit.
    /// Identity's own validator would ask once in a while only, and sign out of schemes that we do not have.
    /// </summary>
    public static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return;
        if (await IsCurrentAsync(context.HttpContext.RequestServices, context.Principal!)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LawDashboard.Features.Accounts;

/// <summary>How a <see cref="Person"/> travels in the sign-in cookie and in the circuit.</summary>
public static class PersonClaims
{
    public const string DisplayName = "law:name";
    public const string Unit = "law:unit";
    public const string MustChangePassword = "law:must-change-password";
    /// <summary>Written out, so that a claim that is missing never means "sees everything".</summary>
    const string EveryUnit = "every";

    extension(ClaimsPrincipal principal)
    {
        /// <summary>Whoever signed in; null when nobody did or the claims do not add up.</summary>
        public Person? Person
        {
            get
            {
                if (principal.Identity?.IsAuthenticated is not true) return null;
                if (!int.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id)) return null;
                if (!Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role)) return null;
                if (principal.FindFirstValue(ClaimTypes.Name) is not { } account || principal.FindFirstValue(DisplayName) is not { } name) return null;
                int? unit = principal.FindFirstValue(Unit) is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var unitId) ? unitId : null;
                if (unit is null && principal.FindFirstValue(Unit) != EveryUnit) return null;
                return new(id, account, name, role, unit);
            }
        }
    }

    /// <summary>The claims of an account. Identity's own factory would ask for tables of claims that this product has no use for.</summary>
    internal sealed class Factory(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<AppUser>
    {
        public Task<ClaimsPrincipal> CreateAsync(AppUser user)
        {
            var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
            identity.AddClaim(new(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)));
            identity.AddClaim(new(ClaimTypes.Name, user.UserName!));
            identity.AddClaim(new(DisplayName, user.DisplayName));
            identity.AddClaim(new(ClaimTypes.Role, user.Role.ToString()));
            identity.AddClaim(new(Unit, user.UnitId?.ToString(CultureInfo.InvariantCulture) ?? EveryUnit));
            identity.AddClaim(new(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp!));
            if (user.MustChangePassword) identity.AddClaim(new(MustChangePassword, "yes"));
            return Task.FromResult(new ClaimsPrincipal(identity));
        }
    }
}

using LawDashboard.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LawDashboard.Features.Accounts;

/// <summary>Sign-in, accounts and the first set-up.</summary>
public static class AccountsRegistration
{
    /// <summary>Registers Identity over the application's database, the cookie and the policy that everything needs a sign-in.</summary>
    /// <param name="dataFolder">The keys of cookies and forms lie in its sub-folder <c>keys</c>.</param>
    /// <param name="shared">Several instances may work on the database: then it keeps the keys, for all of them.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, string dataFolder, bool shared = false)
    {
        var protection = services.AddDataProtection().SetApplicationName("LawDashboard");
        if (shared) services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new ProtectionKeys(provider.GetRequiredService<IDbContextFactory<AppDbContext>>())));
        else protection.PersistKeysToFileSystem(new(Path.Combine(dataFolder, "keys")));
        // It would say at every first start that the keys are not encrypted: they are guarded by the folder, like the data beside them.
        services.Configure<LoggerFilterOptions>(options => options.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddIdentityCore<AppUser>(options =>
        {
            options.Lockout.MaxFailedAccessAttempts = SignInService.MaxFailures;
            options.Lockout.DefaultLockoutTimeSpan = SignInService.LockedFor;
            // AccountService says which characters an account may have, next to the field.
            options.User.AllowedUserNameCharacters = "";
        })
            .AddUserStore<UserOnlyStore<AppUser, AppDbContext, int>>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PersonClaims.Factory>()
            .AddErrorDescriber<ChineseIdentityErrors>();
        services.RemoveAll<IPasswordValidator<AppUser>>().AddScoped<IPasswordValidator<AppUser>, PasswordRules>();
        services.AddAntiforgery(options => options.Cookie.Name = "law-form");
        AddCookie(services);
        AddPolicy(services);

        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<SignInService>();
        return services
            .AddSingleton<AccountService>().AddSingleton<AccountLists>().AddSingleton<AuditLists>().AddSingleton<UnitAdministration>()
            .AddSingleton<DownloadKeys>().AddSingleton<DemoAccounts>().AddSingleton<FirstSetup>().AddHostedService<SetupNotice>();
    }

    static void AddCookie(IServiceCollection services) =>
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "law-session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromHours(10);
            options.SlidingExpiration = true;
            options.LoginPath = "/account/login";
            options.AccessDeniedPath = "/account/denied";
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnValidatePrincipal = context => AccountStamp.CheckAsync(context);
        });

    // Also for whatever says nothing about it: what is to be open to all must say so.
    static void AddPolicy(IServiceCollection services)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.Person is not null).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(signedIn).SetFallbackPolicy(signedIn);
    }

    /// <summary>Who is it, may he, and has the installation been set up. Belongs before every endpoint.</summary>
    public static WebApplication UseAccounts(this WebApplication app)
    {
        app.Use(GuardSetupAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(GuardPasswordAsync);
        app.UseAntiforgery();
        app.Use(RefuseForgedAsync);
        return app;
    }

    /// <summary>Nothing opens before a password that somebody else gave has been changed. A policy could be left out by a page that names roles.</summary>
    static Task GuardPasswordAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || !context.User.HasClaim(claim => claim.Type == PersonClaims.MustChangePassword)) return next(context);
        context.Response.Redirect("/account/password");
        return Task.CompletedTask;
    }

    /// <summary>Pages would answer a form without a good token by an empty page; so it gets the page that says what to do.</summary>
    static Task RefuseForgedAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>Maps signing out; the pages are found with all others.</summary>
    public static WebApplication MapAccounts(this WebApplication app)
    {
        // Taking the form is what makes the antiforgery middleware look at its token.
        app.MapPost("/account/logout", async (IFormCollection _, HttpContext context, SignInService service, CancellationToken cancel) =>
        {
            if (context.User.Person is { } person) await service.SignOutAsync(person, cancel);
            return Results.LocalRedirect("/account/login");
        }).AllowAnonymous();
        return app;
    }

    /// <summary>With no account, every page is the set-up page; with one, there is no set-up page.</summary>
    static async Task GuardSetupAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page)
        {
            var needed = await context.RequestServices.GetRequiredService<FirstSetup>().IsNeededAsync(context.RequestAborted);
            if (page.Type == typeof(SetupPage))
            {
                if (!needed) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
            }
            else if (needed)
            {
                context.Response.Redirect("/setup");
                return;
            }
        }
        await next(context);
    }
}

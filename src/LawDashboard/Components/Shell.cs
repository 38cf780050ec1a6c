using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;

namespace LawDashboard.Components;

/// <summary>The frame around all features: components, layout, language, failures, security headers.</summary>
public static class Shell
{
    const int LargestMessage = 1 << 20;

    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            // A long text or a block of cells pasted whole is one message; above the usual 32 KB it would cut the connection.
            .AddHubOptions(options => options.MaximumReceiveMessageSize = LargestMessage);
        services.AddHttpContextAccessor();
        // Chinese goes out as it is, not as numbered entities of four times its size.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddExceptionHandler<FailureLog>();
        services.AddSingleton<IAddressCheck, WorkAddressCheck>().AddSingleton<IAddressCheck, AddressParameters>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            // One language: whatever a browser asks for, dates and numbers read as they do on paper here.
            options.DefaultRequestCulture = new RequestCulture("zh-CN");
            options.SupportedCultures = options.SupportedUICultures = [CultureInfo.GetCultureInfo("zh-CN")];
            options.RequestCultureProviders.Clear();
        });
        return services;
    }

    /// <summary>Headers, language and pages for failures. Belongs before everything else that answers.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        app.Use(SecurityHeaders.AddAsync);
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(AsPageAsync);
        app.UseRequestLocalization();
        app.Use(MissingAddress.GuardPathAsync);
        return app;
    }

    /// <summary>Maps pages, circuits and static files. Belongs after <c>UseAccounts</c>, since what is missing depends on who asks.</summary>
    public static WebApplication MapShell(this WebApplication app)
    {
        app.Use(MissingAddress.GuardQueryAsync);
        app.MapStaticAssets().AllowAnonymous();
        // The policy of SecurityHeaders already says who may frame us; a second, weaker header would only confuse.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    /// <summary>A page about a failed form is only shown: sent through as the same POST it would be refused like the form itself.</summary>
    static Task AsPageAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
            context.Features.Set<IAntiforgeryValidationFeature>(null);
        }
        return next(context);
    }
}

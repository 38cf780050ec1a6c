using Microsoft.AspNetCore.Antiforgery;

namespace LawDashboard.Components;

/// <summary>
/// Guards what scripts send over plain HTTP against other sites, as forms are guarded: a token that only our own pages can
/// read comes with each request.
/// </summary>
public static class FormToken
{
    /// <summary>Where scripts take their token; it lasts as long as the sign-in.</summary>
    public static WebApplication MapFormToken(this WebApplication app)
    {
        // The framework marks the answer itself as not to be stored.
        app.MapGet("/form-token", (HttpContext context, IAntiforgery antiforgery) => Results.Text(antiforgery.GetAndStoreTokens(context).RequestToken));
        return app;
    }

    /// <summary>Refuses a request without a good token by 400 and a sentence.</summary>
    public static RouteHandlerBuilder RequireFormToken(this RouteHandlerBuilder endpoint) =>
        endpoint.DisableAntiforgery().AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
                ? await next(context) : Results.Text("页面已过期，请刷新后再试。", statusCode: StatusCodes.Status400BadRequest));
}

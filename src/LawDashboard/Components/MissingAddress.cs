using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LawDashboard.Components;

/// <summary>Answers 404 before a page is sent whose address names a unit, a year or a ledger that nobody knows.</summary>
static class MissingAddress
{
    static readonly object Key = new();

    /// <summary>The missing thing in words; null when the address itself does not exist.</summary>
    public static string? Of(HttpContext context) => context.Items[Key] as string;

    /// <summary>Before signing in matters: an unknown address is a 404 for everybody and no detour over the sign-in page.</summary>
    public static Task GuardPathAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>After signing in, since what exists depends on who asks.</summary>
    public static async Task GuardQueryAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && context.User.Person is { } person)
        {
            foreach (var check in context.RequestServices.GetServices<IAddressCheck>())
            {
                if (await check.MissingAsync(context, person, context.RequestAborted) is not { } missing) continue;
                context.Items[Key] = missing;
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
        }
        await next(context);
    }
}

/// <summary>Unit and year of the address, by the same reading as the layout's.</summary>
sealed class WorkAddressCheck(UnitDirectory units, TimeProvider clock) : IAddressCheck
{
    public async ValueTask<string?> MissingAsync(HttpContext context, Person person, CancellationToken cancel) =>
        WorkContext.Read(context.Request.Path + context.Request.QueryString, person, await units.TreeAsync(cancel), ChinaTime.Today(clock)).Missing;
}

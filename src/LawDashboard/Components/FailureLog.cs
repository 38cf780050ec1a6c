using Microsoft.AspNetCore.Diagnostics;

namespace LawDashboard.Components;

/// <summary>Logs what failed in a plain HTTP request under a reference number that the error page then shows.</summary>
sealed class FailureLog(ILogger<FailureLog> logger, TimeProvider clock) : IExceptionHandler
{
    static readonly object Key = new();

    public static string? Reference(HttpContext context) => context.Items[Key] as string;

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var reference = FailureReference.New(clock);
        httpContext.Items[Key] = reference;
        logger.LogError(exception, "Failure {Reference} on {Method} {Path}", reference, httpContext.Request.Method, httpContext.Request.Path);
        return ValueTask.FromResult(false);
    }
}

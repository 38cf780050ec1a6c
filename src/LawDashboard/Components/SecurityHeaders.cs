namespace LawDashboard.Components;

/// <summary>What a browser may load and do on our pages. Everything comes from this server: the product works offline.</summary>
static class SecurityHeaders
{
    // Scripts are files of ours, never text in a page. Styles may stand in attributes: the lengths of bars are written there.
    // Browsers before 2022 do not count the circuit's web socket as "self", so it is named.
    static string Policy(HostString host) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
        $"img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(context.Request.Host);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        // The quick log takes dictation where the browser offers it; nothing else listens.
        var microphone = context.Request.Path.StartsWithSegments("/quick") ? "(self)" : "()";
        headers["Permissions-Policy"] = $"geolocation=(), microphone={microphone}, payment=(), usb=()";
        return next(context);
    }
}

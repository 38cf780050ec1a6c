namespace LawDashboard.Components;

/// <summary>What a browser may load and do on our pages. Everything comes from this server: the product works offline.</summary>
static class SecurityHeaders
{
    // Radzen's drop-downs and pickers carry their opening script in attributes, so attributes may hold script; elements may
    // not, and what users type reaches attributes only encoded. Style attributes come with every Blazor component library.
    const string Policy =
        "default-src 'self'; script-src 'self'; script-src-attr 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "geolocation=(), microphone=(), payment=(), usb=()";
        return next(context);
    }
}

namespace LawDashboard.Features.Accounts;

/// <summary>Where to go after signing in: only ever a place of this application.</summary>
public static class ReturnUrl
{
    /// <summary>The address when it is local and worth returning to; the overview otherwise.</summary>
    public static string OrHome(string? url) => IsLocal(url) && !url!.StartsWith("/account/", StringComparison.OrdinalIgnoreCase) ? url : "/";

    // Browsers read "//host", "/\host" and control characters in between as another site.
    static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}

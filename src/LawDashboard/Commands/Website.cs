namespace LawDashboard.Commands;

/// <summary>What only the web application has: pages, sign-in, downloads.</summary>
static class Website
{
    public static IServiceCollection AddWebsite(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    public static void MapWebsite(this WebApplication app)
    {
        app.MapStaticAssets();
    }
}

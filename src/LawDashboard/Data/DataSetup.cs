using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LawDashboard.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services, DatabaseSettings settings)
    {
        Directory.CreateDirectory(settings.Folder);
        services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton<InstanceSignals>()
            // Making a context anew takes longer than most of what is asked of it.
            .AddPooledDbContextFactory<AppDbContext>(options => options.UseLawDatabase(settings));
        // Sign-in takes its context from the request.
        services.TryAddScoped(provider => provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext());
        return services;
    }
}

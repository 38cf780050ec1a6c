using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services, DatabaseSettings settings)
    {
        Directory.CreateDirectory(settings.Folder);
        return services.AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddDbContextFactory<AppDbContext>(options => options.UseLawDatabase(settings));
    }
}

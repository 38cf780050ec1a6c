using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LawDashboard.Data;

/// <summary>
/// The one database context. It knows no feature: each brings its mappings as <c>IEntityTypeConfiguration</c> and
/// exposes its sets as extension properties. Take one per operation from <c>IDbContextFactory</c>, never keep it.
/// </summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        Providers.Adapt(modelBuilder, Database);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    /// <summary>Moments are UTC; SQLite forgets the kind, so it is restored on reading.</summary>
    sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        moment => moment, moment => DateTime.SpecifyKind(moment, DateTimeKind.Utc));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Data;

/// <summary>One fact about this database as a whole, under a key that the feature which owns it chooses.</summary>
public sealed class Setting
{
    public required string Key { get; set; }
    public required string Value { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Setting>
    {
        public void Configure(EntityTypeBuilder<Setting> setting)
        {
            setting.ToTable("Settings");
            setting.HasKey(s => s.Key);
            setting.Property(s => s.Key).HasMaxLength(64);
        }
    }
}

public static class SettingSets
{
    extension(AppDbContext db)
    {
        public DbSet<Setting> Settings => db.Set<Setting>();

        /// <summary>The value under the key; null when it was never set.</summary>
        public Task<string?> SettingAsync(string key, CancellationToken cancel) =>
            db.Settings.AsNoTracking().Where(s => s.Key == key).Select(s => (string?)s.Value).FirstOrDefaultAsync(cancel);

        /// <summary>Sets the value in this context; the caller saves it.</summary>
        public async Task PutSettingAsync(string key, string value, CancellationToken cancel)
        {
            if (await db.Settings.FindAsync([key], cancel) is { } setting) setting.Value = value;
            else db.Settings.Add(new() { Key = key, Value = value });
        }
    }
}

using System.Text.Json;
using LawDashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Accounts;

/// <summary>An account (账号): who may sign in, as what, and for which unit.</summary>
public sealed class AppUser : IdentityUser<int>
{
    public const int MaxAccountLength = 32;
    public const int MaxNameLength = 32;

    public required string DisplayName { get; set; }
    public required Role Role { get; set; }
    /// <summary>Top of the subtree the account sees; null means every unit.</summary>
    public int? UnitId { get; set; }
    /// <summary>Kept for the log's sake, but can no longer sign in.</summary>
    public bool Disabled { get; set; }
    /// <summary>The password was given by somebody else: nothing opens before the owner has chosen his own.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>What the audit log keeps of an account: never anything of its password.</summary>
    internal string Snapshot() => JsonSerializer.Serialize(new
    {
        account = UserName, name = DisplayName, role = Role.ToString(), unitId = UnitId, disabled = Disabled, mustChangePassword = MustChangePassword,
    });

    internal sealed class Mapping : IEntityTypeConfiguration<AppUser>
    {
        public void Configure(EntityTypeBuilder<AppUser> user)
        {
            user.ToTable("Accounts");
            user.Property(u => u.UserName).HasMaxLength(MaxAccountLength).IsRequired();
            user.Property(u => u.NormalizedUserName).HasMaxLength(MaxAccountLength).IsRequired();
            user.Property(u => u.DisplayName).HasMaxLength(MaxNameLength);
            user.Property(u => u.PasswordHash).HasMaxLength(256);
            user.Property(u => u.SecurityStamp).HasMaxLength(64);
            user.Property(u => u.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
            user.HasIndex(u => u.NormalizedUserName).IsUnique();
            user.HasIndex(u => u.UnitId);
            // Nothing is ever sent to an account, so what Identity keeps for e-mail and telephone has no columns.
            user.Ignore(u => u.Email).Ignore(u => u.NormalizedEmail).Ignore(u => u.EmailConfirmed)
                .Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed).Ignore(u => u.TwoFactorEnabled);
        }
    }
}

public static class AccountSets
{
    extension(AppDbContext db)
    {
        public DbSet<AppUser> Accounts => db.Set<AppUser>();
    }
}

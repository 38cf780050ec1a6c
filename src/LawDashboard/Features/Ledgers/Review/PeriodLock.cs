using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>A closed month (封账): nothing dated in it can be logged, changed or voided in the unit and those below it.</summary>
public sealed class PeriodLock
{
    public int Id { get; set; }
    public required int UnitId { get; set; }
    /// <summary>Year × 100 + month: 202610.</summary>
    public required int Month { get; set; }
    public required int LockedById { get; set; }
    public required string LockedBy { get; set; }
    public required DateTime LockedAt { get; set; }

    public static int MonthOf(DateOnly date) => date.Year * 100 + date.Month;

    internal sealed class Mapping : IEntityTypeConfiguration<PeriodLock>
    {
        public void Configure(EntityTypeBuilder<PeriodLock> closed)
        {
            closed.ToTable("PeriodLocks");
            closed.Property(l => l.LockedBy).HasMaxLength(64);
            closed.HasIndex(l => new { l.Month, l.UnitId }).IsUnique();
        }
    }
}

/// <summary>Lets one person work in a closed month (封账例外) until a day, for a reason; ends with the lock.</summary>
public sealed class LockException
{
    public int Id { get; set; }
    public required int LockId { get; set; }
    public required int PersonId { get; set; }
    public required string PersonName { get; set; }
    public required string Reason { get; set; }
    /// <summary>Last day, included.</summary>
    public required DateOnly Until { get; set; }
    public required string GrantedBy { get; set; }
    public required DateTime GrantedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<LockException>
    {
        public void Configure(EntityTypeBuilder<LockException> exception)
        {
            exception.ToTable("LockExceptions");
            exception.Property(e => e.PersonName).HasMaxLength(64);
            exception.Property(e => e.Reason).HasMaxLength(500);
            exception.Property(e => e.GrantedBy).HasMaxLength(64);
            exception.HasIndex(e => e.LockId);
        }
    }
}

public static class PeriodSets
{
    extension(AppDbContext db)
    {
        public DbSet<PeriodLock> PeriodLocks => db.Set<PeriodLock>();
        public DbSet<LockException> LockExceptions => db.Set<LockException>();
    }
}

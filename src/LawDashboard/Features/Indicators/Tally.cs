using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// What a measure counts (汇总) in one unit with everything below it, one month, one state and one slice. Kept in the
/// transaction of the entry, so it is never behind.
/// </summary>
public sealed class Tally
{
    public required int UnitId { get; set; }
    /// <summary>Year × 100 + month: 202611.</summary>
    public required int Month { get; set; }
    public required string MeasureKey { get; set; }
    /// <summary>Empty for the whole measure; <c>field=code</c> for a part.</summary>
    public required string Slice { get; set; }
    /// <summary>Submitted or approved; nothing else counts.</summary>
    public required EntryState State { get; set; }
    /// <summary>Entries; for levels those that joined less those that left.</summary>
    public long Count { get; set; }
    /// <summary>Sum of the measure's field in its stored steps; 0 for counts and levels.</summary>
    public long Sum { get; set; }

    public static int MonthOf(DateOnly date) => date.Year * 100 + date.Month;

    internal sealed class Mapping : IEntityTypeConfiguration<Tally>
    {
        public void Configure(EntityTypeBuilder<Tally> tally)
        {
            tally.ToTable("Tallies");
            // Readers name the measures and units they want: each is one contiguous range of months, however many others there are.
            tally.HasKey(t => new { t.MeasureKey, t.UnitId, t.Month, t.Slice, t.State });
            tally.Property(t => t.MeasureKey).HasMaxLength(96);
            tally.Property(t => t.Slice).HasMaxLength(96);
        }
    }
}

/// <summary>The fingerprint of the counting rule that a measure's tallies were made with; another rule means they must be rebuilt.</summary>
public sealed class TallyRule
{
    public required string MeasureKey { get; set; }
    public required string Fingerprint { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TallyRule>
    {
        public void Configure(EntityTypeBuilder<TallyRule> rule)
        {
            rule.ToTable("TallyRules");
            rule.HasKey(r => r.MeasureKey);
            rule.Property(r => r.MeasureKey).HasMaxLength(96);
            rule.Property(r => r.Fingerprint).HasMaxLength(64);
        }
    }
}

public static class IndicatorSets
{
    extension(AppDbContext db)
    {
        public DbSet<Tally> Tallies => db.Set<Tally>();
        public DbSet<TallyRule> TallyRules => db.Set<TallyRule>();
        public DbSet<Target> Targets => db.Set<Target>();
        public DbSet<Measures.MeasureRevision> MeasureRevisions => db.Set<Measures.MeasureRevision>();
    }
}

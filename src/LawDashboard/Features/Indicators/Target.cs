using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// What an indicator should reach in one unit and year (目标值), with the paper that set it. A later revision is a new
/// row with a later <see cref="EffectiveOn"/>; the earlier one stays.
/// </summary>
public sealed class Target
{
    public int Id { get; set; }
    public required string IndicatorKey { get; set; }
    public required int UnitId { get; set; }
    public required int Year { get; set; }
    /// <summary>As shown: 12 场, 95 for 95 %, yuan for money. Kept in ten-thousandths.</summary>
    public required decimal Value { get; set; }
    /// <summary>Number of the issuing document (文号).</summary>
    public string? Document { get; set; }
    public DateOnly? IssuedOn { get; set; }
    public required DateOnly EffectiveOn { get; set; }
    /// <summary><c>even</c>, or twelve weights for the months, joined by spaces.</summary>
    public string Spread { get; set; } = "even";

    internal sealed class Mapping : IEntityTypeConfiguration<Target>
    {
        public void Configure(EntityTypeBuilder<Target> target)
        {
            target.ToTable("Targets");
            target.Property(t => t.IndicatorKey).HasMaxLength(96);
            target.Property(t => t.Value).HasConversion(value => (long)decimal.Round(value * 10_000), steps => steps / 10_000m);
            target.Property(t => t.Document).HasMaxLength(96);
            target.Property(t => t.Spread).HasMaxLength(96);
            target.HasIndex(t => new { t.UnitId, t.Year, t.IndicatorKey, t.EffectiveOn }).IsUnique();
        }
    }
}

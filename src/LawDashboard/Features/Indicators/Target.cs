using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// What an indicator should reach in one unit and year (目标值), with the paper that set it. A revision is a new row with
/// its own <see cref="EffectiveOn"/>; the earlier ones stay, see <see cref="TargetSeries"/>.
/// </summary>
public sealed class Target
{
    public int Id { get; set; }
    public required string IndicatorKey { get; set; }
    public required int UnitId { get; set; }
    public required int Year { get; set; }
    /// <summary>As shown: 12 场, 95 for 95 %, yuan for money. Kept in ten-thousandths.</summary>
    public required decimal Value { get; set; }
    /// <summary>Bands on the same scale (最低、良好、优秀); null where the paper names none.</summary>
    public decimal? Minimum { get; set; }
    public decimal? Good { get; set; }
    public decimal? Excellent { get; set; }
    /// <summary>Number of the issuing document (文号).</summary>
    public string? Document { get; set; }
    public DateOnly? IssuedOn { get; set; }
    public required DateOnly EffectiveOn { get; set; }
    /// <summary><c>even</c>, or twelve weights for the months, joined by spaces.</summary>
    public string Spread { get; set; } = "even";
    /// <summary>Why it was revised; null for the first one.</summary>
    public string? Reason { get; set; }
    /// <summary>Who entered it and when; null for what came with the definitions.</summary>
    public string? SetBy { get; set; }
    public DateTime? SetAt { get; set; }

    /// <summary>The best band that a value reaches, in words; null where the paper names none.</summary>
    public string? Band(decimal value, bool lessIsBetter)
    {
        if (Minimum is null && Good is null && Excellent is null) return null;
        return Reaches(Excellent) ? "优秀" : Reaches(Good) ? "良好" : Reaches(Minimum) ? "达到最低要求" : Minimum is null ? "未达良好" : "未达最低要求";

        bool Reaches(decimal? band) => band is { } line && (lessIsBetter ? value <= line : value >= line);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Target>
    {
        public void Configure(EntityTypeBuilder<Target> target)
        {
            target.ToTable("Targets");
            target.Property(t => t.IndicatorKey).HasMaxLength(96);
            target.Property(t => t.Value).HasConversion(value => (long)decimal.Round(value * 10_000), steps => steps / 10_000m);
            foreach (var band in (string[])[nameof(Minimum), nameof(Good), nameof(Excellent)])
                target.Property<decimal?>(band).HasConversion(new Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<decimal, long>(value => (long)decimal.Round(value * 10_000), steps => steps / 10_000m));
            target.Property(t => t.Reason).HasMaxLength(200);
            target.Property(t => t.SetBy).HasMaxLength(32);
            target.Property(t => t.Document).HasMaxLength(96);
            target.Property(t => t.Spread).HasMaxLength(96);
            target.HasIndex(t => new { t.UnitId, t.Year, t.IndicatorKey, t.EffectiveOn });
        }
    }
}

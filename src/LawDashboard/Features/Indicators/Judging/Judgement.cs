using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators.Judging;

/// <summary>
/// What a reviewer or leader judged of an indicator that cannot be counted (评议): a grade and a text for a unit and year. The
/// newest holds; the earlier ones stay.
/// </summary>
public sealed class Judgement
{
    public int Id { get; set; }
    public required string IndicatorKey { get; set; }
    public required int UnitId { get; set; }
    public required int Year { get; set; }
    /// <summary>Name of one of the indicator's grades: 优秀.</summary>
    public required string Grade { get; set; }
    public required string Text { get; set; }
    /// <summary>Why it was judged anew; null for the first one.</summary>
    public string? Reason { get; set; }
    public required int SetById { get; set; }
    public required string SetBy { get; set; }
    public required DateTime SetAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Judgement>
    {
        public void Configure(EntityTypeBuilder<Judgement> judgement)
        {
            judgement.ToTable("Judgements");
            judgement.Property(j => j.IndicatorKey).HasMaxLength(96);
            judgement.Property(j => j.Grade).HasMaxLength(32);
            judgement.Property(j => j.Text).HasMaxLength(2000);
            judgement.Property(j => j.Reason).HasMaxLength(500);
            judgement.Property(j => j.SetBy).HasMaxLength(32);
            judgement.HasIndex(j => new { j.UnitId, j.Year, j.IndicatorKey });
        }
    }
}

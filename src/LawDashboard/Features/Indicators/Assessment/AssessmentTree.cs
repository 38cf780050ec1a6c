using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators.Assessment;

/// <summary>
/// The indicator tree that a year is assessed by (考核指标体系), as imported. The newest of a year is in force; the earlier ones
/// stay.
/// </summary>
public sealed class AssessmentTree
{
    public int Id { get; set; }
    public required int Year { get; set; }
    public required string FileName { get; set; }
    /// <summary>The leaves as JSON; empty text where the year went back to the shipped points.</summary>
    public required string Leaves { get; set; }
    public required string Reason { get; set; }
    public required int SetById { get; set; }
    public required string SetBy { get; set; }
    public required DateTime SetAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AssessmentTree>
    {
        public void Configure(EntityTypeBuilder<AssessmentTree> tree)
        {
            tree.ToTable("AssessmentTrees");
            tree.Property(t => t.FileName).HasMaxLength(200);
            tree.Property(t => t.Reason).HasMaxLength(500);
            tree.Property(t => t.SetBy).HasMaxLength(32);
            tree.HasIndex(t => t.Year);
        }
    }
}

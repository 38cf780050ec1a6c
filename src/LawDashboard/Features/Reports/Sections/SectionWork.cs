using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Reports.Sections;

/// <summary>A section of a report that one person writes by a day (分工). What he writes goes into the one report as he saves it.</summary>
public sealed class ReportAssignment
{
    public const int MostSection = 200;

    public int Id { get; set; }
    public required int ReportId { get; set; }
    /// <summary>The heading, without its full stop.</summary>
    public required string Section { get; set; }
    public required int AssigneeId { get; set; }
    public required string Assignee { get; set; }
    public required DateOnly DueOn { get; set; }
    public required int SetById { get; set; }
    public required string SetBy { get; set; }
    public required DateTime SetAt { get; set; }
    /// <summary>When it was finished; null while it is being written.</summary>
    public DateTime? DoneAt { get; set; }
    /// <summary>The version that lay there then.</summary>
    public int? DoneVersion { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportAssignment>
    {
        public void Configure(EntityTypeBuilder<ReportAssignment> assignment)
        {
            assignment.ToTable("ReportAssignments");
            assignment.Property(a => a.Section).HasMaxLength(MostSection);
            assignment.Property(a => a.Assignee).HasMaxLength(64);
            assignment.Property(a => a.SetBy).HasMaxLength(64);
            assignment.HasIndex(a => new { a.ReportId, a.Section }).IsUnique();
            assignment.HasIndex(a => a.AssigneeId);
        }
    }
}

/// <summary>A remark on a passage of a report (批注), or an answer to one.</summary>
public sealed class ReportComment
{
    public const int MostText = 500, MostQuote = 200;

    public int Id { get; set; }
    public required int ReportId { get; set; }
    /// <summary>The remark that this answers; null for a remark.</summary>
    public int? ParentId { get; set; }
    /// <summary>The heading it stands under.</summary>
    public required string Section { get; set; }
    /// <summary>The words it is about; empty for the section as a whole.</summary>
    public required string Quote { get; set; }
    public required string Text { get; set; }
    /// <summary>Ids of those whom it names by @, between commas: <c>,12,15,</c>.</summary>
    public required string Named { get; set; }
    public required int PersonId { get; set; }
    public required string Person { get; set; }
    public required DateTime At { get; set; }
    public DateTime? SettledAt { get; set; }
    public string? SettledBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportComment>
    {
        public void Configure(EntityTypeBuilder<ReportComment> comment)
        {
            comment.ToTable("ReportComments");
            comment.Property(c => c.Section).HasMaxLength(ReportAssignment.MostSection);
            comment.Property(c => c.Quote).HasMaxLength(MostQuote);
            comment.Property(c => c.Text).HasMaxLength(MostText);
            comment.Property(c => c.Named).HasMaxLength(200);
            comment.Property(c => c.Person).HasMaxLength(64);
            comment.Property(c => c.SettledBy).HasMaxLength(64);
            comment.HasIndex(c => c.ReportId);
        }
    }
}

public static class SectionSets
{
    extension(AppDbContext db)
    {
        public DbSet<ReportAssignment> ReportAssignments => db.Set<ReportAssignment>();
        public DbSet<ReportComment> ReportComments => db.Set<ReportComment>();

        /// <summary>The remarks on a report and their answers, oldest first.</summary>
        public IQueryable<ReportComment> ReportCommentsOf(int report) => db.Set<ReportComment>().AsNoTracking().Where(c => c.ReportId == report).OrderBy(c => c.Id);
    }
}

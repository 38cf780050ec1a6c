using LawDashboard.Data;
using LawDashboard.Features.Reports.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>A report that somebody works on (年度报告): of one unit and year, from one template. Its text stands in its versions.</summary>
public sealed class StoredReport
{
    public int Id { get; set; }
    public required int UnitId { get; set; }
    public required int Year { get; set; }
    public required string Template { get; set; }
    /// <summary>Number of the newest version; who saves says which one he had before him.</summary>
    public int LastVersion { get; set; }
    public ReportState State { get; set; }
    /// <summary>Which of its unit's reports.</summary>
    public ReportKey Key => new(Year, Template);
    /// <summary>The signed version that is being corrected; null when none is.</summary>
    public int? Corrects { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StoredReport>
    {
        public void Configure(EntityTypeBuilder<StoredReport> report)
        {
            report.ToTable("Reports");
            report.Ignore(r => r.Key);
            report.Property(r => r.Template).HasMaxLength(64);
            report.HasIndex(r => new { r.UnitId, r.Year, r.Template }).IsUnique();
        }
    }
}

/// <summary>How a version came about.</summary>
public enum VersionKind
{
    /// <summary>起草.</summary>
    Drafted,
    /// <summary>在网页上修改.</summary>
    Edited,
    /// <summary>重新起草并合并.</summary>
    Redrafted,
    /// <summary>上传 Word 并合并.</summary>
    Uploaded,
}

/// <summary>One version of a report; never changed once written.</summary>
public sealed class ReportVersion
{
    public required int ReportId { get; set; }
    /// <summary>1, 2, 3 …</summary>
    public required int Number { get; set; }
    public required VersionKind Kind { get; set; }
    public required int AuthorId { get; set; }
    public required string Author { get; set; }
    public DateTime At { get; set; }
    /// <summary>The last line of the audit log when its figures were counted: as of then its rows can be shown.</summary>
    public required long AuditSequence { get; set; }
    /// <summary>What the program drafted, as JSON: the base of the next merge.</summary>
    public required string Draft { get; set; }
    /// <summary>What people made of it, as JSON.</summary>
    public required string Document { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportVersion>
    {
        public void Configure(EntityTypeBuilder<ReportVersion> version)
        {
            version.ToTable("ReportVersions");
            version.HasKey(v => new { v.ReportId, v.Number });
            version.Property(v => v.Author).HasMaxLength(64);
        }
    }
}

/// <summary>What became of an edited text that was handed in.</summary>
public enum UploadState { Waiting, Accepted, Discarded }

/// <summary>An edited text that waits until its merge is accepted; until then nothing of the report changes.</summary>
public sealed class ReportUpload
{
    public int Id { get; set; }
    public required int ReportId { get; set; }
    /// <summary>The version that was edited.</summary>
    public required int BaseVersion { get; set; }
    /// <summary>Name of the file; of an edit on the page, what it was.</summary>
    public required string Name { get; set; }
    /// <summary>The text as read, as JSON.</summary>
    public required string Content { get; set; }
    public required VersionKind Kind { get; set; }
    public required int PersonId { get; set; }
    public required string Person { get; set; }
    public DateTime At { get; set; }
    public UploadState State { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportUpload>
    {
        public void Configure(EntityTypeBuilder<ReportUpload> upload)
        {
            upload.ToTable("ReportUploads");
            upload.Property(u => u.Name).HasMaxLength(200);
            upload.Property(u => u.Person).HasMaxLength(64);
            upload.HasIndex(u => new { u.ReportId, u.State });
        }
    }
}

/// <summary>A finding of the claim check that somebody takes upon himself, with his reason (核签).</summary>
public sealed class ReportSignOff
{
    public required int ReportId { get; set; }
    public required string Fingerprint { get; set; }
    public required string Rule { get; set; }
    public required string Reason { get; set; }
    public required int PersonId { get; set; }
    public required string Person { get; set; }
    public DateTime At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportSignOff>
    {
        public void Configure(EntityTypeBuilder<ReportSignOff> signOff)
        {
            signOff.ToTable("ReportSignOffs");
            signOff.HasKey(s => new { s.ReportId, s.Fingerprint });
            signOff.Property(s => s.Fingerprint).HasMaxLength(32);
            signOff.Property(s => s.Rule).HasMaxLength(64);
            signOff.Property(s => s.Reason).HasMaxLength(500);
            signOff.Property(s => s.Person).HasMaxLength(64);
        }
    }
}

public static class ReportSets
{
    extension(AppDbContext db)
    {
        public DbSet<StoredReport> Reports => db.Set<StoredReport>();
        public DbSet<ReportVersion> ReportVersions => db.Set<ReportVersion>();
        public DbSet<ReportUpload> ReportUploads => db.Set<ReportUpload>();
        public DbSet<ReportSignOff> ReportSignOffs => db.Set<ReportSignOff>();
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Evidence;

/// <summary>
/// A file that belongs to an entry (佐证材料). Its bytes are stored once under their SHA-256, however many entries have
/// them; this row says whose they are and what they were called.
/// </summary>
public sealed class EvidenceFile
{
    public long Id { get; set; }
    public required long EntryId { get; set; }
    /// <summary>Key of the file field it was added to.</summary>
    public required string Field { get; set; }
    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    public required string Sha256 { get; set; }
    /// <summary>The name it had, without folders and signs that file systems refuse.</summary>
    public required string Name { get; set; }
    public required string ContentType { get; set; }
    /// <summary>In bytes.</summary>
    public required long Size { get; set; }
    public required int UploadedById { get; set; }
    public required string UploadedBy { get; set; }
    public required DateTime UploadedAt { get; set; }
    /// <summary>Taken off the entry; kept, since nothing that was ever there is lost.</summary>
    public bool Removed { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<EvidenceFile>
    {
        public void Configure(EntityTypeBuilder<EvidenceFile> file)
        {
            file.ToTable("Evidence");
            file.Property(f => f.Field).HasMaxLength(64);
            file.Property(f => f.Sha256).HasMaxLength(64);
            file.Property(f => f.Name).HasMaxLength(200);
            file.Property(f => f.ContentType).HasMaxLength(128);
            file.Property(f => f.UploadedBy).HasMaxLength(64);
            file.HasIndex(f => new { f.EntryId, f.Removed });
            file.HasIndex(f => f.Sha256);
        }
    }
}

public static class EvidenceSets
{
    extension(AppDbContext db)
    {
        public DbSet<EvidenceFile> Evidence => db.Set<EvidenceFile>();
    }
}

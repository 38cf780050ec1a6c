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
    /// <summary>What a photo says of itself: the day on which it was taken, and where, in degrees; null when it does not say.</summary>
    public DateOnly? TakenOn { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
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

/// <summary>A file that was added to a form before its entry was first saved; it moves to the entry in the transaction of that save.</summary>
public sealed class DraftFile
{
    public long Id { get; set; }
    /// <summary>Id of the form (<see cref="Ledgers.FormDraft"/>).</summary>
    public required Guid DraftId { get; set; }
    public required int PersonId { get; set; }
    public required string PersonName { get; set; }
    public required string Field { get; set; }
    public required string Sha256 { get; set; }
    public required string Name { get; set; }
    public required string ContentType { get; set; }
    public required long Size { get; set; }
    public required DateTime UploadedAt { get; set; }
    public DateOnly? TakenOn { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }

    /// <summary>The same file on its entry.</summary>
    public EvidenceFile For(long entryId) => new()
    {
        EntryId = entryId, Field = Field, Sha256 = Sha256, Name = Name, ContentType = ContentType, Size = Size,
        UploadedById = PersonId, UploadedBy = PersonName, UploadedAt = UploadedAt, TakenOn = TakenOn, Latitude = Latitude, Longitude = Longitude,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<DraftFile>
    {
        public void Configure(EntityTypeBuilder<DraftFile> file)
        {
            file.ToTable("DraftEvidence");
            file.Property(f => f.PersonName).HasMaxLength(64);
            file.Property(f => f.Field).HasMaxLength(64);
            file.Property(f => f.Sha256).HasMaxLength(64);
            file.Property(f => f.Name).HasMaxLength(200);
            file.Property(f => f.ContentType).HasMaxLength(128);
            file.HasIndex(f => new { f.DraftId, f.Field, f.Sha256 }).IsUnique();
        }
    }
}

/// <summary>A file as lists show it, whether it hangs on an entry or still on a form.</summary>
/// <param name="Address">Where it opens.</param>
public sealed record FileLine(long Id, bool OfForm, string Field, string Name, string ContentType, long Size)
{
    public string Address => OfForm ? $"/evidence/form/{Id}" : $"/evidence/{Id}";
    /// <summary>A small picture of it, where it is one.</summary>
    public string SmallAddress => Address + "/small";
    /// <summary>Browsers show it by themselves.</summary>
    public bool IsShownPicture => ContentType is "image/jpeg" or "image/png" or "image/webp";
}

public static class EvidenceSets
{
    extension(AppDbContext db)
    {
        public DbSet<DraftFile> DraftEvidence => db.Set<DraftFile>();
        public DbSet<EvidenceFile> Evidence => db.Set<EvidenceFile>();
    }
}

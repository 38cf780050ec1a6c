using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.CaseFiles;

/// <summary>
/// A document that the file of an entry lacks by its values. Written in the entry's transaction; whether a scan supplies it
/// is asked when reading, since files come and go without the entry changing.
/// </summary>
public sealed class CaseFileGap : IEntryRow<CaseFileGap>
{
    public required long EntryId { get; set; }
    public required string ItemKey { get; set; }
    public required int UnitId { get; set; }
    public required string LedgerKey { get; set; }
    /// <summary>Field of files in which a scan would do; empty when none would.</summary>
    public required string FileField { get; set; }

    string IEntryRow<CaseFileGap>.Key => ItemKey;
    public bool Same(CaseFileGap other) =>
        (EntryId, ItemKey, UnitId, LedgerKey, FileField) == (other.EntryId, other.ItemKey, other.UnitId, other.LedgerKey, other.FileField);

    internal sealed class Mapping : IEntityTypeConfiguration<CaseFileGap>
    {
        public void Configure(EntityTypeBuilder<CaseFileGap> gap)
        {
            gap.ToTable("CaseFileGaps");
            gap.HasKey(g => new { g.EntryId, g.ItemKey });
            gap.Property(g => g.ItemKey).HasMaxLength(64);
            gap.Property(g => g.LedgerKey).HasMaxLength(64);
            gap.Property(g => g.FileField).HasMaxLength(64);
            gap.HasIndex(g => g.UnitId);
        }
    }
}

public static class CaseFileSets
{
    extension(AppDbContext db)
    {
        public DbSet<CaseFileGap> CaseFileGaps => db.Set<CaseFileGap>();
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>How the columns of a file layout were last matched to a ledger's fields, so that the next such file needs no matching.</summary>
public sealed class ImportLayout
{
    public required string LedgerKey { get; set; }
    /// <summary>SHA-256 over the headings in their order.</summary>
    public required string Fingerprint { get; set; }
    /// <summary>JSON list: per column the key of its target, or null when it is left out.</summary>
    public required string Columns { get; set; }
    public DateTime UsedAt { get; set; }
    public required string UsedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportLayout>
    {
        public void Configure(EntityTypeBuilder<ImportLayout> layout)
        {
            layout.ToTable("ImportLayouts");
            layout.HasKey(l => new { l.LedgerKey, l.Fingerprint });
            layout.Property(l => l.LedgerKey).HasMaxLength(64);
            layout.Property(l => l.Fingerprint).HasMaxLength(64);
            layout.Property(l => l.UsedBy).HasMaxLength(64);
        }
    }
}

public static class ImportSets
{
    extension(AppDbContext db)
    {
        public DbSet<ImportLayout> ImportLayouts => db.Set<ImportLayout>();
    }
}

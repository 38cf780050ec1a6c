using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>Somebody said that two entries are not the same event (这是另一件), so that it is not asked again.</summary>
public sealed class DifferentEvent
{
    public long Id { get; set; }
    /// <summary>Null while the entry is being typed and was not saved yet; given when its author saves it.</summary>
    public long? EntryId { get; set; }
    public required long OtherId { get; set; }
    /// <summary>Ledger and day of the entry that was typed: by them it is recognised when it is saved.</summary>
    public required string LedgerKey { get; set; }
    public required DateOnly Date { get; set; }
    public required int PersonId { get; set; }
    public required string PersonName { get; set; }
    public required DateTime At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DifferentEvent>
    {
        public void Configure(EntityTypeBuilder<DifferentEvent> different)
        {
            different.ToTable("DifferentEvents");
            different.Property(d => d.LedgerKey).HasMaxLength(64);
            different.Property(d => d.PersonName).HasMaxLength(64);
            different.HasIndex(d => d.EntryId);
            different.HasIndex(d => d.OtherId);
            different.HasIndex(d => d.PersonId);
        }
    }
}

public static class DuplicateSets
{
    extension(AppDbContext db)
    {
        public DbSet<DifferentEvent> DifferentEvents => db.Set<DifferentEvent>();
    }
}

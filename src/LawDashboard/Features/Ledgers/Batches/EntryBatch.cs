using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers.Batches;

/// <summary>Many entries written as one (批量操作): an import, a bulk change. It is undone as one, too.</summary>
public sealed class EntryBatch
{
    public int Id { get; set; }
    /// <summary>Who made it knows the word: import, edit, move.</summary>
    public required string Kind { get; set; }
    /// <summary>What was done, for people: 导入“2025年调解台账.xlsx”.</summary>
    public required string Sentence { get; set; }
    public required string LedgerKey { get; set; }
    /// <summary>The unit it was done for; who sees the unit sees the batch.</summary>
    public required int UnitId { get; set; }
    public int PersonId { get; set; }
    public required string PersonName { get; set; }
    public DateTime At { get; set; }
    public int Created { get; set; }
    public int Changed { get; set; }
    /// <summary>First and last line of the audit log that it wrote.</summary>
    public long FirstSequence { get; set; }
    public long LastSequence { get; set; }
    /// <summary>Null until it is undone.</summary>
    public DateTime? UndoneAt { get; set; }
    public string? UndoneBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<EntryBatch>
    {
        public void Configure(EntityTypeBuilder<EntryBatch> batch)
        {
            batch.ToTable("EntryBatches");
            batch.Property(b => b.Kind).HasMaxLength(32);
            batch.Property(b => b.Sentence).HasMaxLength(500);
            batch.Property(b => b.LedgerKey).HasMaxLength(64);
            batch.Property(b => b.PersonName).HasMaxLength(64);
            batch.Property(b => b.UndoneBy).HasMaxLength(64);
            batch.HasIndex(b => new { b.Kind, b.UnitId, b.At });
        }
    }
}

/// <summary>An entry of a batch, and the version in which the batch left it.</summary>
public sealed class EntryBatchItem
{
    public required int BatchId { get; set; }
    public required long EntryId { get; set; }
    public required int Version { get; set; }
    /// <summary>The batch made the entry; otherwise it changed one.</summary>
    public required bool Created { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<EntryBatchItem>
    {
        public void Configure(EntityTypeBuilder<EntryBatchItem> item)
        {
            item.ToTable("EntryBatchItems");
            item.HasKey(i => new { i.BatchId, i.EntryId });
            item.HasIndex(i => i.EntryId);
        }
    }
}

public static class BatchSets
{
    extension(AppDbContext db)
    {
        public DbSet<EntryBatch> EntryBatches => db.Set<EntryBatch>();
        public DbSet<EntryBatchItem> EntryBatchItems => db.Set<EntryBatchItem>();
    }
}

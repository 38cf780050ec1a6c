using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// State of an entry (审核状态). Drafts, returned and voided entries never count; submitted ones are shown apart (待审);
/// reports count approved ones only.
/// </summary>
public enum EntryState { Draft, Submitted, Approved, Returned, Voided }

/// <summary>One row of one ledger (台账记录). Never deleted: what is no longer wanted is voided, with a reason.</summary>
public sealed class Entry
{
    public long Id { get; set; }
    public required string LedgerKey { get; set; }
    /// <summary>Version of the ledger definition that it was last saved with.</summary>
    public int DefinitionVersion { get; set; } = 1;
    public required int UnitId { get; set; }
    /// <summary>The entry's date: the value of the ledger's date field. Its year is the serial number's year.</summary>
    public required DateOnly Date { get; set; }
    /// <summary>Running number in ledger, unit and year; given on first submission, never changed, never reused.</summary>
    public int? Number { get; set; }
    /// <summary>The printed serial number (编号).</summary>
    public string? Serial { get; set; }
    /// <summary>One line; personal data in it is masked.</summary>
    public required string Title { get; set; }
    public EntryState State { get; set; } = EntryState.Draft;
    /// <summary>Why it was returned, unlocked or voided; null in other states.</summary>
    public string? StateNote { get; set; }
    public required FieldValues Values { get; set; }
    /// <summary>1, 2, 3 …: counts every change; who saves says which version he had before him.</summary>
    public int Version { get; set; } = 1;
    public int CreatedById { get; set; }
    public required string CreatedBy { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    /// <summary>Who approved it, while it is approved.</summary>
    public string? ApprovedBy { get; set; }
    /// <summary>The values as they were approved, while an approved entry is open again for changes (解除锁定); null otherwise.</summary>
    public FieldValues? ApprovedValues { get; set; }
    /// <summary>Logged long after its day, or in a month that was closed already (补录). See <see cref="Review.Backdating"/>.</summary>
    public bool Backdated { get; set; }

    /// <summary>The entry of another ledger that this row lists here as well (同时列入); null for what was logged here. It follows its origin and is not changed by itself.</summary>
    public long? OriginId { get; set; }
    public string? OriginLedger { get; set; }

    /// <summary>How many fields differ from what was approved; null when it was not approved or is not open again.</summary>
    public int? ChangesSinceApproval(Definitions.LedgerDefinition ledger) =>
        ApprovedValues is { } approved ? FieldChanges.Between(ledger, approved, Values).Count() : null;

    public Entry Copy() => (Entry)MemberwiseClone();

    internal sealed class Mapping : IEntityTypeConfiguration<Entry>
    {
        public void Configure(EntityTypeBuilder<Entry> entry)
        {
            entry.ToTable("Entries");
            entry.Property(e => e.LedgerKey).HasMaxLength(64);
            entry.Property(e => e.Serial).HasMaxLength(96);
            entry.Property(e => e.Title).HasMaxLength(300);
            entry.Property(e => e.StateNote).HasMaxLength(500);
            entry.Property(e => e.CreatedBy).HasMaxLength(64);
            entry.Property(e => e.ApprovedBy).HasMaxLength(64);
            entry.Property(e => e.Values).IsFieldValues();
            entry.Property(e => e.ApprovedValues!).IsFieldValues();
            entry.Property(e => e.OriginLedger).HasMaxLength(64);
            // Few rows have an origin: the index holds no others.
            entry.HasIndex(e => e.OriginId).HasFilter("\"OriginId\" IS NOT NULL");
            // Lists of one ledger are read off this index in their order; counts by date, unit and state are answered from it alone.
            entry.HasIndex(e => new { e.LedgerKey, e.Date, e.Id, e.UnitId, e.State });
            // What waits for review, was returned or lies as a draft: few rows of many. With what the longest waiting are found by, if not too many wait.
            entry.HasIndex(e => new { e.State, e.UnitId, e.Date, e.UpdatedAt, e.OriginId });
            entry.HasIndex(e => new { e.UpdatedAt, e.UnitId, e.Date, e.OriginId }).HasFilter(WaitingEntries.Filter).HasDatabaseName(WaitingEntries.Index);
            entry.HasIndex(e => new { e.LedgerKey, e.UnitId, e.Serial }).IsUnique();
        }
    }
}

/// <summary>The last number given in one ledger, unit and year; raised in the transaction that uses the number.</summary>
public sealed class SerialCounter
{
    public required string LedgerKey { get; set; }
    public required int UnitId { get; set; }
    public required int Year { get; set; }
    public int Last { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SerialCounter>
    {
        public void Configure(EntityTypeBuilder<SerialCounter> counter)
        {
            counter.ToTable("SerialCounters");
            counter.HasKey(c => new { c.LedgerKey, c.UnitId, c.Year });
            counter.Property(c => c.LedgerKey).HasMaxLength(64);
        }
    }
}

/// <summary>A version of a ledger definition as it was in use; entries say which one they were made with.</summary>
public sealed class LedgerVersion
{
    public required string LedgerKey { get; set; }
    public required int Version { get; set; }
    /// <summary>The definition as JSON.</summary>
    public required string Json { get; set; }
    public DateTime Since { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<LedgerVersion>
    {
        public void Configure(EntityTypeBuilder<LedgerVersion> version)
        {
            version.ToTable("LedgerVersions");
            version.HasKey(v => new { v.LedgerKey, v.Version });
            version.Property(v => v.LedgerKey).HasMaxLength(64);
        }
    }
}

public static class LedgerSets
{
    extension(AppDbContext db)
    {
        /// <summary>All entries, without anyone's scope: only for the writer, recounts and bulk loads. Reading goes through <see cref="EntryReader"/>.</summary>
        public DbSet<Entry> Entries => db.Set<Entry>();
        public DbSet<SerialCounter> SerialCounters => db.Set<SerialCounter>();
        public DbSet<LedgerVersion> LedgerVersions => db.Set<LedgerVersion>();
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Audit;

/// <summary>
/// One line of the audit log (操作日志). Append-only; each carries the hash of the one before it, so a line that is
/// changed or taken out later shows. For records it carries the whole record as it became, which is how the past is asked.
/// </summary>
public sealed class AuditEvent
{
    /// <summary>1, 2, 3 … in the order of writing, without gaps.</summary>
    public long Sequence { get; set; }
    public DateTime At { get; set; }
    /// <summary>Account id; 0 for the machine's command line.</summary>
    public int PersonId { get; set; }
    public required string PersonName { get; set; }
    /// <summary>What was done: create, edit, submit, approve, return, void, sign-in, reveal …</summary>
    public required string Action { get; set; }
    /// <summary>Kind of thing it was done to: entry, account, unit …</summary>
    public required string Subject { get; set; }
    public long? SubjectId { get; set; }
    /// <summary>Ledger of an entry; null otherwise.</summary>
    public string? LedgerKey { get; set; }
    public int? UnitId { get; set; }
    /// <summary>The thing as it became, as JSON; null when nothing became of it.</summary>
    public string? After { get; set; }
    /// <summary>Reason or note given by the person.</summary>
    public string? Note { get; set; }
    /// <summary>SHA-256 over the previous hash and this line, in hex.</summary>
    public required string Hash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEvent>
    {
        public void Configure(EntityTypeBuilder<AuditEvent> audit)
        {
            audit.ToTable("AuditEvents");
            audit.HasKey(a => a.Sequence);
            audit.Property(a => a.Sequence).ValueGeneratedNever();
            audit.Property(a => a.PersonName).HasMaxLength(64);
            audit.Property(a => a.Action).HasMaxLength(32);
            audit.Property(a => a.Subject).HasMaxLength(32);
            audit.Property(a => a.LedgerKey).HasMaxLength(64);
            audit.Property(a => a.Hash).HasMaxLength(64);
            audit.HasIndex(a => new { a.Subject, a.SubjectId, a.Sequence });
        }
    }
}

public static class AuditSets
{
    extension(AppDbContext db)
    {
        public DbSet<AuditEvent> AuditEvents => db.Set<AuditEvent>();
    }
}

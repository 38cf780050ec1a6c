using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Deadlines;

/// <summary>
/// A time limit that runs, or ran, on an entry, as lists and to-dos ask for it. Written in the entry's transaction; holds
/// nothing that depends on today, so nothing goes out of date overnight. Entries that were voided have none.
/// </summary>
public sealed class EntryClock : IEntryRow<EntryClock>
{
    public required long EntryId { get; set; }
    public required string ClockKey { get; set; }
    public required int UnitId { get; set; }
    public required string LedgerKey { get; set; }
    /// <summary>The entry is a draft, which only those who record see.</summary>
    public required bool Draft { get; set; }
    public required ClockForce Force { get; set; }
    public required DateOnly Start { get; set; }
    public DateOnly? Due { get; set; }
    public DateOnly? StoppedOn { get; set; }
    public bool Stopped { get; set; }
    public DateOnly? PausedSince { get; set; }
    /// <summary>The calendar of a year is missing: the due date is not known.</summary>
    public bool Unknown { get; set; }
    /// <summary>The due date while the limit runs and is to be reminded of; null when it is stopped, paused or not known.</summary>
    public DateOnly? OpenDue { get; set; }

    string IEntryRow<EntryClock>.Key => ClockKey;
    public bool Same(EntryClock other) =>
        (EntryId, ClockKey, UnitId, LedgerKey, Draft, Force, Start) == (other.EntryId, other.ClockKey, other.UnitId, other.LedgerKey, other.Draft, other.Force, other.Start)
        && (Due, StoppedOn, Stopped, PausedSince, Unknown, OpenDue) == (other.Due, other.StoppedOn, other.Stopped, other.PausedSince, other.Unknown, other.OpenDue);

    internal sealed class Mapping : IEntityTypeConfiguration<EntryClock>
    {
        public void Configure(EntityTypeBuilder<EntryClock> clock)
        {
            clock.ToTable("EntryClocks");
            clock.HasKey(c => new { c.EntryId, c.ClockKey });
            clock.Property(c => c.ClockKey).HasMaxLength(64);
            clock.Property(c => c.LedgerKey).HasMaxLength(64);
            // What is due in a unit: few rows of many, whatever the number of entries.
            // With all that counts of overdue and soon due limits ask for: they are answered from this index alone.
            clock.HasIndex(c => new { c.UnitId, c.OpenDue, c.Force, c.Draft });
        }
    }
}

public static class DeadlineSets
{
    extension(AppDbContext db)
    {
        public DbSet<EntryClock> EntryClocks => db.Set<EntryClock>();
    }
}

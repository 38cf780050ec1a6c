using System.Globalization;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers.Pointers;

/// <summary>
/// Points to an entry by something in its values, so that the few entries asked for are found among millions: those whose
/// matter was closed on a day, those marked, the largest of a year. Written in the entry's transaction.
/// </summary>
public sealed class EntryPointer : IEntryRow<EntryPointer>
{
    public required long EntryId { get; set; }
    /// <summary>The ledger and what is pointed by: <c>mediation/days</c>.</summary>
    public required string Key { get; set; }
    public required int UnitId { get; set; }
    /// <summary>By what number the entries under a key are found and ordered.</summary>
    public required long Order { get; set; }

    string IEntryRow<EntryPointer>.Key => string.Create(CultureInfo.InvariantCulture, $"{Key}#{Order}");
    public bool Same(EntryPointer other) => (EntryId, Key, UnitId, Order) == (other.EntryId, other.Key, other.UnitId, other.Order);

    internal sealed class Mapping : IEntityTypeConfiguration<EntryPointer>
    {
        public void Configure(EntityTypeBuilder<EntryPointer> pointer)
        {
            pointer.ToTable("EntryPointers");
            pointer.HasKey(p => new { p.EntryId, p.Key, p.Order });
            pointer.Property(p => p.Key).HasMaxLength(96);
            // Holds all that is asked, so that the rows themselves are not looked up.
            pointer.HasIndex(p => new { p.Key, p.UnitId, p.Order, p.EntryId });
        }
    }
}

/// <summary>By what a room wants entries of a ledger to be found.</summary>
public interface IPointerRule
{
    /// <summary>Under what name within the ledger, and by what number; none twice, nothing for entries that are not asked for.</summary>
    IEnumerable<(string Name, long Order)> Of(Entry entry);

    /// <summary>Changes when the pointers of entries that are there must be made anew; null when none are made in the ledger.</summary>
    string? Fingerprint(string ledger);
}

public static class PointerSets
{
    extension(AppDbContext db)
    {
        /// <summary>Pointers without anyone's scope: whoever follows them asks <see cref="EntryReader"/> for the entries.</summary>
        public DbSet<EntryPointer> EntryPointers => db.Set<EntryPointer>();
    }
}

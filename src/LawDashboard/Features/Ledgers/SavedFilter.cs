using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers;

/// <summary>A list's filter under a name (常用筛选): a person's own, or shared with his unit and those below it.</summary>
public sealed class SavedFilter
{
    public int Id { get; set; }
    public required string LedgerKey { get; set; }
    public required string Name { get; set; }
    /// <summary>The query of <see cref="EntryListState"/> without unit, year and page: opened, it applies where one is.</summary>
    public required string Query { get; set; }
    public required int OwnerId { get; set; }
    public required string OwnerName { get; set; }
    public bool Shared { get; set; }
    /// <summary>The owner's unit when it was shared; null for all units.</summary>
    public int? UnitId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SavedFilter>
    {
        public void Configure(EntityTypeBuilder<SavedFilter> filter)
        {
            filter.ToTable("SavedFilters");
            filter.Property(f => f.LedgerKey).HasMaxLength(64);
            filter.Property(f => f.Name).HasMaxLength(SavedFilters.NameLimit);
            filter.Property(f => f.Query).HasMaxLength(SavedFilters.QueryLimit);
            filter.Property(f => f.OwnerName).HasMaxLength(64);
            filter.HasIndex(f => new { f.LedgerKey, f.OwnerId });
        }
    }
}

/// <summary>How a person last had a ledger's list: which columns, in which order, sorted by what.</summary>
public sealed class ListHabit
{
    public required int PersonId { get; set; }
    public required string LedgerKey { get; set; }
    /// <summary>Keys of columns, separated by commas; null for the definition's own.</summary>
    public string? Columns { get; set; }
    /// <summary>As in the address: <c>-date</c>; null for the ordinary order.</summary>
    public string? Sort { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ListHabit>
    {
        public void Configure(EntityTypeBuilder<ListHabit> habit)
        {
            habit.ToTable("ListHabits");
            habit.HasKey(h => new { h.PersonId, h.LedgerKey });
            habit.Property(h => h.LedgerKey).HasMaxLength(64);
            habit.Property(h => h.Columns).HasMaxLength(2000);
            habit.Property(h => h.Sort).HasMaxLength(80);
        }
    }
}

public static class ListSets
{
    extension(AppDbContext db)
    {
        public DbSet<SavedFilter> SavedFilters => db.Set<SavedFilter>();
        public DbSet<ListHabit> ListHabits => db.Set<ListHabit>();
    }
}

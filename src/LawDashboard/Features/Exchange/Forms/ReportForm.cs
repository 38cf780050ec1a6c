using System.Text.Json;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>
/// A form of the level above (上级报表): its own file, kept untouched under its hash, and what its blanks and columns are.
/// Filled again and again, for any unit and month.
/// </summary>
public sealed class ReportForm
{
    public int Id { get; set; }
    /// <summary>The government that brought it; whoever works under or above it sees it.</summary>
    public required int UnitId { get; set; }
    public required string Name { get; set; }
    /// <summary>What the file was called; its ending tells what it is.</summary>
    public required string FileName { get; set; }
    /// <summary>SHA-256 of the file in <c>data/forms</c>, lower-case hex.</summary>
    public required string Sha256 { get; set; }
    /// <summary>JSON: <see cref="FormMapping"/>.</summary>
    public required string Mapping { get; set; }
    public required int PersonId { get; set; }
    public required string Person { get; set; }
    public DateTime At { get; set; }
    public DateTime ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
    /// <summary>No longer asked for; kept, since it was filled and sent.</summary>
    public bool Removed { get; set; }

    public FormMapping Read() => JsonSerializer.Deserialize<FormMapping>(Mapping, FormMapping.Json)!;

    internal sealed class Mapped : IEntityTypeConfiguration<ReportForm>
    {
        public void Configure(EntityTypeBuilder<ReportForm> form)
        {
            form.ToTable("Forms");
            form.Property(f => f.Name).HasMaxLength(120);
            form.Property(f => f.FileName).HasMaxLength(160);
            form.Property(f => f.Sha256).HasMaxLength(64);
            form.Property(f => f.Person).HasMaxLength(64);
            form.Property(f => f.ChangedBy).HasMaxLength(64);
            form.HasIndex(f => new { f.UnitId, f.Removed });
        }
    }
}

public static class FormSets
{
    extension(AppDbContext db)
    {
        public DbSet<ReportForm> Forms => db.Set<ReportForm>();
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// A measure whose tallies are being counted anew (重新统计), day by day. What is counted of it so far stands in
/// <see cref="RecountedTally"/>; whoever changes an entry of a day that is counted already changes that too. When the last day
/// is counted, the new tallies take the place of the old ones in one transaction, and the row stays: it says by which rule the
/// tallies are kept, to an instance that still has another one loaded.
/// </summary>
public sealed class TallyRebuild
{
    public required string MeasureKey { get; set; }
    public required string LedgerKey { get; set; }
    public required string Fingerprint { get; set; }
    /// <summary>The measure as JSON: an instance that does not know it yet counts by it all the same.</summary>
    public required string Definition { get; set; }
    /// <summary>Entries of this day and of all days before are counted; null while none are.</summary>
    public DateOnly? Through { get; set; }
    public long Done { get; set; }
    /// <summary>Entries of the ledger when counting began.</summary>
    public long Total { get; set; }
    /// <summary>The new tallies are in force.</summary>
    public bool Switched { get; set; }
    public required DateTime Since { get; set; }

    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    sealed record Written(MeasureDefinition Measure, bool Listed);

    internal static string Write(MeasureDefinition measure) => JsonSerializer.Serialize(new Written(measure, measure.Listed), Options);

    internal static MeasureDefinition Read(string definition) =>
        JsonSerializer.Deserialize<Written>(definition, Options) is { } written ? written.Measure with { Listed = written.Listed } : throw new JsonException();

    internal sealed class Mapping : IEntityTypeConfiguration<TallyRebuild>
    {
        public void Configure(EntityTypeBuilder<TallyRebuild> rebuild)
        {
            rebuild.ToTable("TallyRebuilds");
            rebuild.HasKey(r => r.MeasureKey);
            rebuild.Property(r => r.MeasureKey).HasMaxLength(96);
            rebuild.Property(r => r.LedgerKey).HasMaxLength(64);
            rebuild.Property(r => r.Fingerprint).HasMaxLength(64);
        }
    }
}

/// <summary>A tally of a measure that is being counted anew; nobody reads it before it takes the place of the old one.</summary>
public sealed class RecountedTally
{
    public required int UnitId { get; set; }
    public required int Month { get; set; }
    public required string MeasureKey { get; set; }
    public required string Slice { get; set; }
    public required EntryState State { get; set; }
    public long Count { get; set; }
    public long Sum { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RecountedTally>
    {
        public void Configure(EntityTypeBuilder<RecountedTally> tally)
        {
            tally.ToTable("RecountedTallies");
            tally.HasKey(t => new { t.MeasureKey, t.UnitId, t.Month, t.Slice, t.State });
            tally.Property(t => t.MeasureKey).HasMaxLength(96);
            tally.Property(t => t.Slice).HasMaxLength(96);
        }
    }
}

public static class RebuildSets
{
    extension(AppDbContext db)
    {
        public DbSet<TallyRebuild> TallyRebuilds => db.Set<TallyRebuild>();
        public DbSet<RecountedTally> RecountedTallies => db.Set<RecountedTally>();
    }
}

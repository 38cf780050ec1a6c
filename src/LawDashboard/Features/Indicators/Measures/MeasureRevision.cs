using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LawDashboard.Features.Indicators.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators.Measures;

/// <summary>
/// A measure as an administrator set it (口径调整). The newest revision of a measure is in force; the earlier ones stay, so that
/// anybody can see what was counted when.
/// </summary>
public sealed class MeasureRevision
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public int Id { get; set; }
    public required string MeasureKey { get; set; }
    /// <summary>The definition as JSON, like in <c>seed-data</c>; null for the shipped one.</summary>
    public required string? Definition { get; set; }
    public required string Reason { get; set; }
    public required int SetById { get; set; }
    public required string SetBy { get; set; }
    public required DateTime SetAt { get; set; }

    /// <summary>The definition; null for the shipped one, and for what this program cannot read.</summary>
    public MeasureDefinition? Read() => Definition is null ? null : Read(Definition);

    /// <summary>What <see cref="Write"/> wrote; null for what cannot be read, such as a condition that says nothing of its field.</summary>
    public static MeasureDefinition? Read(string definition)
    {
        try
        {
            return JsonSerializer.Deserialize<MeasureDefinition>(definition, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write(MeasureDefinition measure) => JsonSerializer.Serialize(measure, Options);

    internal sealed class Mapping : IEntityTypeConfiguration<MeasureRevision>
    {
        public void Configure(EntityTypeBuilder<MeasureRevision> revision)
        {
            revision.ToTable("MeasureRevisions");
            revision.Property(r => r.MeasureKey).HasMaxLength(96);
            revision.Property(r => r.Reason).HasMaxLength(500);
            revision.Property(r => r.SetBy).HasMaxLength(32);
            revision.HasIndex(r => r.MeasureKey);
        }
    }
}

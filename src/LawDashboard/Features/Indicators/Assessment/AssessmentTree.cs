using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Indicators.Assessment;

/// <summary>
/// The indicator tree that a year is assessed by (考核指标体系), as imported. The newest of a year is in force; the earlier ones
/// stay.
/// </summary>
public sealed class AssessmentTree
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public int Id { get; set; }
    public required int Year { get; set; }
    public required string FileName { get; set; }
    /// <summary>The leaves as JSON; empty text where the year went back to the shipped points.</summary>
    public required string Leaves { get; set; }
    public required string Reason { get; set; }
    public required int SetById { get; set; }
    public required string SetBy { get; set; }
    public required DateTime SetAt { get; set; }

    /// <summary>The newest of each year.</summary>
    public static IQueryable<AssessmentTree> InForce(AppDbContext db)
    {
        var newest = db.AssessmentTrees.GroupBy(tree => tree.Year).Select(group => group.Max(tree => tree.Id));
        return db.AssessmentTrees.AsNoTracking().Where(tree => newest.Contains(tree.Id)).OrderByDescending(tree => tree.Year);
    }

    /// <summary>The leaves; null for what this program cannot read.</summary>
    public IReadOnlyList<AssessmentLeaf>? Read()
    {
        try
        {
            return Leaves.Length == 0 ? [] : JsonSerializer.Deserialize<List<AssessmentLeaf>>(Leaves, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write(IReadOnlyList<AssessmentLeaf> leaves) => JsonSerializer.Serialize(leaves, Options);

    internal sealed class Mapping : IEntityTypeConfiguration<AssessmentTree>
    {
        public void Configure(EntityTypeBuilder<AssessmentTree> tree)
        {
            tree.ToTable("AssessmentTrees");
            tree.Property(t => t.FileName).HasMaxLength(200);
            tree.Property(t => t.Reason).HasMaxLength(500);
            tree.Property(t => t.SetBy).HasMaxLength(32);
            tree.HasIndex(t => t.Year);
        }
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Reports.Templates;

/// <summary>One saved version of a unit's own text of a report template (模板版本); never changed once written.</summary>
public sealed class TemplateVersion
{
    public required int UnitId { get; set; }
    /// <summary>Which shipped template it stands in for.</summary>
    public required string Key { get; set; }
    /// <summary>1, 2, 3 …; the highest is in force.</summary>
    public required int Number { get; set; }
    /// <summary>The whole text; null where the unit went back to the shipped one.</summary>
    public string? Text { get; set; }
    public required int AuthorId { get; set; }
    public required string Author { get; set; }
    public DateTime At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TemplateVersion>
    {
        public void Configure(EntityTypeBuilder<TemplateVersion> version)
        {
            version.ToTable("TemplateVersions");
            version.HasKey(v => new { v.UnitId, v.Key, v.Number });
            version.Property(v => v.Key).HasMaxLength(64);
            version.Property(v => v.Author).HasMaxLength(64);
        }
    }
}

public static class TemplateSets
{
    extension(AppDbContext db)
    {
        public DbSet<TemplateVersion> TemplateVersions => db.Set<TemplateVersion>();
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Units;

/// <summary>Kinds of units: county (区县), town (乡镇/街道), village (村/社区), department (部门/办所).</summary>
public enum UnitKind { County, Town, Village, Department }

/// <summary>A node (单位) of the tree county → town → village, or a department of one of them.</summary>
public sealed class Unit
{
    public int Id { get; set; }
    /// <summary>Short code, unique; stands in serial numbers and in URLs.</summary>
    public required string Code { get; set; }
    public required string Name { get; set; }
    public required UnitKind Kind { get; set; }
    public int? ParentId { get; set; }
    /// <summary>Materialised path of ids, own id last: <c>/1/4/17/</c>.</summary>
    public string Path { get; set; } = "";
    /// <summary>Registered inhabitants; null when not known.</summary>
    public int? Population { get; set; }
    /// <summary>Order among siblings.</summary>
    public int Order { get; set; }

    /// <summary>Official name of the body that signs: 法镇人民政府, 南郑区人民政府; villages and departments as they are called.</summary>
    public string OfficialName => Kind is UnitKind.County or UnitKind.Town ? Name + "人民政府" : Name;

    internal sealed class Mapping : IEntityTypeConfiguration<Unit>
    {
        public void Configure(EntityTypeBuilder<Unit> unit)
        {
            unit.ToTable("Units");
            unit.Property(u => u.Code).HasMaxLength(32);
            unit.Property(u => u.Name).HasMaxLength(64);
            unit.Property(u => u.Path).HasMaxLength(128);
            unit.HasIndex(u => u.Code).IsUnique();
            unit.HasIndex(u => u.Path);
            unit.Ignore(u => u.OfficialName);
        }
    }
}

public static class UnitSets
{
    extension(AppDbContext db)
    {
        public DbSet<Unit> Units => db.Set<Unit>();
    }
}

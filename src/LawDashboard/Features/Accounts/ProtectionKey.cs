using System.Xml.Linq;
using LawDashboard.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Accounts;

/// <summary>A key that cookies and forms are protected with. In the database where several instances share it: who signed in at one is signed in at all.</summary>
public sealed class ProtectionKey
{
    public required string Name { get; set; }
    public required string Xml { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProtectionKey>
    {
        public void Configure(EntityTypeBuilder<ProtectionKey> key)
        {
            key.ToTable("ProtectionKeys");
            key.HasKey(k => k.Name);
            key.Property(k => k.Name).HasMaxLength(128);
        }
    }
}

/// <summary>Keeps the keys in the database. The framework asks synchronously, at start and once a day.</summary>
sealed class ProtectionKeys(IDbContextFactory<AppDbContext> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.Set<ProtectionKey>().AsNoTracking().Select(key => key.Xml).ToList().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.CreateDbContext();
        db.Set<ProtectionKey>().Add(new() { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// A form that somebody is filling, as typed so far (未完成的填写). It is no entry: nobody else sees it, nothing counts it
/// and no log keeps it. It goes when the entry is saved, or when its person throws it away.
/// </summary>
public sealed class FormDraft
{
    /// <summary>Made where the form was opened; the save that ends it carries it too, so that it can happen only once.</summary>
    public required Guid Id { get; set; }
    public required int PersonId { get; set; }
    public required string LedgerKey { get; set; }
    /// <summary>The entry that is being changed; null for a new one.</summary>
    public long? EntryId { get; set; }
    /// <summary>The version of the entry that was opened; 0 for a new one.</summary>
    public int EntryVersion { get; set; }
    /// <summary>Code of the chosen unit; null when none was chosen yet.</summary>
    public string? UnitCode { get; set; }
    /// <summary>JSON object of field key to text as typed, also what no value can be read from.</summary>
    public required string Typed { get; set; }
    /// <summary>What it was last typed on: 手机 or 电脑.</summary>
    public required string Device { get; set; }
    /// <summary>The page that wrote last, and its count: what arrives late from the same page does not undo what came after it.</summary>
    public required string Writer { get; set; }
    public required long Sequence { get; set; }
    public required DateTime CreatedAt { get; set; }
    public required DateTime UpdatedAt { get; set; }

    /// <summary>False while it holds nothing but files: what a browser kept of the same form is then the later state, whatever the clock says.</summary>
    public bool IsTyped => Sequence > 0;

    internal sealed class Mapping : IEntityTypeConfiguration<FormDraft>
    {
        public void Configure(EntityTypeBuilder<FormDraft> draft)
        {
            draft.ToTable("FormDrafts");
            draft.Property(d => d.Id).ValueGeneratedNever();
            draft.Property(d => d.LedgerKey).HasMaxLength(64);
            draft.Property(d => d.UnitCode).HasMaxLength(32);
            draft.Property(d => d.Device).HasMaxLength(16);
            draft.Property(d => d.Writer).HasMaxLength(36);
            draft.HasIndex(d => new { d.PersonId, d.UpdatedAt });
        }
    }
}

/// <summary>What became of a form: the entry that its save made or changed. Whoever sends the same form again is told, and nothing is made twice.</summary>
public sealed class FormReceipt
{
    /// <summary>Id of the form's <see cref="FormDraft"/>.</summary>
    public required Guid Id { get; set; }
    public required int PersonId { get; set; }
    public required long EntryId { get; set; }
    /// <summary>The version that the save made.</summary>
    public required int Version { get; set; }
    /// <summary>SHA-256 of what was saved, to tell the same form sent again from one that was changed in between.</summary>
    public required string Fingerprint { get; set; }
    public required DateTime At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<FormReceipt>
    {
        public void Configure(EntityTypeBuilder<FormReceipt> receipt)
        {
            receipt.ToTable("FormReceipts");
            receipt.Property(r => r.Id).ValueGeneratedNever();
            receipt.Property(r => r.Fingerprint).HasMaxLength(64);
        }
    }
}

public static class FormDraftSets
{
    extension(AppDbContext db)
    {
        public DbSet<FormDraft> FormDrafts => db.Set<FormDraft>();
        public DbSet<FormReceipt> FormReceipts => db.Set<FormReceipt>();
    }
}

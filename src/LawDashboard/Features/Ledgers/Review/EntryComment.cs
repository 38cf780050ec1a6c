using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>What somebody said about an entry (评论). Its author may withdraw it; that there was one stays visible.</summary>
public sealed class EntryComment
{
    public const int Length = 500;

    public long Id { get; set; }
    public required long EntryId { get; set; }
    public required int PersonId { get; set; }
    public required string PersonName { get; set; }
    public required string Text { get; set; }
    public required DateTime At { get; set; }
    public DateTime? WithdrawnAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<EntryComment>
    {
        public void Configure(EntityTypeBuilder<EntryComment> comment)
        {
            comment.ToTable("EntryComments");
            comment.Property(c => c.PersonName).HasMaxLength(64);
            comment.Property(c => c.Text).HasMaxLength(Length);
            comment.HasIndex(c => c.EntryId);
        }
    }
}

/// <summary>That a person has not read a comment yet which is meant for him; gone once he has.</summary>
public sealed class CommentNotice
{
    public required int PersonId { get; set; }
    public required long CommentId { get; set; }
    public required long EntryId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CommentNotice>
    {
        public void Configure(EntityTypeBuilder<CommentNotice> notice)
        {
            notice.ToTable("CommentNotices");
            notice.HasKey(n => new { n.PersonId, n.CommentId });
        }
    }
}

public static class CommentSets
{
    extension(AppDbContext db)
    {
        public DbSet<EntryComment> EntryComments => db.Set<EntryComment>();
        public DbSet<CommentNotice> CommentNotices => db.Set<CommentNotice>();
    }
}

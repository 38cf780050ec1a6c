using LawDashboard.Data;
using LawDashboard.Features.Reports.Checking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>Where a report stands: 起草 → 送审 → 签发. What became of it then (报送, 公开) stands in its dispatches.</summary>
public enum ReportState
{
    /// <summary>起草中: people write.</summary>
    Drafting,
    /// <summary>送审: lies with the leader; nobody writes.</summary>
    InReview,
    /// <summary>已签发: frozen; only a correction (更正) opens it again.</summary>
    Signed,
}

/// <summary>One step in the life of a report.</summary>
public enum ReportAction
{
    /// <summary>送审.</summary>
    Submit,
    /// <summary>撤回: by who sent it for review, or of a correction that was not begun.</summary>
    Withdraw,
    /// <summary>退回, always with a reason.</summary>
    Return,
    /// <summary>签发.</summary>
    Sign,
    /// <summary>开始更正, always with a reason.</summary>
    Correct,
    /// <summary>报送.</summary>
    Send,
    /// <summary>公开.</summary>
    Publish,
}

/// <summary>A step that was taken, for the timeline.</summary>
public sealed class ReportStep
{
    public const int MostText = 500;

    public int Id { get; set; }
    public required int ReportId { get; set; }
    public required int Version { get; set; }
    public required ReportAction Action { get; set; }
    public required int PersonId { get; set; }
    public required string Person { get; set; }
    public required DateTime At { get; set; }
    public string? Text { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportStep>
    {
        public void Configure(EntityTypeBuilder<ReportStep> step)
        {
            step.ToTable("ReportSteps");
            step.Property(s => s.Person).HasMaxLength(64);
            step.Property(s => s.Text).HasMaxLength(MostText);
            step.HasIndex(s => s.ReportId);
        }
    }
}

/// <summary>
/// The signature under a version (签发): who signed, the audit sequence of its figures, the official parts and the signed-off
/// findings as they were. Written once, never changed.
/// </summary>
public sealed class ReportSignature
{
    public required int ReportId { get; set; }
    public required int Version { get; set; }
    public required int PersonId { get; set; }
    public required string Person { get; set; }
    public required DateTime At { get; set; }
    /// <summary>As of which line of the log the figures of the signed text were counted.</summary>
    public required long AuditSequence { get; set; }
    /// <summary>SHA-256 of the text, its official parts and the sequence; also in the audit log, so that a change shows.</summary>
    public required string Hash { get; set; }
    /// <summary>The official parts (版头, 版记 …) as signed, as JSON.</summary>
    public required string Form { get; set; }
    /// <summary>The claim check's findings that were signed off, as JSON.</summary>
    public required string Findings { get; set; }
    /// <summary>The signed version that this one corrects.</summary>
    public int? Replaces { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportSignature>
    {
        public void Configure(EntityTypeBuilder<ReportSignature> signature)
        {
            signature.ToTable("ReportSignatures");
            signature.HasKey(s => new { s.ReportId, s.Version });
            signature.Property(s => s.Person).HasMaxLength(64);
            signature.Property(s => s.Hash).HasMaxLength(64);
        }
    }
}

/// <summary>A finding that somebody took upon himself, as it is kept with the signed version.</summary>
public sealed record KeptFinding(ClaimFinding Finding, string Person, string Reason, DateTime At);

/// <summary>What the law asks for after signing.</summary>
public enum DispatchKind
{
    /// <summary>报送上一级党委和政府.</summary>
    Sent,
    /// <summary>向社会公开.</summary>
    Published,
}

/// <summary>That one of a unit's reports was sent or published: a signed version, or one written outside this program.</summary>
public sealed class ReportDispatch
{
    public const int MostWhere = 200;

    public int Id { get; set; }
    public required int UnitId { get; set; }
    public required int Year { get; set; }
    /// <summary>Which of the unit's reports on the year, as it stands in addresses.</summary>
    public required string Template { get; set; }
    public required DispatchKind Kind { get; set; }
    public required DateOnly On { get; set; }
    /// <summary>To whom, or where it stands.</summary>
    public required string Where { get; set; }
    /// <summary>Null when the report was written elsewhere.</summary>
    public int? ReportId { get; set; }
    public int? Version { get; set; }
    public required int PersonId { get; set; }
    public required string Person { get; set; }
    public required DateTime At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportDispatch>
    {
        public void Configure(EntityTypeBuilder<ReportDispatch> dispatch)
        {
            dispatch.ToTable("ReportDispatches");
            dispatch.Property(d => d.Template).HasMaxLength(64);
            dispatch.Property(d => d.Where).HasMaxLength(MostWhere);
            dispatch.Property(d => d.Person).HasMaxLength(64);
            dispatch.HasIndex(d => new { d.UnitId, d.Year });
        }
    }
}

public static class SigningSets
{
    extension(AppDbContext db)
    {
        public DbSet<ReportStep> ReportSteps => db.Set<ReportStep>();
        public DbSet<ReportSignature> ReportSignatures => db.Set<ReportSignature>();
        public DbSet<ReportDispatch> ReportDispatches => db.Set<ReportDispatch>();
        public DbSet<ReportForm> ReportForms => db.Set<ReportForm>();
    }
}

/// <summary>The life of a report in words.</summary>
public static class SigningWords
{
    public static string Of(ReportState state) => state switch { ReportState.Drafting => "起草中", ReportState.InReview => "送审中", _ => "已签发" };

    public static string Of(ReportAction action) => action switch
    {
        ReportAction.Submit => "送审", ReportAction.Withdraw => "撤回", ReportAction.Return => "退回修改", ReportAction.Sign => "签发", ReportAction.Correct => "开始更正",
        ReportAction.Send => "报送", _ => "公开",
    };

    public static string Of(DispatchKind kind) => kind == DispatchKind.Sent ? "报送" : "公开";

    /// <summary>The action's key in the audit log.</summary>
    public static string Audit(ReportAction action) => action switch
    {
        ReportAction.Submit => "report-submit", ReportAction.Withdraw => "report-withdraw", ReportAction.Return => "report-return", ReportAction.Sign => "report-sign",
        ReportAction.Correct => "report-correct", ReportAction.Send => "report-send", _ => "report-publish",
    };
}

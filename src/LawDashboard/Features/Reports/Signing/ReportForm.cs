using System.Text.Json.Serialization;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>
/// The parts of a report as an official document that are not its text (GB/T 9704-2012): 版头, 附件说明, 版记, sealed or not.
/// 主送机关, 署名 and 成文日期 stand in the text itself, so that there is one of each.
/// </summary>
public sealed record OfficialForm
{
    /// <summary>With 版头: name of the body, number, signer. A report for the web has none.</summary>
    public bool WithHead { get; init; }
    /// <summary>发文机关标志.</summary>
    public string Body { get; init; } = "";
    /// <summary>发文字号.</summary>
    public string Number { get; init; } = "";
    /// <summary>签发人; a report goes upwards and so names him.</summary>
    public string Signer { get; init; } = "";
    public IReadOnlyList<string> Attachments { get; init; } = [];
    /// <summary>The document will bear no seal; name and date stand otherwise then.</summary>
    public bool Unsealed { get; init; }
    /// <summary>With 版记: copies, who printed it and when.</summary>
    public bool WithImprint { get; init; }
    public IReadOnlyList<string> Copies { get; init; } = [];
    public string Printer { get; init; } = "";
    public DateOnly? PrintedOn { get; init; }

    /// <summary>What is printed at the head; null for none, and while it lacks its number.</summary>
    [JsonIgnore]
    public OfficialHead? Head => WithHead && OfficialHead.NumberProblem(Number) is null ? new(Body, Number, Signer.Length > 0 ? Signer : null) : null;
    /// <summary>What is printed at the foot of the last page; null for none.</summary>
    [JsonIgnore]
    public OfficialImprint? Imprint => WithImprint && PrintedOn is { } on ? new(Copies, Printer, on) : null;
}

/// <summary>The official parts of one report.</summary>
public sealed class ReportForm
{
    public required int ReportId { get; set; }
    /// <summary>An <see cref="OfficialForm"/> as JSON.</summary>
    public required string Content { get; set; }
    public required string Person { get; set; }
    public DateTime At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReportForm>
    {
        public void Configure(EntityTypeBuilder<ReportForm> form)
        {
            form.ToTable("ReportForms");
            form.HasKey(f => f.ReportId);
            form.Property(f => f.ReportId).ValueGeneratedNever();
            form.Property(f => f.Person).HasMaxLength(64);
        }
    }
}

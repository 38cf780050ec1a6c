using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Stored reports: versions, uploads that wait to be merged, findings signed off.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611221400_Reports")]
public sealed class Reports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Reports", t => new
        {
            Id = t.Identity<int>(),
            UnitId = t.Column<int>(nullable: false),
            Year = t.Column<int>(nullable: false),
            Template = t.Column<string>(maxLength: 64, nullable: false),
            LastVersion = t.Column<int>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Reports", x => x.Id));
        migrationBuilder.CreateIndex("IX_Reports_UnitId_Year_Template", "Reports", ["UnitId", "Year", "Template"], unique: true);

        migrationBuilder.CreateTable("ReportVersions", t => new
        {
            ReportId = t.Column<int>(nullable: false),
            Number = t.Column<int>(nullable: false),
            Kind = t.Column<string>(maxLength: 32, nullable: false),
            AuthorId = t.Column<int>(nullable: false),
            Author = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            AuditSequence = t.Column<long>(nullable: false),
            Draft = t.Column<string>(nullable: false),
            Document = t.Column<string>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_ReportVersions", x => new { x.ReportId, x.Number }));

        migrationBuilder.CreateTable("ReportUploads", t => new
        {
            Id = t.Identity<int>(),
            ReportId = t.Column<int>(nullable: false),
            BaseVersion = t.Column<int>(nullable: false),
            Name = t.Column<string>(maxLength: 200, nullable: false),
            Content = t.Column<string>(nullable: false),
            Kind = t.Column<string>(maxLength: 32, nullable: false),
            PersonId = t.Column<int>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            State = t.Column<string>(maxLength: 32, nullable: false),
        }, constraints: t => t.PrimaryKey("PK_ReportUploads", x => x.Id));
        migrationBuilder.CreateIndex("IX_ReportUploads_ReportId_State", "ReportUploads", ["ReportId", "State"]);

        migrationBuilder.CreateTable("ReportSignOffs", t => new
        {
            ReportId = t.Column<int>(nullable: false),
            Fingerprint = t.Column<string>(maxLength: 32, nullable: false),
            Rule = t.Column<string>(maxLength: 64, nullable: false),
            Reason = t.Column<string>(maxLength: 500, nullable: false),
            PersonId = t.Column<int>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_ReportSignOffs", x => new { x.ReportId, x.Fingerprint }));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["ReportSignOffs", "ReportUploads", "ReportVersions", "Reports"]) migrationBuilder.DropTable(table);
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Texts that units saved in place of the shipped report templates.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122164500_ReportTemplates")]
public sealed class ReportTemplates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable("TemplateVersions", t => new
    {
        UnitId = t.Column<int>(nullable: false),
        Key = t.Column<string>(maxLength: 64, nullable: false),
        Number = t.Column<int>(nullable: false),
        Text = t.Column<string>(nullable: true),
        AuthorId = t.Column<int>(nullable: false),
        Author = t.Column<string>(maxLength: 64, nullable: false),
        At = t.Column<DateTime>(nullable: false),
    }, constraints: t => t.PrimaryKey("PK_TemplateVersions", x => new { x.UnitId, x.Key, x.Number }));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("TemplateVersions");
}

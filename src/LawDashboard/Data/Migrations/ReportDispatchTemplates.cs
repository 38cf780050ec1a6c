using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>What was sent and published is kept for each of a unit's reports, not for the unit and year.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611222040_ReportDispatchTemplates")]
public sealed class ReportDispatchTemplates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Template", "ReportDispatches", maxLength: 64, nullable: false, defaultValue: "");
        // What was written outside was the unit's usual yearly report: there was no other to choose then.
        migrationBuilder.Sql("""
            UPDATE "ReportDispatches" SET "Template" = COALESCE(
                (SELECT r."Template" FROM "Reports" r WHERE r."Id" = "ReportDispatches"."ReportId"),
                (SELECT CASE u."Kind" WHEN 'County' THEN 'county-annual' ELSE 'township-annual' END FROM "Units" u WHERE u."Id" = "ReportDispatches"."UnitId"),
                'township-annual')
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("Template", "ReportDispatches");
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Targets with bands, the reason for a revision, and who entered it; two may take effect on the same day.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122140000_TargetPapers")]
public sealed class TargetPapers : Migration
{
    static readonly string[] Key = ["UnitId", "Year", "IndicatorKey", "EffectiveOn"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var band in (string[])["Minimum", "Good", "Excellent"]) migrationBuilder.AddColumn<long>(band, "Targets", nullable: true);
        migrationBuilder.AddColumn<string>("Reason", "Targets", maxLength: 200, nullable: true);
        migrationBuilder.AddColumn<string>("SetBy", "Targets", maxLength: 32, nullable: true);
        migrationBuilder.AddColumn<DateTime>("SetAt", "Targets", nullable: true);
        migrationBuilder.DropIndex("IX_Targets_UnitId_Year_IndicatorKey_EffectiveOn", "Targets");
        migrationBuilder.CreateIndex("IX_Targets_UnitId_Year_IndicatorKey_EffectiveOn", "Targets", Key);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_Targets_UnitId_Year_IndicatorKey_EffectiveOn", "Targets");
        foreach (var column in (string[])["Minimum", "Good", "Excellent", "Reason", "SetBy", "SetAt"]) migrationBuilder.DropColumn(column, "Targets");
        migrationBuilder.CreateIndex("IX_Targets_UnitId_Year_IndicatorKey_EffectiveOn", "Targets", Key, unique: true);
    }
}

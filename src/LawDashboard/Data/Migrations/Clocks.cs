using LawDashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Time limits of entries, and what their case files lack.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122133500_Clocks")]
public sealed class Clocks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("EntryClocks", t => new
        {
            EntryId = t.Column<long>(nullable: false),
            ClockKey = t.Column<string>(maxLength: 64, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            Draft = t.Column<bool>(nullable: false),
            Force = t.Column<string>(maxLength: 32, nullable: false),
            Start = t.Column<DateOnly>(nullable: false),
            Due = t.Column<DateOnly>(nullable: true),
            StoppedOn = t.Column<DateOnly>(nullable: true),
            Stopped = t.Column<bool>(nullable: false),
            PausedSince = t.Column<DateOnly>(nullable: true),
            Unknown = t.Column<bool>(nullable: false),
            OpenDue = t.Column<DateOnly>(nullable: true),
        }, constraints: t => t.PrimaryKey("PK_EntryClocks", x => new { x.EntryId, x.ClockKey }));
        migrationBuilder.CreateIndex("IX_EntryClocks_UnitId_OpenDue", "EntryClocks", ["UnitId", "OpenDue"]);

        migrationBuilder.CreateTable("CaseFileGaps", t => new
        {
            EntryId = t.Column<long>(nullable: false),
            ItemKey = t.Column<string>(maxLength: 64, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            FileField = t.Column<string>(maxLength: 64, nullable: false),
        }, constraints: t => t.PrimaryKey("PK_CaseFileGaps", x => new { x.EntryId, x.ItemKey }));
        migrationBuilder.CreateIndex("IX_CaseFileGaps_UnitId", "CaseFileGaps", "UnitId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("CaseFileGaps");
        migrationBuilder.DropTable("EntryClocks");
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Tallies that are counted anew beside the old ones, and the keys of cookies where several instances share them.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122170500_Recounting")]
public sealed class Recounting : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("TallyRebuilds", t => new
        {
            MeasureKey = t.Column<string>(maxLength: 96, nullable: false),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            Fingerprint = t.Column<string>(maxLength: 64, nullable: false),
            Definition = t.Column<string>(nullable: false),
            Through = t.Column<DateOnly>(nullable: true),
            Done = t.Column<long>(nullable: false),
            Total = t.Column<long>(nullable: false),
            Switched = t.Column<bool>(nullable: false),
            Since = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_TallyRebuilds", x => x.MeasureKey));
        migrationBuilder.CreateTable("RecountedTallies", t => new
        {
            MeasureKey = t.Column<string>(maxLength: 96, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            Month = t.Column<int>(nullable: false),
            Slice = t.Column<string>(maxLength: 96, nullable: false),
            State = t.Column<string>(maxLength: 32, nullable: false),
            Count = t.Column<long>(nullable: false),
            Sum = t.Column<long>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_RecountedTallies", x => new { x.MeasureKey, x.UnitId, x.Month, x.Slice, x.State }));
        migrationBuilder.CreateTable("ProtectionKeys", t => new
        {
            Name = t.Column<string>(maxLength: 128, nullable: false),
            Xml = t.Column<string>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_ProtectionKeys", x => x.Name));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["ProtectionKeys", "RecountedTallies", "TallyRebuilds"]) migrationBuilder.DropTable(table);
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Overdue limits are counted without looking at the limits themselves, of which there may be millions.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122214500_DueCounts")]
public sealed class DueCounts : Migration
{
    const string Before = "IX_EntryClocks_UnitId_OpenDue", After = "IX_EntryClocks_UnitId_OpenDue_Force_Draft", Table = "EntryClocks";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(Before, Table);
        migrationBuilder.CreateIndex(After, Table, ["UnitId", "OpenDue", "Force", "Draft"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(After, Table);
        migrationBuilder.CreateIndex(Before, Table, ["UnitId", "OpenDue"]);
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Pointers to entries by what their values hold; filled at the next start.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122204000_Pointers")]
public sealed class Pointers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("EntryPointers", t => new
        {
            EntryId = t.Column<long>(nullable: false),
            Key = t.Column<string>(maxLength: 96, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            Order = t.Column<long>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_EntryPointers", x => new { x.EntryId, x.Key, x.Order }));
        migrationBuilder.CreateIndex("IX_EntryPointers_Key_UnitId_Order_EntryId", "EntryPointers", ["Key", "UnitId", "Order", "EntryId"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("EntryPointers");
}

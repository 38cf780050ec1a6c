using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>How each person arranged his overview.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122173000_OverviewHabits")]
public sealed class OverviewHabits : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable("OverviewHabits", t => new
    {
        PersonId = t.Column<int>(nullable: false),
        Blocks = t.Column<string>(maxLength: 400, nullable: false),
    }, constraints: t => t.PrimaryKey("PK_OverviewHabits", x => x.PersonId));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("OverviewHabits");
}

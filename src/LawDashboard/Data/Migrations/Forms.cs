using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Forms of the level above and what their blanks are.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122170000_Forms")]
public sealed class Forms : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Forms", t => new
        {
            Id = t.Identity<int>(),
            UnitId = t.Column<int>(nullable: false),
            Name = t.Column<string>(maxLength: 120, nullable: false),
            FileName = t.Column<string>(maxLength: 160, nullable: false),
            Sha256 = t.Column<string>(maxLength: 64, nullable: false),
            Mapping = t.Column<string>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            ChangedAt = t.Column<DateTime>(nullable: false),
            ChangedBy = t.Column<string>(maxLength: 64, nullable: false),
            Removed = t.Column<bool>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Forms", x => x.Id));
        migrationBuilder.CreateIndex("IX_Forms_UnitId_Removed", "Forms", ["UnitId", "Removed"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("Forms");
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>The search index with its list of indexed entries, saved filters, and how each person left a list.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611221340_Finding")]
public sealed class Finding : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("SearchRows", t => new
        {
            EntryId = t.Column<long>(nullable: false),
            Hash = t.Column<long>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_SearchRows", x => x.EntryId));
        foreach (var sql in SearchIndex.CreateSql(ActiveProvider)) migrationBuilder.Sql(sql);

        migrationBuilder.CreateTable("SavedFilters", t => new
        {
            Id = t.Identity<int>(),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            Name = t.Column<string>(maxLength: 32, nullable: false),
            Query = t.Column<string>(maxLength: 2000, nullable: false),
            OwnerId = t.Column<int>(nullable: false),
            OwnerName = t.Column<string>(maxLength: 64, nullable: false),
            Shared = t.Column<bool>(nullable: false),
            UnitId = t.Column<int>(nullable: true),
        }, constraints: t => t.PrimaryKey("PK_SavedFilters", x => x.Id));
        migrationBuilder.CreateIndex("IX_SavedFilters_LedgerKey_OwnerId", "SavedFilters", ["LedgerKey", "OwnerId"]);

        migrationBuilder.CreateTable("ListHabits", t => new
        {
            PersonId = t.Column<int>(nullable: false),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            Columns = t.Column<string>(maxLength: 2000, nullable: true),
            Sort = t.Column<string>(maxLength: 80, nullable: true),
        }, constraints: t => t.PrimaryKey("PK_ListHabits", x => new { x.PersonId, x.LedgerKey }));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["ListHabits", "SavedFilters", SearchIndex.Table, "SearchRows"]) migrationBuilder.DropTable(table);
    }
}

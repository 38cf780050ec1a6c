using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>The search index on SQLite gathers more in memory before it writes, so that an old ledger comes in sooner.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611230020_SearchRoom")]
public sealed class SearchRoom : Migration
{
    const int Usual = 1 << 20;

    protected override void Up(MigrationBuilder migrationBuilder) => Gather(migrationBuilder, SearchIndex.Room);

    protected override void Down(MigrationBuilder migrationBuilder) => Gather(migrationBuilder, Usual);

    void Gather(MigrationBuilder migrationBuilder, int bytes)
    {
        if (!Providers.IsPostgres(ActiveProvider)) migrationBuilder.Sql(SearchIndex.RoomSql(bytes));
    }
}

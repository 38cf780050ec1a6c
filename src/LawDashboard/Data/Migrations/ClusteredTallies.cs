using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>
/// SQLite keeps tallies in the order of their key. A page reads them in ranges of it, which until now were looked up one by
/// one in a table beside the index; and a save writes one place for each instead of two.
/// </summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611230210_ClusteredTallies")]
public sealed class ClusteredTallies : Migration
{
    const string Columns = "\"MeasureKey\", \"UnitId\", \"Month\", \"Slice\", \"State\", \"Count\", \"Sum\"";

    protected override void Up(MigrationBuilder migrationBuilder) => Rebuild(migrationBuilder, " WITHOUT ROWID");

    protected override void Down(MigrationBuilder migrationBuilder) => Rebuild(migrationBuilder, "");

    void Rebuild(MigrationBuilder migrationBuilder, string kind)
    {
        if (Providers.IsPostgres(ActiveProvider)) return;
        foreach (var table in (string[])["Tallies", "RecountedTallies"])
            migrationBuilder.Sql($"""
                CREATE TABLE "Moved{table}" (
                    "MeasureKey" TEXT NOT NULL, "UnitId" INTEGER NOT NULL, "Month" INTEGER NOT NULL, "Slice" TEXT NOT NULL, "State" TEXT NOT NULL,
                    "Count" INTEGER NOT NULL, "Sum" INTEGER NOT NULL,
                    CONSTRAINT "PK_{table}" PRIMARY KEY ("MeasureKey", "UnitId", "Month", "Slice", "State")
                ){kind};
                INSERT INTO "Moved{table}" ({Columns}) SELECT {Columns} FROM "{table}" ORDER BY 1, 2, 3, 4, 5;
                DROP TABLE "{table}";
                ALTER TABLE "Moved{table}" RENAME TO "{table}";
                """);
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Overdue limits are counted, and the longest waiting entries found, without looking at each of them, of which there may be millions.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122214500_DueCounts")]
public sealed class DueCounts : Migration
{
    static readonly (string Table, string Before, string[] Columns, string[] More)[] Indexes =
    [
        ("EntryClocks", "IX_EntryClocks_UnitId_OpenDue", ["UnitId", "OpenDue"], ["Force", "Draft"]),
        ("Entries", "IX_Entries_State_UnitId_Date", ["State", "UnitId", "Date"], ["UpdatedAt", "OriginId"]),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, before, columns, more) in Indexes)
        {
            migrationBuilder.DropIndex(before, table);
            migrationBuilder.CreateIndex($"{before}_{string.Join('_', more)}", table, [.. columns, .. more]);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, before, columns, more) in Indexes)
        {
            migrationBuilder.DropIndex($"{before}_{string.Join('_', more)}", table);
            migrationBuilder.CreateIndex(before, table, columns);
        }
    }
}

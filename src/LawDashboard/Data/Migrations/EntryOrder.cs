using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>
/// The index over a ledger's days holds entries in the very order of lists, newest first, so that the first page of a list is read
/// off it: until now all entries of a day were sorted for it, and a county has hundreds of them. Another holds what waits for
/// review in the order of waiting.
/// </summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611230340_EntryOrder")]
public sealed class EntryOrder : Migration
{
    const string Waiting = "IX_Entries_Waiting";
    const string Before = "IX_Entries_LedgerKey_Date_UnitId_State", After = "IX_Entries_LedgerKey_Date_Id_UnitId_State";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(After, "Entries", ["LedgerKey", "Date", "Id", "UnitId", "State"]);
        migrationBuilder.DropIndex(Before, "Entries");
        migrationBuilder.CreateIndex(Waiting, "Entries", ["UpdatedAt", "UnitId", "Date", "OriginId"], filter: "\"State\" = 'Submitted'");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(Before, "Entries", ["LedgerKey", "Date", "UnitId", "State"]);
        migrationBuilder.DropIndex(After, "Entries");
        migrationBuilder.DropIndex(Waiting, "Entries");
    }
}

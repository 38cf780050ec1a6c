using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>The reviewer's work: months that are closed, with exceptions; comments; pairs that are not the same event; what was approved of an entry that is open again; rows that list an event of another ledger.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611221320_Review")]
public sealed class Review : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<bool>("Backdated", "Entries", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<string>("ApprovedValues", "Entries", type: Providers.FieldValuesType(ActiveProvider), nullable: true);
        migrationBuilder.AddColumn<long>("OriginId", "Entries", nullable: true);
        migrationBuilder.AddColumn<string>("OriginLedger", "Entries", maxLength: 64, nullable: true);
        migrationBuilder.CreateIndex("IX_Entries_OriginId", "Entries", "OriginId", filter: "\"OriginId\" IS NOT NULL");

        migrationBuilder.CreateTable("PeriodLocks", t => new
        {
            Id = t.Identity<int>(),
            UnitId = t.Column<int>(nullable: false),
            Month = t.Column<int>(nullable: false),
            LockedById = t.Column<int>(nullable: false),
            LockedBy = t.Column<string>(maxLength: 64, nullable: false),
            LockedAt = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_PeriodLocks", x => x.Id));
        migrationBuilder.CreateIndex("IX_PeriodLocks_Month_UnitId", "PeriodLocks", ["Month", "UnitId"], unique: true);

        migrationBuilder.CreateTable("LockExceptions", t => new
        {
            Id = t.Identity<int>(),
            LockId = t.Column<int>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            PersonName = t.Column<string>(maxLength: 64, nullable: false),
            Reason = t.Column<string>(maxLength: 500, nullable: false),
            Until = t.Column<DateOnly>(nullable: false),
            GrantedBy = t.Column<string>(maxLength: 64, nullable: false),
            GrantedAt = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_LockExceptions", x => x.Id));
        migrationBuilder.CreateIndex("IX_LockExceptions_LockId", "LockExceptions", "LockId");

        migrationBuilder.CreateTable("EntryComments", t => new
        {
            Id = t.Identity<long>(),
            EntryId = t.Column<long>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            PersonName = t.Column<string>(maxLength: 64, nullable: false),
            Text = t.Column<string>(maxLength: 500, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            WithdrawnAt = t.Column<DateTime>(nullable: true),
        }, constraints: t => t.PrimaryKey("PK_EntryComments", x => x.Id));
        migrationBuilder.CreateIndex("IX_EntryComments_EntryId", "EntryComments", "EntryId");

        migrationBuilder.CreateTable("CommentNotices", t => new
        {
            PersonId = t.Column<int>(nullable: false),
            CommentId = t.Column<long>(nullable: false),
            EntryId = t.Column<long>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_CommentNotices", x => new { x.PersonId, x.CommentId }));

        migrationBuilder.CreateTable("DifferentEvents", t => new
        {
            Id = t.Identity<long>(),
            EntryId = t.Column<long>(nullable: true),
            OtherId = t.Column<long>(nullable: false),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            Date = t.Column<DateOnly>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            PersonName = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_DifferentEvents", x => x.Id));
        migrationBuilder.CreateIndex("IX_DifferentEvents_EntryId", "DifferentEvents", "EntryId");
        migrationBuilder.CreateIndex("IX_DifferentEvents_OtherId", "DifferentEvents", "OtherId");
        migrationBuilder.CreateIndex("IX_DifferentEvents_PersonId", "DifferentEvents", "PersonId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["DifferentEvents", "CommentNotices", "EntryComments", "LockExceptions", "PeriodLocks"]) migrationBuilder.DropTable(table);
        migrationBuilder.DropIndex("IX_Entries_OriginId", "Entries");
        foreach (var column in (string[])["OriginLedger", "OriginId"]) migrationBuilder.DropColumn(column, "Entries");
        migrationBuilder.DropColumn("ApprovedValues", "Entries");
        migrationBuilder.DropColumn("Backdated", "Entries");
    }
}

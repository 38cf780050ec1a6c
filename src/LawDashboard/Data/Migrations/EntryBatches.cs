using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Batches of entries that are written and undone as one, and how the columns of old Excel files were matched.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611221320_EntryBatches")]
public sealed class EntryBatches : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("EntryBatches", t => new
        {
            Id = t.Identity<int>(),
            Kind = t.Column<string>(maxLength: 32, nullable: false),
            Sentence = t.Column<string>(maxLength: 500, nullable: false),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            PersonName = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            Created = t.Column<int>(nullable: false),
            Changed = t.Column<int>(nullable: false),
            FirstSequence = t.Column<long>(nullable: false),
            LastSequence = t.Column<long>(nullable: false),
            UndoneAt = t.Column<DateTime>(nullable: true),
            UndoneBy = t.Column<string>(maxLength: 64, nullable: true),
        }, constraints: t => t.PrimaryKey("PK_EntryBatches", x => x.Id));
        migrationBuilder.CreateIndex("IX_EntryBatches_Kind_UnitId_At", "EntryBatches", ["Kind", "UnitId", "At"]);

        migrationBuilder.CreateTable("EntryBatchItems", t => new
        {
            BatchId = t.Column<int>(nullable: false),
            EntryId = t.Column<long>(nullable: false),
            Version = t.Column<int>(nullable: false),
            Created = t.Column<bool>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_EntryBatchItems", x => new { x.BatchId, x.EntryId }));
        migrationBuilder.CreateIndex("IX_EntryBatchItems_EntryId", "EntryBatchItems", "EntryId");

        migrationBuilder.CreateTable("ImportLayouts", t => new
        {
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            Fingerprint = t.Column<string>(maxLength: 64, nullable: false),
            Columns = t.Column<string>(nullable: false),
            UsedAt = t.Column<DateTime>(nullable: false),
            UsedBy = t.Column<string>(maxLength: 64, nullable: false),
        }, constraints: t => t.PrimaryKey("PK_ImportLayouts", x => new { x.LedgerKey, x.Fingerprint }));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["ImportLayouts", "EntryBatchItems", "EntryBatches"]) migrationBuilder.DropTable(table);
    }
}

using LawDashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Forms saved while they are typed, receipts of what was sent, files that wait for their entry, what photos say of themselves.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611221330_Recording")]
public sealed class Recording : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("FormDrafts", t => new
        {
            Id = t.Column<Guid>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            EntryId = t.Column<long>(nullable: true),
            EntryVersion = t.Column<int>(nullable: false),
            UnitCode = t.Column<string>(maxLength: 32, nullable: true),
            Typed = t.Column<string>(nullable: false),
            Device = t.Column<string>(maxLength: 16, nullable: false),
            Writer = t.Column<string>(maxLength: 36, nullable: false),
            Sequence = t.Column<long>(nullable: false),
            CreatedAt = t.Column<DateTime>(nullable: false),
            UpdatedAt = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_FormDrafts", x => x.Id));
        migrationBuilder.CreateIndex("IX_FormDrafts_PersonId_UpdatedAt", "FormDrafts", ["PersonId", "UpdatedAt"]);

        migrationBuilder.CreateTable("FormReceipts", t => new
        {
            Id = t.Column<Guid>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            EntryId = t.Column<long>(nullable: false),
            Version = t.Column<int>(nullable: false),
            Fingerprint = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_FormReceipts", x => x.Id));

        migrationBuilder.CreateTable("DraftEvidence", t => new
        {
            Id = t.Identity<long>(),
            DraftId = t.Column<Guid>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            PersonName = t.Column<string>(maxLength: 64, nullable: false),
            Field = t.Column<string>(maxLength: 64, nullable: false),
            Sha256 = t.Column<string>(maxLength: 64, nullable: false),
            Name = t.Column<string>(maxLength: 200, nullable: false),
            ContentType = t.Column<string>(maxLength: 128, nullable: false),
            Size = t.Column<long>(nullable: false),
            UploadedAt = t.Column<DateTime>(nullable: false),
            TakenOn = t.Column<DateOnly>(nullable: true),
            Latitude = t.Column<double>(nullable: true),
            Longitude = t.Column<double>(nullable: true),
        }, constraints: t => t.PrimaryKey("PK_DraftEvidence", x => x.Id));
        migrationBuilder.CreateIndex("IX_DraftEvidence_DraftId_Field_Sha256", "DraftEvidence", ["DraftId", "Field", "Sha256"], unique: true);

        migrationBuilder.AddColumn<DateOnly>("TakenOn", "Evidence", nullable: true);
        migrationBuilder.AddColumn<double>("Latitude", "Evidence", nullable: true);
        migrationBuilder.AddColumn<double>("Longitude", "Evidence", nullable: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var column in (string[])["TakenOn", "Latitude", "Longitude"]) migrationBuilder.DropColumn(column, "Evidence");
        foreach (var table in (string[])["DraftEvidence", "FormReceipts", "FormDrafts"]) migrationBuilder.DropTable(table);
    }
}

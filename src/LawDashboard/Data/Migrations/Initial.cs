using LawDashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace LawDashboard.Data.Migrations;

/// <summary>
/// The first schema. Migrations are written by hand from CLR types, so that one set serves SQLite and PostgreSQL; a test
/// holds the result against the model on both. Column types that differ come from <see cref="Providers"/>.
/// </summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Units", t => new
        {
            Id = t.Identity<int>(),
            Code = t.Column<string>(maxLength: 32, nullable: false),
            Name = t.Column<string>(maxLength: 64, nullable: false),
            Kind = t.Column<string>(maxLength: 32, nullable: false),
            ParentId = t.Column<int>(nullable: true),
            Path = t.Column<string>(maxLength: 128, nullable: false),
            Population = t.Column<int>(nullable: true),
            Order = t.Column<int>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Units", x => x.Id));
        migrationBuilder.CreateIndex("IX_Units_Code", "Units", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Units_Path", "Units", "Path");

        migrationBuilder.CreateTable("Settings", t => new
        {
            Key = t.Column<string>(maxLength: 64, nullable: false),
            Value = t.Column<string>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Settings", x => x.Key));

        migrationBuilder.CreateTable("Accounts", t => new
        {
            Id = t.Identity<int>(),
            DisplayName = t.Column<string>(maxLength: 32, nullable: false),
            Role = t.Column<string>(maxLength: 32, nullable: false),
            UnitId = t.Column<int>(nullable: true),
            Disabled = t.Column<bool>(nullable: false),
            MustChangePassword = t.Column<bool>(nullable: false),
            UserName = t.Column<string>(maxLength: 32, nullable: false),
            NormalizedUserName = t.Column<string>(maxLength: 32, nullable: false),
            PasswordHash = t.Column<string>(maxLength: 256, nullable: true),
            SecurityStamp = t.Column<string>(maxLength: 64, nullable: true),
            ConcurrencyStamp = t.Column<string>(maxLength: 64, nullable: true),
            LockoutEnd = t.Column<DateTimeOffset>(nullable: true),
            LockoutEnabled = t.Column<bool>(nullable: false),
            AccessFailedCount = t.Column<int>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Accounts", x => x.Id));
        migrationBuilder.CreateIndex("IX_Accounts_NormalizedUserName", "Accounts", "NormalizedUserName", unique: true);
        migrationBuilder.CreateIndex("IX_Accounts_UnitId", "Accounts", "UnitId");

        migrationBuilder.CreateTable("AuditEvents", t => new
        {
            Sequence = t.Column<long>(nullable: false),
            At = t.Column<DateTime>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            PersonName = t.Column<string>(maxLength: 64, nullable: false),
            Action = t.Column<string>(maxLength: 32, nullable: false),
            Subject = t.Column<string>(maxLength: 32, nullable: false),
            SubjectId = t.Column<long>(nullable: true),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: true),
            UnitId = t.Column<int>(nullable: true),
            After = t.Column<string>(nullable: true),
            Note = t.Column<string>(nullable: true),
            Hash = t.Column<string>(maxLength: 64, nullable: false),
        }, constraints: t => t.PrimaryKey("PK_AuditEvents", x => x.Sequence));
        migrationBuilder.CreateIndex("IX_AuditEvents_Subject_SubjectId_Sequence", "AuditEvents", ["Subject", "SubjectId", "Sequence"]);

        migrationBuilder.CreateTable("Entries", t => new
        {
            Id = t.Identity<long>(),
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            DefinitionVersion = t.Column<int>(nullable: false),
            UnitId = t.Column<int>(nullable: false),
            Date = t.Column<DateOnly>(nullable: false),
            Number = t.Column<int>(nullable: true),
            Serial = t.Column<string>(maxLength: 96, nullable: true),
            Title = t.Column<string>(maxLength: 300, nullable: false),
            State = t.Column<string>(maxLength: 32, nullable: false),
            StateNote = t.Column<string>(maxLength: 500, nullable: true),
            Values = t.FieldValues(ActiveProvider),
            Version = t.Column<int>(nullable: false),
            CreatedById = t.Column<int>(nullable: false),
            CreatedBy = t.Column<string>(maxLength: 64, nullable: false),
            CreatedAt = t.Column<DateTime>(nullable: false),
            UpdatedAt = t.Column<DateTime>(nullable: false),
            ApprovedBy = t.Column<string>(maxLength: 64, nullable: true),
        }, constraints: t => t.PrimaryKey("PK_Entries", x => x.Id));
        migrationBuilder.CreateIndex("IX_Entries_LedgerKey_Date_UnitId_State", "Entries", ["LedgerKey", "Date", "UnitId", "State"]);
        migrationBuilder.CreateIndex("IX_Entries_State_UnitId_Date", "Entries", ["State", "UnitId", "Date"]);
        migrationBuilder.CreateIndex("IX_Entries_LedgerKey_UnitId_Serial", "Entries", ["LedgerKey", "UnitId", "Serial"], unique: true);

        migrationBuilder.CreateTable("Evidence", t => new
        {
            Id = t.Identity<long>(),
            EntryId = t.Column<long>(nullable: false),
            Field = t.Column<string>(maxLength: 64, nullable: false),
            Sha256 = t.Column<string>(maxLength: 64, nullable: false),
            Name = t.Column<string>(maxLength: 200, nullable: false),
            ContentType = t.Column<string>(maxLength: 128, nullable: false),
            Size = t.Column<long>(nullable: false),
            UploadedById = t.Column<int>(nullable: false),
            UploadedBy = t.Column<string>(maxLength: 64, nullable: false),
            UploadedAt = t.Column<DateTime>(nullable: false),
            Removed = t.Column<bool>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Evidence", x => x.Id));
        migrationBuilder.CreateIndex("IX_Evidence_EntryId_Removed", "Evidence", ["EntryId", "Removed"]);
        migrationBuilder.CreateIndex("IX_Evidence_Sha256", "Evidence", "Sha256");

        migrationBuilder.CreateTable("SerialCounters", t => new
        {
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            Year = t.Column<int>(nullable: false),
            Last = t.Column<int>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_SerialCounters", x => new { x.LedgerKey, x.UnitId, x.Year }));

        migrationBuilder.CreateTable("LedgerVersions", t => new
        {
            LedgerKey = t.Column<string>(maxLength: 64, nullable: false),
            Version = t.Column<int>(nullable: false),
            Json = t.Column<string>(nullable: false),
            Since = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_LedgerVersions", x => new { x.LedgerKey, x.Version }));

        migrationBuilder.CreateTable("Tallies", t => new
        {
            UnitId = t.Column<int>(nullable: false),
            Month = t.Column<int>(nullable: false),
            MeasureKey = t.Column<string>(maxLength: 96, nullable: false),
            Slice = t.Column<string>(maxLength: 96, nullable: false),
            State = t.Column<string>(maxLength: 32, nullable: false),
            Count = t.Column<long>(nullable: false),
            Sum = t.Column<long>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Tallies", x => new { x.MeasureKey, x.UnitId, x.Month, x.Slice, x.State }));

        migrationBuilder.CreateTable("TallyRules", t => new
        {
            MeasureKey = t.Column<string>(maxLength: 96, nullable: false),
            Fingerprint = t.Column<string>(maxLength: 64, nullable: false),
        }, constraints: t => t.PrimaryKey("PK_TallyRules", x => x.MeasureKey));

        migrationBuilder.CreateTable("Targets", t => new
        {
            Id = t.Identity<int>(),
            IndicatorKey = t.Column<string>(maxLength: 96, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            Year = t.Column<int>(nullable: false),
            Value = t.Column<long>(nullable: false),
            Document = t.Column<string>(maxLength: 96, nullable: true),
            IssuedOn = t.Column<DateOnly>(nullable: true),
            EffectiveOn = t.Column<DateOnly>(nullable: false),
            Spread = t.Column<string>(maxLength: 96, nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Targets", x => x.Id));
        migrationBuilder.CreateIndex("IX_Targets_UnitId_Year_IndicatorKey_EffectiveOn", "Targets", ["UnitId", "Year", "IndicatorKey", "EffectiveOn"], unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["Targets", "TallyRules", "Tallies", "LedgerVersions", "SerialCounters", "Evidence", "Entries", "AuditEvents", "Accounts", "Settings", "Units"])
            migrationBuilder.DropTable(table);
    }
}

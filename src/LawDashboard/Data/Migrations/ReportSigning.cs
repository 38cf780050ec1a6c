using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>The life of a report: review, signature, sending and publication; its official parts; sections handed out and comments.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("202611221630_ReportSigning")]
public sealed class ReportSigning : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // What lies there unsigned is being written.
        migrationBuilder.AddColumn<string>("State", "Reports", maxLength: 32, nullable: false, defaultValue: "Drafting");
        migrationBuilder.AddColumn<int>("Corrects", "Reports", nullable: true);
        Steps(migrationBuilder);
        Sections(migrationBuilder);
    }

    static void Steps(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("ReportSteps", t => new
        {
            Id = t.Identity<int>(),
            ReportId = t.Column<int>(nullable: false),
            Version = t.Column<int>(nullable: false),
            Action = t.Column<string>(maxLength: 32, nullable: false),
            PersonId = t.Column<int>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            Text = t.Column<string>(maxLength: 500, nullable: true),
        }, constraints: t => t.PrimaryKey("PK_ReportSteps", x => x.Id));
        migrationBuilder.CreateIndex("IX_ReportSteps_ReportId", "ReportSteps", "ReportId");

        migrationBuilder.CreateTable("ReportSignatures", t => new
        {
            ReportId = t.Column<int>(nullable: false),
            Version = t.Column<int>(nullable: false),
            PersonId = t.Column<int>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            AuditSequence = t.Column<long>(nullable: false),
            Hash = t.Column<string>(maxLength: 64, nullable: false),
            Form = t.Column<string>(nullable: false),
            Findings = t.Column<string>(nullable: false),
            Replaces = t.Column<int>(nullable: true),
        }, constraints: t => t.PrimaryKey("PK_ReportSignatures", x => new { x.ReportId, x.Version }));

        migrationBuilder.CreateTable("ReportDispatches", t => new
        {
            Id = t.Identity<int>(),
            UnitId = t.Column<int>(nullable: false),
            Year = t.Column<int>(nullable: false),
            Kind = t.Column<string>(maxLength: 32, nullable: false),
            On = t.Column<DateOnly>(nullable: false),
            Where = t.Column<string>(maxLength: 200, nullable: false),
            ReportId = t.Column<int>(nullable: true),
            Version = t.Column<int>(nullable: true),
            PersonId = t.Column<int>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_ReportDispatches", x => x.Id));
        migrationBuilder.CreateIndex("IX_ReportDispatches_UnitId_Year", "ReportDispatches", ["UnitId", "Year"]);

        migrationBuilder.CreateTable("ReportForms", t => new
        {
            ReportId = t.Column<int>(nullable: false),
            Content = t.Column<string>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_ReportForms", x => x.ReportId));
    }

    static void Sections(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("ReportAssignments", t => new
        {
            Id = t.Identity<int>(),
            ReportId = t.Column<int>(nullable: false),
            Section = t.Column<string>(maxLength: 200, nullable: false),
            AssigneeId = t.Column<int>(nullable: false),
            Assignee = t.Column<string>(maxLength: 64, nullable: false),
            DueOn = t.Column<DateOnly>(nullable: false),
            SetById = t.Column<int>(nullable: false),
            SetBy = t.Column<string>(maxLength: 64, nullable: false),
            SetAt = t.Column<DateTime>(nullable: false),
            DoneAt = t.Column<DateTime>(nullable: true),
            DoneVersion = t.Column<int>(nullable: true),
        }, constraints: t => t.PrimaryKey("PK_ReportAssignments", x => x.Id));
        migrationBuilder.CreateIndex("IX_ReportAssignments_ReportId_Section", "ReportAssignments", ["ReportId", "Section"], unique: true);
        migrationBuilder.CreateIndex("IX_ReportAssignments_AssigneeId", "ReportAssignments", "AssigneeId");

        migrationBuilder.CreateTable("ReportComments", t => new
        {
            Id = t.Identity<int>(),
            ReportId = t.Column<int>(nullable: false),
            ParentId = t.Column<int>(nullable: true),
            Section = t.Column<string>(maxLength: 200, nullable: false),
            Quote = t.Column<string>(maxLength: 200, nullable: false),
            Text = t.Column<string>(maxLength: 500, nullable: false),
            Named = t.Column<string>(maxLength: 200, nullable: false),
            PersonId = t.Column<int>(nullable: false),
            Person = t.Column<string>(maxLength: 64, nullable: false),
            At = t.Column<DateTime>(nullable: false),
            SettledAt = t.Column<DateTime>(nullable: true),
            SettledBy = t.Column<string>(maxLength: 64, nullable: true),
        }, constraints: t => t.PrimaryKey("PK_ReportComments", x => x.Id));
        migrationBuilder.CreateIndex("IX_ReportComments_ReportId", "ReportComments", "ReportId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in (string[])["ReportComments", "ReportAssignments", "ReportForms", "ReportDispatches", "ReportSignatures", "ReportSteps"]) migrationBuilder.DropTable(table);
        foreach (var column in (string[])["State", "Corrects"]) migrationBuilder.DropColumn(column, "Reports");
    }
}

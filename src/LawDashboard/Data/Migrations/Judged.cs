using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>What a county decides about its indicators: changed measures, the year's assessment tree, judgements.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122170000_Judged")]
public sealed class Judged : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("MeasureRevisions", t => new
        {
            Id = t.Identity<int>(),
            MeasureKey = t.Column<string>(maxLength: 96, nullable: false),
            Definition = t.Column<string>(nullable: true),
            Reason = t.Column<string>(maxLength: 500, nullable: false),
            SetById = t.Column<int>(nullable: false),
            SetBy = t.Column<string>(maxLength: 32, nullable: false),
            SetAt = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_MeasureRevisions", x => x.Id));
        migrationBuilder.CreateIndex("IX_MeasureRevisions_MeasureKey", "MeasureRevisions", "MeasureKey");
        migrationBuilder.CreateTable("AssessmentTrees", t => new
        {
            Id = t.Identity<int>(),
            Year = t.Column<int>(nullable: false),
            FileName = t.Column<string>(maxLength: 200, nullable: false),
            Leaves = t.Column<string>(nullable: false),
            Reason = t.Column<string>(maxLength: 500, nullable: false),
            SetById = t.Column<int>(nullable: false),
            SetBy = t.Column<string>(maxLength: 32, nullable: false),
            SetAt = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_AssessmentTrees", x => x.Id));
        migrationBuilder.CreateIndex("IX_AssessmentTrees_Year", "AssessmentTrees", "Year");
        migrationBuilder.CreateTable("Judgements", t => new
        {
            Id = t.Identity<int>(),
            IndicatorKey = t.Column<string>(maxLength: 96, nullable: false),
            UnitId = t.Column<int>(nullable: false),
            Year = t.Column<int>(nullable: false),
            Grade = t.Column<string>(maxLength: 32, nullable: false),
            Text = t.Column<string>(maxLength: 2000, nullable: false),
            Reason = t.Column<string>(maxLength: 500, nullable: true),
            SetById = t.Column<int>(nullable: false),
            SetBy = t.Column<string>(maxLength: 32, nullable: false),
            SetAt = t.Column<DateTime>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_Judgements", x => x.Id));
        migrationBuilder.CreateIndex("IX_Judgements_UnitId_Year_IndicatorKey", "Judgements", ["UnitId", "Year", "IndicatorKey"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("Judgements");
        migrationBuilder.DropTable("AssessmentTrees");
        migrationBuilder.DropTable("MeasureRevisions");
    }
}

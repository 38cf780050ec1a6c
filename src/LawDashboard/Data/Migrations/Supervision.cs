using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LawDashboard.Data.Migrations;

/// <summary>Supervised tasks and what was done to them.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122141000_Supervision")]
public sealed class Supervision : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("SupervisedTasks", t => new
        {
            Id = t.Identity<int>(),
            Title = t.Column<string>(maxLength: 200, nullable: false),
            Href = t.Column<string>(maxLength: 400, nullable: false),
            GapKey = t.Column<string>(maxLength: 128, nullable: true),
            UnitId = t.Column<int>(nullable: false),
            AssigneeId = t.Column<int>(nullable: true),
            Assignee = t.Column<string>(maxLength: 32, nullable: true),
            DueOn = t.Column<DateOnly>(nullable: false),
            State = t.Column<string>(maxLength: 32, nullable: false),
            SetById = t.Column<int>(nullable: false),
            SetBy = t.Column<string>(maxLength: 32, nullable: false),
            SetAt = t.Column<DateTime>(nullable: false),
            Version = t.Column<int>(nullable: false),
        }, constraints: t => t.PrimaryKey("PK_SupervisedTasks", x => x.Id));
        migrationBuilder.CreateIndex("IX_SupervisedTasks_State_UnitId", "SupervisedTasks", ["State", "UnitId"]);
        migrationBuilder.CreateTable("SupervisionSteps", t => new
        {
            Id = t.Identity<int>(),
            TaskId = t.Column<int>(nullable: false),
            At = t.Column<DateTime>(nullable: false),
            PersonName = t.Column<string>(maxLength: 32, nullable: false),
            Action = t.Column<string>(maxLength: 32, nullable: false),
            Text = t.Column<string>(maxLength: 500, nullable: true),
        }, constraints: t => t.PrimaryKey("PK_SupervisionSteps", x => x.Id));
        migrationBuilder.CreateIndex("IX_SupervisionSteps_TaskId", "SupervisionSteps", "TaskId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("SupervisionSteps");
        migrationBuilder.DropTable("SupervisedTasks");
    }
}

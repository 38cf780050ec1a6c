using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Supervision;

/// <summary>督办中 → 已反馈 → 已办结; an answer that is not enough goes back.</summary>
public enum SupervisionState { Open, Answered, Closed }

/// <summary>What was done to a supervised task.</summary>
public enum SupervisionAction { Assign, Feedback, Remind, SendBack, Close }

/// <summary>A piece of work handed to a unit, or to one person of it, with a day by which it is to be done (督办事项).</summary>
public sealed class SupervisedTask
{
    public int Id { get; set; }
    public required string Title { get; set; }
    /// <summary>Where it can be seen or done; an address of this program.</summary>
    public required string Href { get; set; }
    /// <summary>The gap it came from; null when it was written by hand.</summary>
    public string? GapKey { get; set; }
    public required int UnitId { get; set; }
    /// <summary>The account that is to act; null for whoever records in the unit.</summary>
    public int? AssigneeId { get; set; }
    public string? Assignee { get; set; }
    public required DateOnly DueOn { get; set; }
    public SupervisionState State { get; set; }
    public required int SetById { get; set; }
    public required string SetBy { get; set; }
    public required DateTime SetAt { get; set; }
    /// <summary>Raised by every change; whoever acts names the one that he saw.</summary>
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SupervisedTask>
    {
        public void Configure(EntityTypeBuilder<SupervisedTask> task)
        {
            task.ToTable("SupervisedTasks");
            task.Property(t => t.Title).HasMaxLength(200);
            task.Property(t => t.Href).HasMaxLength(400);
            task.Property(t => t.GapKey).HasMaxLength(128);
            task.Property(t => t.Assignee).HasMaxLength(32);
            task.Property(t => t.SetBy).HasMaxLength(32);
            task.HasIndex(t => new { t.State, t.UnitId });
        }
    }
}

/// <summary>One line of a supervised task's history.</summary>
public sealed class SupervisionStep
{
    public int Id { get; set; }
    public required int TaskId { get; set; }
    public required DateTime At { get; set; }
    public required string PersonName { get; set; }
    public required SupervisionAction Action { get; set; }
    public string? Text { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SupervisionStep>
    {
        public void Configure(EntityTypeBuilder<SupervisionStep> step)
        {
            step.ToTable("SupervisionSteps");
            step.Property(s => s.PersonName).HasMaxLength(32);
            step.Property(s => s.Text).HasMaxLength(500);
            step.HasIndex(s => s.TaskId);
        }
    }
}

public static class SupervisionSets
{
    extension(AppDbContext db)
    {
        public DbSet<SupervisedTask> SupervisedTasks => db.Set<SupervisedTask>();
        public DbSet<SupervisionStep> SupervisionSteps => db.Set<SupervisionStep>();
    }
}

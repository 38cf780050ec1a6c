using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LawDashboard.Features.Overview;

/// <summary>How a person arranged his overview; kept on the server, so that it is the same on his phone.</summary>
public sealed class OverviewHabit
{
    public required int PersonId { get; set; }
    /// <summary>See <see cref="Arrangement.Text"/>.</summary>
    public required string Blocks { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OverviewHabit>
    {
        public void Configure(EntityTypeBuilder<OverviewHabit> habit)
        {
            habit.ToTable("OverviewHabits");
            habit.HasKey(h => h.PersonId);
            habit.Property(h => h.PersonId).ValueGeneratedNever();
            habit.Property(h => h.Blocks).HasMaxLength(400);
        }
    }
}

/// <summary>Keeps how each person arranged his overview.</summary>
public sealed class OverviewHabits(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, OverviewLayout layout)
{
    /// <summary>As the person arranged it, or as his role has it.</summary>
    public async Task<Arrangement> OfAsync(Person person, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var own = await db.Set<OverviewHabit>().AsNoTracking().Where(habit => habit.PersonId == person.Id).Select(habit => habit.Blocks).SingleOrDefaultAsync(cancel);
        return (await OfRoleAsync(person, cancel)).With(own);
    }

    public async Task SaveAsync(Person person, Arrangement arrangement, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginSmallWriteAsync(cancel);
        if (await db.Set<OverviewHabit>().FindAsync([person.Id], cancel) is { } habit) habit.Blocks = arrangement.Text;
        else db.Add(new OverviewHabit { PersonId = person.Id, Blocks = arrangement.Text });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Back to what the role has.</summary>
    public async Task<Arrangement> ResetAsync(Person person, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Set<OverviewHabit>().Where(habit => habit.PersonId == person.Id).ExecuteDeleteAsync(cancel);
        return await OfRoleAsync(person, cancel);
    }

    async Task<Arrangement> OfRoleAsync(Person person, CancellationToken cancel) => layout.Of(Arrangement.KindOf(person, await units.TreeAsync(cancel)));
}

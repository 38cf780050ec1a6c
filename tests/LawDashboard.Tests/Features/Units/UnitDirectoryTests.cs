using System.Data.Common;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LawDashboard.Tests.Features.Units;

public sealed class UnitDirectoryTests
{
    [DatabaseTheory, Databases]
    public async Task A_unit_that_is_added_while_the_tree_is_read_is_there_the_next_time(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var meanwhile = new Meanwhile();
        var units = new UnitDirectory(new Contexts(database.Settings, meanwhile));
        await units.AddAsync([new("NZ", "南郑区", UnitKind.County)]);
        meanwhile.Once = () => units.AddAsync([new("FZ", "法镇", UnitKind.Town, "NZ")]);
        Assert.Equal(["NZ"], (await units.TreeAsync()).All.Select(unit => unit.Code));
        Assert.Equal(["NZ", "FZ"], (await units.TreeAsync()).All.Select(unit => unit.Code));
    }

    /// <summary>Does something once between a question's being asked and its rows being read.</summary>
    sealed class Meanwhile : DbCommandInterceptor
    {
        public Func<Task>? Once { get; set; }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            var now = Once;
            Once = null;
            if (now is not null) await now();
            return result;
        }
    }

    sealed class Contexts(DatabaseSettings settings, Meanwhile meanwhile) : IDbContextFactory<AppDbContext>
    {
        readonly DbContextOptions<AppDbContext> options = (DbContextOptions<AppDbContext>)new DbContextOptionsBuilder<AppDbContext>()
            .UseLawDatabase(settings).AddInterceptors(meanwhile).Options;

        public AppDbContext CreateDbContext() => new(options);
    }
}

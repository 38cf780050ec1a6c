using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LawDashboard.Data;

/// <summary>
/// A question that is asked with every save, translated once: a compiled query of EF's belongs to the model of one provider,
/// and a process may use both.
/// </summary>
public sealed class PerModel<TQuery>(Func<TQuery> compile) where TQuery : class
{
    readonly ConditionalWeakTable<IModel, TQuery> compiled = [];

    public TQuery For(AppDbContext db) => compiled.GetValue(db.Model, _ => compile());
}

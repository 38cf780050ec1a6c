using System.Linq.Expressions;
using LawDashboard.Data;

namespace LawDashboard.Features.Ledgers;

/// <summary>Count and sums of the entries in one state, so that the rows of a list are gone through once for all its totals.</summary>
sealed class StateTotals
{
    /// <summary>How many sums fit in.</summary>
    public const int Room = 6;

    public EntryState State { get; init; }
    public int Count { get; init; }
    public long? Sum0 { get; init; }
    public long? Sum1 { get; init; }
    public long? Sum2 { get; init; }
    public long? Sum3 { get; init; }
    public long? Sum4 { get; init; }
    public long? Sum5 { get; init; }

    public long? this[int i] => i switch { 0 => Sum0, 1 => Sum1, 2 => Sum2, 3 => Sum3, 4 => Sum4, _ => Sum5 };

    /// <summary>What to select from entries grouped by state for these number fields.</summary>
    public static Expression<Func<IGrouping<EntryState, Entry>, StateTotals>> Of(IReadOnlyList<string> fields)
    {
        var group = Expression.Parameter(typeof(IGrouping<EntryState, Entry>), "group");
        var parts = new List<MemberBinding>
        {
            Bind(nameof(State), Expression.Property(group, nameof(IGrouping<,>.Key))),
            Bind(nameof(Count), Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [typeof(Entry)], group)),
        };
        parts.AddRange(fields.Select((field, at) => Bind($"Sum{at}",
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Sum), [typeof(Entry)], group, EntryReader.Read<long?>(nameof(FieldValuesSql.Number), field)))));
        return Expression.Lambda<Func<IGrouping<EntryState, Entry>, StateTotals>>(Expression.MemberInit(Expression.New(typeof(StateTotals)), parts), group);

        static MemberAssignment Bind(string name, Expression value) => Expression.Bind(typeof(StateTotals).GetProperty(name)!, value);
    }
}

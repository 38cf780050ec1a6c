using System.Linq.Expressions;

namespace LawDashboard.Data;

/// <summary>
/// A rule written as an expression tree, ready to decide in memory. Compiling a tree costs milliseconds, and the program
/// has hundreds of them of which a session asks a few dozen: one that was never asked is not made ready at all, one that
/// is seldom asked is interpreted, and only one that is asked often is compiled. All give the same answer.
/// </summary>
public sealed class Decision<T>(Expression<Func<T, bool>> rule)
{
    /// <summary>Compiling is worth about so many interpreted answers.</summary>
    internal const int Often = 200;

    readonly Lazy<Func<T, bool>> interpreted = new(() => rule.Compile(preferInterpretation: true));
    readonly Lazy<Func<T, bool>> compiled = new(() => rule.Compile());
    int asked;

    public bool Holds(T value)
    {
        // Threads that count at the same moment may lose a count, which only delays the compiling.
        if (asked >= Often) return compiled.Value(value);
        asked++;
        return interpreted.Value(value);
    }
}

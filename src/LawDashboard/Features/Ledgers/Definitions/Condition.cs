using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using LawDashboard.Data;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>
/// A rule over the values of one entry, written as data. It is compiled to decide in memory and translated by EF to
/// select rows: one tree, so the two cannot disagree. A comparison with an empty field is false; <c>not</c> of it true.
/// </summary>
[JsonConverter(typeof(ConditionJson))]
public abstract record Condition
{
    /// <summary>Keys of the fields it looks at.</summary>
    public abstract IEnumerable<string> Fields { get; }

    /// <summary>The rule over an expression of type <see cref="FieldValues"/>. Numbers are compared in the field's stored steps.</summary>
    public abstract Expression Build(Expression values, LedgerDefinition ledger);

    /// <summary>The rule over values, for validation and conditional fields. Keep it: it gets faster when it is asked often.</summary>
    public Func<FieldValues, bool> Compile(LedgerDefinition ledger)
    {
        var values = Expression.Parameter(typeof(FieldValues), "values");
        return new Decision<FieldValues>(Expression.Lambda<Func<FieldValues, bool>>(Build(values, ledger), values)).Holds;
    }

    /// <summary>Whether it holds for the values. A condition belongs to one definition, so it is made ready once for its lifetime.</summary>
    public bool Holds(LedgerDefinition ledger, FieldValues values) => Ready.GetValue(this, condition => condition.Compile(ledger))(values);

    static readonly ConditionalWeakTable<Condition, Func<FieldValues, bool>> Ready = [];

    protected static Expression Read(string reader, Expression values, params object[] arguments) =>
        Expression.Call(typeof(FieldValuesSql), reader, null, [values, .. arguments.Select(Expression.Constant)]);

    protected static Expression And(Expression left, Expression right) => Expression.AndAlso(left, right);

    /// <summary>The field's value is one of the codes; for several-of fields, any of its codes is.</summary>
    public sealed record Is(string Field, IReadOnlyList<string> Codes) : Condition
    {
        public override IEnumerable<string> Fields => [Field];

        public override Expression Build(Expression values, LedgerDefinition ledger)
        {
            if (Codes.Count == 0) return Expression.Constant(false);
            return ledger.Field(Field)?.Type == FieldType.SeveralOf
                ? Codes.Select(code => Read(nameof(FieldValuesSql.Has), values, Field, code)).Aggregate(Expression.OrElse)
                : Codes.Select(code => (Expression)Expression.Equal(
                    Read(nameof(FieldValuesSql.Text), values, Field), Expression.Constant(code, typeof(string)))).Aggregate(Expression.OrElse);
        }

        public bool Equals(Is? other) => other is not null && Field == other.Field && Codes.SequenceEqual(other.Codes);
        public override int GetHashCode() => HashCode.Combine(Field, Codes.Count);
    }

    /// <summary>The field has, or has not, a value.</summary>
    public sealed record Filled(string Field, bool Wanted) : Condition
    {
        public override IEnumerable<string> Fields => [Field];

        public override Expression Build(Expression values, LedgerDefinition ledger)
        {
            var filled = Read(nameof(FieldValuesSql.Filled), values, Field);
            return Wanted ? filled : Expression.Not(filled);
        }
    }

    /// <summary>The yes/no field is yes; or, when no is wanted, is not yes (no or empty).</summary>
    public sealed record Yes(string Field, bool Wanted) : Condition
    {
        public override IEnumerable<string> Fields => [Field];

        public override Expression Build(Expression values, LedgerDefinition ledger)
        {
            var yes = Expression.Equal(Read(nameof(FieldValuesSql.Flag), values, Field), Expression.Constant(true, typeof(bool?)));
            return Wanted ? yes : Expression.Not(yes);
        }
    }

    /// <summary>The number lies between the bounds, both included, as a user would type them.</summary>
    public sealed record Between(string Field, decimal? AtLeast, decimal? AtMost) : Condition
    {
        public override IEnumerable<string> Fields => [Field];

        public override Expression Build(Expression values, LedgerDefinition ledger)
        {
            var steps = ledger.Field(Field)?.Steps ?? 1;
            var number = Read(nameof(FieldValuesSql.Number), values, Field);
            Expression test = Expression.NotEqual(number, Expression.Constant(null, typeof(long?)));
            if (AtLeast is { } least) test = And(test, Expression.GreaterThanOrEqual(number, Expression.Constant((long?)decimal.Ceiling(least * steps), typeof(long?))));
            if (AtMost is { } most) test = And(test, Expression.LessThanOrEqual(number, Expression.Constant((long?)decimal.Floor(most * steps), typeof(long?))));
            return test;
        }
    }

    /// <summary>The date is at most so many natural days after another date of the entry; both must be filled.</summary>
    public sealed record Within(string Field, int Days, string Of) : Condition
    {
        public override IEnumerable<string> Fields => [Field, Of];

        public override Expression Build(Expression values, LedgerDefinition ledger)
        {
            var date = Read(nameof(FieldValuesSql.Date), values, Field);
            var start = Read(nameof(FieldValuesSql.Date), values, Of);
            var limit = Expression.Call(Expression.Property(start, nameof(Nullable<DateOnly>.Value)), nameof(DateOnly.AddDays), null, Expression.Constant(Days));
            return And(And(Present(date), Present(start)),
                Expression.LessThanOrEqual(Expression.Property(date, nameof(Nullable<DateOnly>.Value)), limit));
        }
    }

    /// <summary>The date lies in a range, both ends included; an open end is null.</summary>
    public sealed record Dated(string Field, DateOnly? From, DateOnly? To) : Condition
    {
        public override IEnumerable<string> Fields => [Field];

        public override Expression Build(Expression values, LedgerDefinition ledger)
        {
            var date = Read(nameof(FieldValuesSql.Date), values, Field);
            var test = Present(date);
            var day = Expression.Property(date, nameof(Nullable<DateOnly>.Value));
            if (From is { } from) test = And(test, Expression.GreaterThanOrEqual(day, Expression.Constant(from)));
            if (To is { } to) test = And(test, Expression.LessThanOrEqual(day, Expression.Constant(to)));
            return test;
        }
    }

    public sealed record All(IReadOnlyList<Condition> Parts) : Condition
    {
        public override IEnumerable<string> Fields => Parts.SelectMany(part => part.Fields);
        public override Expression Build(Expression values, LedgerDefinition ledger) =>
            Parts.Select(part => part.Build(values, ledger)).Aggregate((Expression)Expression.Constant(true), (a, b) => a is ConstantExpression ? b : And(a, b));
        public bool Equals(All? other) => other is not null && Parts.SequenceEqual(other.Parts);
        public override int GetHashCode() => Parts.Count;
    }

    public sealed record Any(IReadOnlyList<Condition> Parts) : Condition
    {
        public override IEnumerable<string> Fields => Parts.SelectMany(part => part.Fields);
        public override Expression Build(Expression values, LedgerDefinition ledger) =>
            Parts.Select(part => part.Build(values, ledger)).Aggregate((Expression)Expression.Constant(false), (a, b) => a is ConstantExpression ? b : Expression.OrElse(a, b));
        public bool Equals(Any? other) => other is not null && Parts.SequenceEqual(other.Parts);
        public override int GetHashCode() => Parts.Count;
    }

    public sealed record Not(Condition Part) : Condition
    {
        public override IEnumerable<string> Fields => Part.Fields;
        public override Expression Build(Expression values, LedgerDefinition ledger) => Expression.Not(Part.Build(values, ledger));
    }

    static Expression Present(Expression date) => Expression.NotEqual(date, Expression.Constant(null, typeof(DateOnly?)));
}

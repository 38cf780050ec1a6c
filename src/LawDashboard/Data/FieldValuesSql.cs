using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using System.Linq.Expressions;
using System.Reflection;

namespace LawDashboard.Data;

/// <summary>
/// Readers of <see cref="FieldValues"/> for use inside queries. In memory they call the instance readers; EF translates
/// them to <c>json_extract</c> on SQLite and the jsonb functions on PostgreSQL, so one expression tree serves both.
/// The key must be a constant in the tree: it becomes part of the SQL, and so of expression indexes.
/// </summary>
public static class FieldValuesSql
{
    public static string? Text(FieldValues values, string key) => values.Text(key);
    public static long? Number(FieldValues values, string key) => values.Number(key);
    public static bool? Flag(FieldValues values, string key) => values.Flag(key);
    public static DateOnly? Date(FieldValues values, string key) => values.Date(key);
    public static bool Has(FieldValues values, string key, string item) => values.Has(key, item);
    public static bool Filled(FieldValues values, string key) => values.Filled(key);

    static readonly PropertyConverter Converter = new();

    /// <summary>Maps a property of type <see cref="FieldValues"/>: jsonb on PostgreSQL, JSON text on SQLite.</summary>
    public static PropertyBuilder<FieldValues> IsFieldValues(this PropertyBuilder<FieldValues> property) =>
        property.HasConversion(Converter, new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<FieldValues>(
            (a, b) => a == null ? b == null : a.Equals(b), v => v.GetHashCode(), v => v));

    internal static void Map(ModelBuilder model, bool postgres)
    {
        Add(nameof(Text), postgres ? (a => Path(a)) : (a => Extract(a, typeof(string))));
        Add(nameof(Number), postgres ? (a => Cast(Path(a), typeof(long), "bigint")) : (a => Extract(a, typeof(long))));
        Add(nameof(Flag), postgres ? (a => Cast(Path(a), typeof(bool), "boolean")) : (a => Extract(a, typeof(bool))));
        Add(nameof(Date), postgres ? (a => Cast(Path(a), typeof(DateOnly), "date")) : (a => Extract(a, typeof(DateOnly))));
        Add(nameof(Filled), postgres
            ? (a => Call("jsonb_exists", [a[0], a[1]], typeof(bool), nullable: false))
            : (a => new SqlUnaryExpression(ExpressionType.NotEqual, Call("json_type", [a[0], JsonPath(a[1])], typeof(string)), typeof(bool), new BoolTypeMapping("INTEGER"))));
        Add(nameof(Has), postgres
            ? (a => Call("coalesce", [Call("jsonb_exists", [Call("jsonb_extract_path", [a[0], a[1]], typeof(string)), a[2]], typeof(bool)),
                new SqlConstantExpression(false, TrueFalse.Instance)], typeof(bool), nullable: false))
            : (a => new SqlBinaryExpression(ExpressionType.GreaterThan,
                Call("coalesce", [Call("instr", [Call("json_extract", [a[0], JsonPath(a[1])], typeof(string)), Quoted(a[2])], typeof(int)),
                    new SqlConstantExpression(0, new IntTypeMapping("INTEGER"))], typeof(int), nullable: false),
                new SqlConstantExpression(0, new IntTypeMapping("INTEGER")), typeof(bool), new BoolTypeMapping("INTEGER"))));

        void Add(string name, Func<IReadOnlyList<SqlExpression>, SqlExpression> translate)
        {
            var method = typeof(FieldValuesSql).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!;
            var function = model.HasDbFunction(method).HasTranslation(translate);
            var mapping = FieldValuesMapping(postgres);
            function.HasParameter("values").Metadata.TypeMapping = mapping;
        }
    }

    static RelationalTypeMapping FieldValuesMapping(bool postgres) =>
        (RelationalTypeMapping)new StringTypeMapping(postgres ? "jsonb" : "TEXT", System.Data.DbType.String).WithComposedConverter(Converter);

    static SqlFunctionExpression Extract(IReadOnlyList<SqlExpression> a, Type type) => Call("json_extract", [a[0], JsonPath(a[1])], type);
    static SqlFunctionExpression Path(IReadOnlyList<SqlExpression> a) => Call("jsonb_extract_path_text", [a[0], a[1]], typeof(string));
    static SqlExpression Cast(SqlExpression operand, Type type, string store) =>
        new SqlUnaryExpression(ExpressionType.Convert, operand, type, Mapping(type, store));
    static SqlFunctionExpression Call(string name, SqlExpression[] arguments, Type type, bool nullable = true) =>
        // Dates take the provider's own mapping from what they are compared with; the rest EF does not infer inside functions.
        // No argument passes its nullness on: a field may be absent in values that are there, and EF must not conclude otherwise.
        new(name, arguments, nullable, arguments.Select(_ => false), type, type == typeof(DateOnly) ? null : Mapping(type, StoreType(type)));

    static string StoreType(Type type) => type == typeof(string) ? "TEXT" : type == typeof(bool) ? "BOOLEAN" : type == typeof(int) ? "INTEGER" : "BIGINT";

    static RelationalTypeMapping Mapping(Type type, string store) =>
        type == typeof(long) ? new LongTypeMapping(store)
        : type == typeof(int) ? new IntTypeMapping(store)
        : type == typeof(bool) ? store == TrueFalse.Instance.StoreType ? TrueFalse.Instance : new BoolTypeMapping(store)
        : type == typeof(DateOnly) ? new DateOnlyTypeMapping(store)
        : new StringTypeMapping(store, System.Data.DbType.String);

    static SqlConstantExpression JsonPath(SqlExpression key) => new("$." + Constant(key), new StringTypeMapping("TEXT", System.Data.DbType.String));
    static SqlConstantExpression Quoted(SqlExpression item) => new($"\"{Constant(item)}\"", new StringTypeMapping("TEXT", System.Data.DbType.String));
    static string Constant(SqlExpression expression) => expression is SqlConstantExpression { Value: string text }
        ? text : throw new InvalidOperationException("Field keys and codes must be constants in a query.");

    /// <summary>PostgreSQL's booleans are written TRUE and FALSE; EF's general mapping writes 1 and 0.</summary>
    sealed class TrueFalse : BoolTypeMapping
    {
        public static readonly TrueFalse Instance = new(new RelationalTypeMappingParameters(new CoreTypeMappingParameters(typeof(bool)), "boolean"));

        TrueFalse(RelationalTypeMappingParameters parameters) : base(parameters) { }

        protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) => new TrueFalse(parameters);
        protected override string GenerateNonNullSqlLiteral(object value) => (bool)value ? "TRUE" : "FALSE";
    }

    sealed class PropertyConverter() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<FieldValues, string>(
        values => values.Json, json => FieldValues.Parse(json));
}

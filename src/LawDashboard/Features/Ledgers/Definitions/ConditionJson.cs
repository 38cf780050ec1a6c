using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>
/// The written form of a condition:
/// <c>{"field":"result","is":["success"]}</c>, <c>{"field":"closedOn","filled":true}</c>, <c>{"field":"isExam","yes":true}</c>,
/// <c>{"field":"people","atLeast":5,"atMost":50}</c>, <c>{"field":"closedOn","within":60,"of":"acceptedOn"}</c>,
/// <c>{"field":"heldOn","from":"2026-05-01","to":"2026-05-31"}</c>, <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":…}</c>.
/// </summary>
public sealed class ConditionJson : JsonConverter<Condition>
{
    public override Condition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        From(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, Condition value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case Condition.All all: List("all", all.Parts); break;
            case Condition.Any any: List("any", any.Parts); break;
            case Condition.Not not: writer.WritePropertyName("not"); Write(writer, not.Part, options); break;
            case Condition.Is @is:
                writer.WriteString("field", @is.Field);
                writer.WriteStartArray("is");
                foreach (var code in @is.Codes) writer.WriteStringValue(code);
                writer.WriteEndArray();
                break;
            case Condition.Filled filled: writer.WriteString("field", filled.Field); writer.WriteBoolean("filled", filled.Wanted); break;
            case Condition.Yes yes: writer.WriteString("field", yes.Field); writer.WriteBoolean("yes", yes.Wanted); break;
            case Condition.Between between:
                writer.WriteString("field", between.Field);
                if (between.AtLeast is { } least) writer.WriteNumber("atLeast", least);
                if (between.AtMost is { } most) writer.WriteNumber("atMost", most);
                break;
            case Condition.Within within: writer.WriteString("field", within.Field); writer.WriteNumber("within", within.Days); writer.WriteString("of", within.Of); break;
            case Condition.Dated dated:
                writer.WriteString("field", dated.Field);
                if (dated.From is { } from) writer.WriteString("from", Data.FieldValues.Iso(from));
                if (dated.To is { } to) writer.WriteString("to", Data.FieldValues.Iso(to));
                break;
        }
        writer.WriteEndObject();

        void List(string name, IReadOnlyList<Condition> parts)
        {
            writer.WriteStartArray(name);
            foreach (var part in parts) Write(writer, part, options);
            writer.WriteEndArray();
        }
    }

    static Condition From(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new JsonException("条件应写成 {…}");
        var members = json.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        Condition condition = members switch
        {
            _ when Take("all") is { } all => new Condition.All([.. Parts(all)]),
            _ when Take("any") is { } any => new Condition.Any([.. Parts(any)]),
            _ when Take("not") is { } not => new Condition.Not(From(not)),
            _ => OfField(Take("field")?.GetString() ?? throw new JsonException("条件缺少 field、all、any 或 not")),
        };
        if (members.Count > 0) throw new JsonException($"条件里有不认识的写法“{members.Keys.First()}”");
        return condition;

        JsonElement? Take(string name) => members.Remove(name, out var element) ? element : null;

        Condition OfField(string field)
        {
            if (Take("is") is { } codes)
                return new Condition.Is(field, codes.ValueKind == JsonValueKind.Array ? [.. codes.EnumerateArray().Select(Code)] : [Code(codes)]);
            if (Take("filled") is { } filled) return new Condition.Filled(field, filled.GetBoolean());
            if (Take("yes") is { } yes) return new Condition.Yes(field, yes.GetBoolean());
            if (Take("within") is { } within)
                return new Condition.Within(field, within.GetInt32(), Take("of")?.GetString() ?? throw new JsonException("within 需要 of 指明起算日期的字段"));
            var (from, to) = (Take("from"), Take("to"));
            if (from is not null || to is not null) return new Condition.Dated(field, Day(from), Day(to));
            var (least, most) = (Take("atLeast"), Take("atMost"));
            if (least is not null || most is not null) return new Condition.Between(field, least?.GetDecimal(), most?.GetDecimal());
            throw new JsonException($"字段“{field}”的条件没有写比较方式（is、filled、yes、atLeast、atMost、within、from、to）");
        }
    }

    static IEnumerable<Condition> Parts(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(From) : throw new JsonException("all、any 后应写列表 […]");

    static string Code(JsonElement element) => element.GetString() ?? throw new JsonException("is 后应写字典代码");

    static DateOnly? Day(JsonElement? element) => element is not { } value ? null
        : DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw new JsonException($"日期“{value}”应写成 2026-01-31");
}

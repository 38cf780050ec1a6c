using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Tests.Features.Indicators;

namespace LawDashboard.Tests.Data;

/// <summary>What is stored of an entry is read as it was written.</summary>
public sealed class FieldValuesTests
{
    [Fact]
    public void Generated_values_are_read_back_whole_or_as_far_as_asked()
    {
        for (var seed = 1; seed <= TestScale.Of(20, 2_000); seed++)
        {
            var dice = new CountingPropertyTests.Dice(seed);
            var catalog = dice.Catalog();
            foreach (var ledger in catalog.Ledgers)
            {
                var values = dice.Values(ledger, catalog);
                Assert.Equal(values, FieldValues.Parse(values.Json));
                string[] some = [.. ledger.Fields.Select(field => field.Key).Where((_, i) => (i + seed) % 3 == 0)];
                Assert.Equal(FieldValues.From(some.Select(key => KeyValuePair.Create(key, values[key]))), FieldValues.Parse(Encoding.UTF8.GetBytes(values.Json), new(some)));
            }
        }
    }

    [Theory]
    [InlineData("""{"a":"“引号”与\\反斜线\n换行\t🀄","b":-9007199254740993,"c":true,"d":["甲","乙"]}""")]
    [InlineData("""{"a":"\u6cd5\u5f8b\ud83c\udf32"}""")]
    [InlineData("{}")]
    public void Every_kind_of_value_keeps_what_it_holds(string json)
    {
        var values = FieldValues.Parse(json);
        Assert.Equal(values, FieldValues.Parse(values.Json));
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
            Assert.Equal(property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Number => property.Value.GetInt64(),
                JsonValueKind.True => true,
                _ => property.Value.EnumerateArray().Select(item => item.GetString()).ToArray(),
            }, values[property.Name]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("\"a\"")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1} {}")]
    [InlineData("{\"a\":{\"b\":1}}")]
    public void Anything_but_one_object_of_plain_values_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => FieldValues.Parse(json));
}

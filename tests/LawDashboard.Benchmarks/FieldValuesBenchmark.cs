using System.Text.Json;
using LawDashboard.Data;

namespace LawDashboard.Benchmarks;

/// <summary>Reading the JSON of an entry's values, which every listed and exported row pays, against the bare parser.</summary>
static class FieldValuesBenchmark
{
    const int Rows = 100_000;

    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        var json = FieldValues.From(Enumerable.Range(0, 15).Select(i =>
            KeyValuePair.Create(FormattableString.Invariant($"field{i}"), (object?)(i % 3 == 0 ? i : "婚姻家庭纠纷")))).Json;
        var floor = await Measured.BestOfAsync(5, () =>
        {
            for (var row = 0; row < Rows; row++) JsonDocument.Parse(json).Dispose();
        });
        var own = await Measured.BestOfAsync(5, () =>
        {
            for (var row = 0; row < Rows; row++) FieldValues.Parse(json);
        });
        yield return new("Values of 100,000 entries read from JSON, 15 fields each", own.Milliseconds, "ms",
            own.Milliseconds / floor.Milliseconds, FormattableString.Invariant($"the bare parser, {floor.Milliseconds:0} ms"));
    }
}

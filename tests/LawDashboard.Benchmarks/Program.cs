using System.Text.Encodings.Web;
using System.Text.Json;
using LawDashboard.Benchmarks;

// dotnet run -c Release --project tests/LawDashboard.Benchmarks [NAME …]: the named benchmarks, or all; one JSON line a figure.
#if DEBUG
Console.Error.WriteLine("Figures of a Debug build mean nothing: run with -c Release.");
return 2;
#else
var benchmarks = new Dictionary<string, Func<IAsyncEnumerable<BenchmarkLine>>>(StringComparer.OrdinalIgnoreCase)
{
    ["field-values"] = FieldValuesBenchmark.RunAsync,
    ["overview"] = OverviewBenchmark.RunAsync,
    ["list"] = ListBenchmark.RunAsync,
    ["search"] = SearchBenchmark.RunAsync,
    ["save"] = SaveBenchmark.RunAsync,
    ["rebuild"] = RebuildBenchmark.RunAsync,
    ["excel-ledger"] = ExcelLedgerBenchmark.RunAsync,
    ["import"] = ImportBenchmark.RunAsync,
    ["report"] = ReportBenchmark.RunAsync,
};

if (args.Where(name => !benchmarks.ContainsKey(name)).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine($"No benchmark is called {string.Join(", ", unknown)}. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
foreach (var name in args.Length > 0 ? args : [.. benchmarks.Keys])
    await foreach (var line in benchmarks[name]())
        Console.WriteLine(JsonSerializer.Serialize(line, json));
return 0;
#endif

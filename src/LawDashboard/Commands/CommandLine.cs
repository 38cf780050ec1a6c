using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands;

/// <summary>Wrong use of a command: named in one sentence, exit code 2.</summary>
sealed class UsageException(string message) : Exception(message);

/// <summary>Runs a command and turns what may go wrong into a sentence and an exit code: 0 done, 1 findings or failure, 2 wrong use.</summary>
static class CommandLine
{
    static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var sentence in UsageWords.Of(parsed)) Console.Error.WriteLine(sentence);
            Console.Error.WriteLine("用法见：LawDashboard --help");
            return 2;
        }
        try
        {
            var told = new StringWriter();
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = told });
            Console.Out.Write(UsageWords.Chinese(told.ToString()));
            return code;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        catch (DefinitionException e)
        {
            Console.Error.WriteLine($"定义文件有{e.Findings.Count}处问题，程序没有启动：");
            foreach (var finding in e.Findings) Console.Error.WriteLine("  " + finding);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
        // The last door of a command: people get a sentence, whoever mends it sets the variable and gets the trace.
        catch (Exception e)
        {
            Console.Error.WriteLine($"没有完成：{Providers.ConnectionFailure(e) ?? e.Message}");
            if (Environment.GetEnvironmentVariable("LAWDASHBOARD_TRACE") is not null) Console.Error.WriteLine(e);
            return 1;
        }
    }

    /// <summary>Builds the services for a command over an existing database and brings it up to date.</summary>
    public static async Task<ServiceProvider> OpenAsync(ParseResult parsed, CancellationToken cancel, bool mayCreate = false, Action<IServiceCollection>? more = null)
    {
        var settings = CommonOptions.Settings(parsed);
        if (!mayCreate && !settings.Database.IsPostgres && !File.Exists(settings.Database.SqliteFile))
            throw new UsageException($"数据目录“{settings.Database.Folder}”里还没有数据。请用 --data 指明目录，或先运行 demo、serve。");
        var services = new ServiceCollection().AddLogging().AddLawDashboard(settings, Definitions.Load(settings.SeedFolder));
        more?.Invoke(services);
        var provider = services.BuildServiceProvider();
        await provider.PrepareAsync(cancel);
        return provider;
    }

    /// <summary>Tells instances that serve the same database what this command writes; to be disposed after the last write.</summary>
    public static NewsSender Tell(this IServiceProvider services) => ActivatorUtilities.CreateInstance<NewsSender>(services);

    public static async Task<Unit> UnitAsync(this IServiceProvider services, string? code, CancellationToken cancel)
    {
        var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
        if (tree.IsEmpty) throw new UsageException("还没有任何单位。请先运行 demo，或启动网站完成初始设置。");
        if (code is null) return tree.Roots.First();
        return tree.Find(code) ?? throw new UsageException($"没有单位“{code}”。现有单位：{Known(tree.All.Select(unit => $"{unit.Code} {unit.Name}"))}");
    }

    /// <summary>The point in the past that was typed; null for none.</summary>
    public static async Task<PastPoint?> PastAsync(this IServiceProvider services, string? typed, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var (point, problem) = await services.GetRequiredService<AuditMoments>().ResolveAsync(typed, cancel);
        return point ?? throw new UsageException(problem + "。");
    }

    public static LedgerDefinition Ledger(this IServiceProvider services, string key)
    {
        var catalog = services.GetRequiredService<LedgerCatalog>();
        return catalog.Ledger(key) ?? throw new UsageException($"没有台账“{key}”。现有台账：{Known(catalog.Ledgers.Select(ledger => $"{ledger.Key} {ledger.ShortName}"))}");
    }

    public static int Year(int year) => year is >= 2000 and <= 2200 ? year : throw new UsageException($"年度“{year}”应在2000至2200之间。");

    /// <summary>The file a command writes to, as a full path; wrong endings and missing folders are named before any work is done.</summary>
    public static string Target(string file, params string[] endings)
    {
        var path = Path.GetFullPath(file);
        if (!endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)) throw new UsageException($"文件名“{file}”应以 {string.Join(" 或 ", endings)} 结尾。");
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw new UsageException($"文件夹“{Path.GetDirectoryName(path)}”不存在。");
        return path;
    }

    /// <summary>Writes a file under another name first, so that an interrupted run never leaves half of it behind.</summary>
    public static async Task WriteFileAsync(string path, Func<Stream, Task> write, CancellationToken cancel)
    {
        var unfinished = path + ".part";
        try
        {
            await using (var stream = File.Create(unfinished)) await write(stream);
            cancel.ThrowIfCancellationRequested();
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public static void PrintJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonOptions));

    static string Known(IEnumerable<string> names) => string.Join('、', names.Take(40));
}

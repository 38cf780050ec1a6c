using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileSystemGlobbing;

namespace LawDashboard.Tests;

/// <summary>
/// The steps of the Dockerfile, carried out without a container engine: the files that <c>.dockerignore</c> lets through,
/// the same <c>dotnet publish</c>, the same command to start it, as in Production with an empty data folder.
/// </summary>
[Trait("Speed", "Slow")]
public sealed partial class PublishTests(PublishTests.Image image) : IClassFixture<PublishTests.Image>
{
    [Fact]
    public async Task The_published_program_answers_on_an_empty_data_folder()
    {
        await using var app = await image.StartAsync();
        using var client = Client(app);
        using var answer = await client.GetAsync("/");
        Assert.True(answer.StatusCode == HttpStatusCode.OK || answer.Headers.Location is not null, $"GET / gave {(int)answer.StatusCode}.\n{app.Output}");
    }

    [Theory]
    [InlineData("identity", null)]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    public async Task The_published_program_serves_the_Blazor_script_compressed(string accepted, string? encoding)
    {
        await using var app = await image.StartAsync();
        using var client = Client(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_framework/blazor.web.js");
        request.Headers.AcceptEncoding.ParseAdd(accepted);
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, encoding is null ? 150_000 : 30_000, encoding is null ? 1_000_000 : 80_000);
    }

    [Fact]
    public void The_published_program_brings_its_definitions()
    {
        var expected = Directory.EnumerateFiles(Repository.SeedData, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.SeedData, file));
        var published = Path.Combine(image.Published, "seed-data");
        var missing = expected.Where(file => !File.Exists(Path.Combine(published, file))).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void The_published_program_leaves_tests_and_symbols_of_this_machine_behind()
    {
        var names = Directory.EnumerateFiles(image.Published, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file));
        Assert.DoesNotContain(names, name => name.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".db", StringComparison.Ordinal));
    }

    static HttpClient Client(RunningApp app) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = app.Address };

    /// <summary>The program published once, by the Dockerfile's own command line.</summary>
    public sealed class Image : IAsyncLifetime
    {
        readonly TemporaryFolder context = new();
        readonly TemporaryFolder output = new();
        readonly string dockerfile = File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile"));
        int starts;

        public string Published => output.Path;

        public async Task InitializeAsync()
        {
            CopyBuildContext();
            var publish = PublishStep().Match(dockerfile).Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains(OutputFolder, publish);
            var arguments = publish.Select(argument => argument == OutputFolder ? output.Path : argument);
            // Build servers that stay behind would hold on to the folders and the console of the test run. The analyzers have
            // judged the same sources when the tests were built.
            (await Programs.RunAsync("dotnet", [.. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false"], TimeSpan.FromMinutes(15), context.Path)).Required();
        }

        /// <summary>Starts what was published with the Dockerfile's entry point and command, its folder and port replaced.</summary>
        internal Task<RunningApp> StartAsync()
        {
            var executable = Words("ENTRYPOINT").Single();
            Assert.StartsWith(OutputFolder + "/", executable, StringComparison.Ordinal);
            var data = Directory.CreateDirectory(context[$"data-{starts++}"]).FullName;
            return RunningApp.StartAsync(
                Path.Combine(output.Path, Path.GetFileName(executable)),
                address => Words("CMD").Select(word => word == "/data" ? data : word.StartsWith("http://", StringComparison.Ordinal) ? address : word),
                "Production");
        }

        public Task DisposeAsync()
        {
            context.Dispose();
            output.Dispose();
            return Task.CompletedTask;
        }

        const string OutputFolder = "/app";

        string[] Words(string instruction) => JsonSerializer.Deserialize<string[]>(
            Regex.Match(dockerfile, $"^{instruction} (\\[.*\\])\\s*$", RegexOptions.Multiline).Groups[1].Value)!;

        void CopyBuildContext()
        {
            var sent = new Matcher(StringComparison.Ordinal).AddInclude("**/*");
            foreach (var line in File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Select(line => line.Trim()).Where(line => line is not ("" or ['#', ..])))
                sent.AddExclude(line).AddExclude(line + "/**");
            foreach (var file in sent.GetResultsInFullPath(Repository.Root))
            {
                var copy = Path.Combine(context.Path, Path.GetRelativePath(Repository.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    [GeneratedRegex(@"^RUN dotnet (?<arguments>publish .+)$", RegexOptions.Multiline)]
    private static partial Regex PublishStep();
}

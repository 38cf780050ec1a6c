using Xunit.Abstractions;
using Xunit.Sdk;

namespace LawDashboard.Tests.Support;

/// <summary>The two databases that the product runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>
/// A theory about the databases. Rows that hold <see cref="DatabaseKind.PostgreSql"/> are shown as skipped where no server
/// is at hand. Use it with <see cref="DatabasesAttribute"/>, or with any other data that has a kind among its arguments:
/// <code>[DatabaseTheory, Databases] public async Task Saving_counts(DatabaseKind kind) { … }</code>
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("LawDashboard.Tests.Support.DatabaseTheoryDiscoverer", "LawDashboard.Tests")]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;

/// <summary>One row for each kind of database, followed by the arguments given, if any.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DatabasesAttribute(params object[] arguments) : DataAttribute
{
    public object[] Arguments => arguments;

    public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
        Enum.GetValues<DatabaseKind>().Select(kind => (object[])[kind, .. arguments]);
}

/// <summary>A fact that needs the PostgreSQL server, for what only that database does; shown as skipped without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (TestDatabase.Server is null) Skip = TestDatabase.NoServer;
    }
}

/// <summary>Turns rows for a missing PostgreSQL server into skipped test cases.</summary>
public sealed class DatabaseTheoryDiscoverer(IMessageSink diagnosticMessageSink) : TheoryDiscoverer(diagnosticMessageSink)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        TestDatabase.Server is null && dataRow.Contains(DatabaseKind.PostgreSql)
            ? CreateTestCasesForSkippedDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow, TestDatabase.NoServer)
            : base.CreateTestCasesForDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow);
}

using LawDashboard.Tests.Features.Exchange.Forms;
using LawDashboard.Tests.Features.Exchange.Import;
using LawDashboard.Tests.Features.Exchange.Packing;
using LawDashboard.Tests.Features.Indicators;
using LawDashboard.Tests.Features.Indicators.Past;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("LawDashboard.Tests.Support.LongestFirst", "LawDashboard.Tests")]

namespace LawDashboard.Tests.Support;

/// <summary>
/// Classes that take long begin first, so that none of them is left to run alone at the end; the rest follow by name. What a
/// test does must not depend on it.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] Long = [.. new[]
    {
        typeof(PublishTests), typeof(CountingPropertyTests), typeof(PackTests), typeof(PastPropertyTests), typeof(CrossTableTests), typeof(IndicatorProofTests),
        typeof(ImporterTests), typeof(FormDeskTests), typeof(TallyRebuildTests), typeof(RoundTripTests),
    }.Select(type => type.FullName!)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .OrderBy(collection => Array.FindIndex(Long, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)) is var at and >= 0 ? at : Long.Length)
        .ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
}

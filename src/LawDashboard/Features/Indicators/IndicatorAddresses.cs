using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>Names the indicator or task of an address that does not exist.</summary>
sealed class IndicatorAddresses(IndicatorCatalog catalog) : IAddressCheck
{
    public ValueTask<string?> MissingAsync(HttpContext context, Person person, CancellationToken cancel)
    {
        var parts = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var task = context.Request.Query["task"].ToString();
        return ValueTask.FromResult(
            parts is ["admin", "measures", var measure] && (IndicatorCatalog.IsFixed(measure) || catalog.Measure(measure) is null) ? $"口径“{measure}”"
            : parts is ["indicators", var key, ..] && catalog.Indicator(key) is null ? $"指标“{key}”"
            : parts is ["indicators"] && task.Length > 0 && catalog.Task(task) is null ? $"任务“{task}”" : null);
    }
}

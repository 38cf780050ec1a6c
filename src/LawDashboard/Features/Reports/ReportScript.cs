using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LawDashboard.Features.Reports;

/// <summary>The script beside the report page, loaded when first needed.</summary>
sealed class ReportScript(IJSRuntime js, ResourceAssetCollection assets)
{
    IJSObjectReference? module;

    public async Task RunAsync(string function, params object?[] arguments)
    {
        try
        {
            module ??= await js.InvokeAsync<IJSObjectReference>("import", "./" + assets["Features/Reports/ReportPage.razor.js"]);
            await module.InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException) { } // The page is closed; there is nobody to show anything.
    }
}

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
            await (await ModuleAsync()).InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException) { } // The page is closed; there is nobody to show anything.
    }

    public async Task<T?> AskAsync<T>(string function) where T : class
    {
        try
        {
            return await (await ModuleAsync()).InvokeAsync<T?>(function);
        }
        catch (JSDisconnectedException)
        {
            return null; // The page is closed; nobody waits for an answer.
        }
    }

    async Task<IJSObjectReference> ModuleAsync() => module ??= await js.InvokeAsync<IJSObjectReference>("import", "./" + assets["Features/Reports/ReportPage.razor.js"]);
}

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>The JavaScript module beside a component, loaded when first needed; survives a circuit that is already gone.</summary>
sealed class PageScript(IJSRuntime js, ResourceAssetCollection assets, string component, string folder = "Features/Ledgers/Pages") : IAsyncDisposable
{
    Task<IJSObjectReference>? module;

    public async Task CallAsync(string function, params object?[] arguments)
    {
        try
        {
            await (await Module).InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException) { } // The page is closed; there is nobody to act for.
    }

    Task<IJSObjectReference> Module => module ??= js.InvokeAsync<IJSObjectReference>("import",
        "./" + assets[$"{folder}/{component}.razor.js"]).AsTask();

    public async ValueTask DisposeAsync()
    {
        if (module is null) return;
        try
        {
            await (await module).DisposeAsync();
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }
}

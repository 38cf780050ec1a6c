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

    /// <summary>Calls and waits for the answer; <paramref name="otherwise"/> when the browser is gone or does not answer.</summary>
    public async Task<T> AskAsync<T>(string function, T otherwise, params object?[] arguments)
    {
        try
        {
            return await (await Module).InvokeAsync<T>(function, arguments);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            return otherwise;
        }
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

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LawDashboard.Features.Reports.Templates;

/// <summary>The script beside the template editor, which survives a browser that is slow or gone. The text itself comes as a stream: it may be longer than one message of the circuit.</summary>
sealed class TemplateScript(IJSRuntime js, ResourceAssetCollection assets, Func<string, bool, Task> typed, Func<string, Task> at) : IAsyncDisposable
{
    IJSObjectReference? module;
    DotNetObjectReference<TemplateScript>? self;

    public async Task StartAsync(ElementReference root, string keep, string text)
    {
        try
        {
            module ??= await js.InvokeAsync<IJSObjectReference>("import", "./" + assets["Features/Reports/Templates/TemplateInput.razor.js"]);
            self ??= DotNetObjectReference.Create(this);
            await module.InvokeVoidAsync("start", root, self, keep, text);
        }
        catch (Exception e) when (IsGone(e)) { } // The page is closed; there is nobody to write anything.
    }

    public async Task RunAsync(string function, params object?[] arguments)
    {
        try
        {
            if (module is not null) await module.InvokeVoidAsync(function, arguments);
        }
        catch (Exception e) when (IsGone(e)) { } // As above.
    }

    public async Task<string?> ReadAsync()
    {
        if (module is null) return null;
        try
        {
            await using var stream = await module.InvokeAsync<IJSStreamReference>("read");
            await using var content = await stream.OpenReadStreamAsync(TemplateDesk.LongestText * 4L);
            using var reader = new StreamReader(content);
            return await reader.ReadToEndAsync();
        }
        // A browser that is too slow, or that was closed on the way: the text stays with it, and the next pause in typing sends it again.
        catch (Exception e) when (IsGone(e))
        {
            return null;
        }
    }

    /// <summary>Called by the browser after a pause in typing.</summary>
    [JSInvokable]
    public async Task Typed(bool restored)
    {
        if (await ReadAsync() is { } text) await typed(text, restored);
    }

    /// <summary>Called by the browser when the cursor comes to another line.</summary>
    [JSInvokable]
    public Task AtLine(string line) => at(line);

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        try
        {
            if (module is not null) await module.DisposeAsync();
        }
        catch (Exception e) when (IsGone(e)) { } // As above.
    }

    static bool IsGone(Exception e) => e is JSDisconnectedException or OperationCanceledException or TimeoutException or ObjectDisposedException;
}

using LawDashboard.Components;
using Microsoft.AspNetCore.Components;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>
/// Shows to-dos and follows them while it is open. It is told from other threads: what it then reads shows its failures like
/// anything else, and once it was left nothing more is done.
/// </summary>
public abstract class TodoWatcher : ComponentBase, IDisposable
{
    IDisposable? watching;
    bool left;

    [CascadingParameter] public required WorkContext Work { get; set; }
    [Inject] public required TodoBook Book { get; set; }

    /// <summary>Reads what is shown; says whether there is anything new to draw.</summary>
    protected abstract Task<bool> LoadAsync();

    protected override void OnInitialized() => watching = Book.Watch(() => _ = InvokeAsync(RefreshAsync));

    async Task RefreshAsync()
    {
        if (left) return;
        try
        {
            if (await LoadAsync() && !left) StateHasChanged();
        }
        // Nobody waits for this: without being passed on, the page would go on showing what is old.
        catch (Exception e) when (!left)
        {
            await DispatchExceptionAsync(e);
        }
    }

    public virtual void Dispose()
    {
        left = true;
        watching?.Dispose();
        GC.SuppressFinalize(this);
    }
}

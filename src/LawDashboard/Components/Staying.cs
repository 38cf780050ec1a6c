using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LawDashboard.Components;

/// <summary>
/// Goes to another address of the same page without leaving the place that one looks at. The client script in use jumps
/// to the top at every navigation, which .NET 10's own no longer does within a page; with that script this class goes.
/// </summary>
public static class Staying
{
    public static async Task StayAndGoAsync(this NavigationManager navigation, IJSRuntime script, string address)
    {
        await using (var module = await script.InvokeAsync<IJSObjectReference>("import", "./stay.js"))
            await module.InvokeVoidAsync("stay");
        navigation.NavigateTo(address, replace: true);
    }
}

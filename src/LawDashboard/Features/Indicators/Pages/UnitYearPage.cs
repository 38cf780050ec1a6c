using LawDashboard.Components;
using Microsoft.AspNetCore.Components;

namespace LawDashboard.Features.Indicators.Pages;

/// <summary>A page about one unit and year that keeps itself up to date while it is open.</summary>
public abstract class UnitYearPage : ComponentBase, IDisposable
{
    readonly CancellationTokenSource leaving = new();
    readonly CancellationToken left;
    IDisposable? watch;
    (int UnitId, int Year, string? AsOf) shown;

    // Taken once: the source is disposed while a reading may still be under way.
    protected UnitYearPage() => left = leaving.Token;

    [CascadingParameter] public required WorkContext Work { get; set; }
    [Inject] public required UnitYears Years { get; set; }
    [Inject] public required Definitions.IndicatorCatalog Catalog { get; set; }

    /// <summary>Null until read for the first time, and for good when the person does not see the unit.</summary>
    protected UnitYear? Facts { get; private set; }
    protected RowLinks Links => new(Catalog, Work.Unit, Work.Year, asOf: Work.Past?.Text);

    /// <summary>Works out what the page shows; called when the figures or the address have changed.</summary>
    protected abstract Task ShowAsync(UnitYear facts, CancellationToken cancel);

    protected override async Task OnParametersSetAsync()
    {
        if (Work.NoUnits) return;
        if (shown != (Work.Unit.Id, Work.Year, Work.Past?.Text))
        {
            shown = (Work.Unit.Id, Work.Year, Work.Past?.Text);
            Facts = null;
            watch?.Dispose();
            // Before reading: what changes in between is then told. The past does not change.
            watch = Work.Past is null ? Years.Watch(Work.Unit, () => _ = InvokeAsync(RefreshAsync)) : null;
            await LoadAsync();
        }
        else if (Facts is { } facts)
        {
            await ShowAsync(facts, left);
        }
    }

    public void Dispose()
    {
        watch?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    async Task RefreshAsync()
    {
        if (left.IsCancellationRequested) return;
        try
        {
            await LoadAsync(told: true);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested) { }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    async Task LoadAsync(bool told = false)
    {
        var (unit, year, past) = (Work.Unit, Work.Year, Work.Past);
        var facts = await Years.ReadAsync(Work.Person, unit, year, past, left, told);
        // Meanwhile the person may have gone on to another unit or year.
        if (facts is null || shown != (unit.Id, year, past?.Text)) return;
        await ShowAsync(facts, left);
        Facts = facts;
    }
}

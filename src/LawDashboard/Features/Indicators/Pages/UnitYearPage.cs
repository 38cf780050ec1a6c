using System.Diagnostics;
using LawDashboard.Components;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Components;

namespace LawDashboard.Features.Indicators.Pages;

/// <summary>A page about one unit and year that keeps itself up to date while it is open.</summary>
public abstract class UnitYearPage : ComponentBase, IDisposable
{
    static readonly TimeSpan Long = TimeSpan.FromMilliseconds(500), LongestRest = TimeSpan.FromSeconds(10);

    readonly CancellationTokenSource leaving = new();
    readonly CancellationToken left;
    IDisposable? watch;
    (int UnitId, int Year, string? AsOf) shown;
    bool refreshing, again;

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

    /// <summary>
    /// Reads the figures anew. Told again meanwhile, it does so once more afterwards and not beside it: a page that is slow to
    /// draw would otherwise fall ever further behind, and could end with older figures than it had.
    /// </summary>
    protected async Task RefreshAsync()
    {
        (again, var running) = (true, refreshing);
        if (running) return;
        refreshing = true;
        try
        {
            while (again && !left.IsCancellationRequested)
            {
                again = false;
                var began = Stopwatch.GetTimestamp();
                await LoadAsync(told: true);
                StateHasChanged();
                await RestAsync(Stopwatch.GetElapsedTime(began));
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested) { }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
        finally
        {
            refreshing = false;
        }
    }

    /// <summary>What takes long, such as a count over very many entries, is not begun again at once: others want to be answered too.</summary>
    async Task RestAsync(TimeSpan worked)
    {
        if (worked < Long) return;
        await Task.Delay(worked < LongestRest ? worked : LongestRest, left);
    }

    /// <summary>Figures of another unit that this page shows as well, as new as its own.</summary>
    protected Task<UnitYear?> OtherAsync(Unit unit, UnitYear own, CancellationToken cancel) => Years.ReadAsync(Work.Person, unit, own.Year, own.Past, cancel, told: refreshing);

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

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>Of several loads only the latest counts: beginning one cancels the one before, disposing cancels the last.</summary>
sealed class Latest : IDisposable
{
    CancellationTokenSource current = new();
    bool ended;

    /// <summary>Runs the load; ends quietly, and says so, when it was overtaken or nobody is there any more.</summary>
    public async Task<bool> RunAsync(Func<CancellationToken, Task> load)
    {
        if (ended) return false;
        current.Cancel();
        current.Dispose();
        var cancel = (current = new()).Token;
        try
        {
            await load(cancel);
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Reads away from the circuit's own thread, since SQLite answers synchronously and nothing of the page would move
    /// meanwhile; throws when the load was overtaken.
    /// </summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancel)
    {
        var answer = await Task.Run(read, cancel);
        cancel.ThrowIfCancellationRequested();
        return answer;
    }

    public void Dispose()
    {
        if (ended) return;
        ended = true;
        current.Cancel();
        current.Dispose();
    }
}

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>How far a pack is.</summary>
public enum PackState { Waiting, Building, Done, Failed, Cancelled }

/// <summary>What is kept of a pack beside its file, so that it is found again after a restart.</summary>
public sealed record PackSlip(string Id, int OwnerId, PackRequest Request, PackState State, DateTime At)
{
    public string? Problem { get; init; }
    /// <summary>Name of the download, without its ending.</summary>
    public string? Title { get; init; }
    public long Bytes { get; init; }
    public int Files { get; init; }
    public int Entries { get; init; }
    public int Gaps { get; init; }
    /// <summary>Files that the masked edition leaves out.</summary>
    public int Withheld { get; init; }
    public string? Manifest { get; init; }
    public DateTime? Until { get; init; }
}

/// <summary>A pack on its way or made. Pages watch it; the work goes on whether one is open or not.</summary>
public sealed class PackJob : IProgress<PackProgress>
{
    /// <summary>Pages are told at most so often: thousands of files are thousands of reports.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    readonly CancellationTokenSource stopping = new();
    long told;

    internal PackJob(PackSlip slip) => Slip = slip;

    public PackSlip Slip { get; private set; }
    public PackProgress Progress { get; private set; } = new(0, 0, "排队");
    public bool Busy => Slip.State is PackState.Waiting or PackState.Building;
    internal CancellationToken Stopping => stopping.Token;

    /// <summary>Something changed; raised on any thread.</summary>
    public event Action? Changed;

    public void Stop() => stopping.Cancel();

    void IProgress<PackProgress>.Report(PackProgress value)
    {
        Progress = value;
        var now = Environment.TickCount64;
        if (now - told < Pause.TotalMilliseconds) return;
        told = now;
        Changed?.Invoke();
    }

    internal void Become(PackSlip slip)
    {
        Slip = slip;
        Changed?.Invoke();
    }
}

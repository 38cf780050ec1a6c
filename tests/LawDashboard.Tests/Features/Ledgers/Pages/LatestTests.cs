using LawDashboard.Features.Ledgers.Pages;

namespace LawDashboard.Tests.Features.Ledgers.Pages;

public sealed class LatestTests
{
    [Fact]
    public async Task A_load_that_was_overtaken_is_cancelled_and_ends_quietly()
    {
        using var latest = new Latest();
        var first = latest.RunAsync(cancel => Task.Delay(Timeout.Infinite, cancel));
        Assert.True(await latest.RunAsync(_ => Task.CompletedTask));
        Assert.False(await first);
    }

    [Fact]
    public async Task Whoever_has_left_is_told_nothing_more()
    {
        var latest = new Latest();
        var loading = latest.RunAsync(cancel => Task.Delay(Timeout.Infinite, cancel));
        latest.Dispose();
        Assert.False(await loading);
        Assert.False(await latest.RunAsync(_ => throw new InvalidOperationException("Nobody is there any more.")));
        latest.Dispose();
    }

    [Fact]
    public async Task What_fails_is_not_taken_for_what_was_overtaken()
    {
        using var latest = new Latest();
        await Assert.ThrowsAsync<InvalidOperationException>(() => latest.RunAsync(_ => throw new InvalidOperationException("It is broken.")));
    }
}

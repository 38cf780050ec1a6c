namespace LawDashboard.TestSupport;

/// <summary>How much a test does: a quick form on every run, the full form with <c>tests/run.sh --full</c>.</summary>
static class TestScale
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("LAWDASHBOARD_TEST_FULL") == "1";

    /// <summary>The number of rounds, rows or users for this run.</summary>
    public static int Of(int quick, int full) => Full ? full : quick;
}

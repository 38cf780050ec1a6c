using LawDashboard.Features.Exchange.Packing;

namespace LawDashboard.Tests.Features.Exchange.Packing;

[Collection(nameof(MemoryCollection))]
public sealed class PackMemoryTests
{
    [Fact]
    public async Task A_pack_of_many_files_holds_no_more_memory_at_its_end_than_at_its_beginning()
    {
        await using var bench = await PackBench.SmallAsync(TestScale.Of(1_500, 12_000));
        await bench.AddEvidenceAsync(TestScale.Of(150, 2_000), bytes: TestScale.Of(60_000, 200_000));
        var heap = new Heap();
        var made = (await bench.BuildAsync(new(PackBench.Town, 2026), heap))!;
        Assert.True(made.Bytes > TestScale.Of(150 * 40_000, 2_000 * 100_000), $"{made.Bytes} bytes are too few to show anything.");
        // What grows is the list of what lies in the zip: a few hundred bytes for each file.
        Assert.InRange(heap.Most - heap.First, long.MinValue, 6_000_000);
    }

    sealed class Heap : IProgress<PackProgress>
    {
        int reports;

        public long First { get; private set; }
        public long Most { get; private set; }

        public void Report(PackProgress value)
        {
            if (value.Done == 0 || reports++ % 40 != 20) return;
            var held = GC.GetTotalMemory(forceFullCollection: true);
            if (First == 0) First = held;
            Most = Math.Max(Most, held);
        }
    }
}

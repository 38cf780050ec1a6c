using LawDashboard.Features.Exchange;

namespace LawDashboard.Tests.Features.Exchange;

/// <summary>Runs alone: it looks at the memory of the whole process.</summary>
[CollectionDefinition(nameof(MemoryCollection), DisableParallelization = true)]
public sealed class MemoryCollection;

[Collection(nameof(MemoryCollection))]
public sealed class LedgerSheetMemoryTests
{
    [Fact]
    public async Task A_long_ledger_holds_no_more_memory_than_a_short_one()
    {
        var held = new List<long>();
        async IAsyncEnumerable<object?[]> Rows()
        {
            for (var i = 1; i <= 100_000; i++)
            {
                yield return [$"第{i}号", "双方对承包地田埂界址各执一词，申请人要求恢复原状。", (long)i, i * 0.01m, new DateOnly(2026, 3, 15)];
                if (i is 2_000 or 100_000) held.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
            await Task.CompletedTask;
        }
        var layout = new SheetLayout("台账", "台账", [],
        [
            new("编号", 10, SheetCellKind.Text), new("情况", 20, SheetCellKind.Text), new("人数", 8, SheetCellKind.Integer, Total: true),
            new("金额", 12, SheetCellKind.Money, Total: true), new("日期", 11, SheetCellKind.Date),
        ]);

        await LedgerSheet.WriteAsync(Stream.Null, layout, Rows(), CancellationToken.None);

        Assert.InRange(held[1] - held[0], long.MinValue, 500_000);
    }
}

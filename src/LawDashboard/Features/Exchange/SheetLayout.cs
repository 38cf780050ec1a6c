namespace LawDashboard.Features.Exchange;

/// <summary>What the cells of a column hold. <see cref="Money"/> is yuan, shown as 1,234.50; dates are shown as 2026-03-05.</summary>
public enum SheetCellKind { Text, Integer, Decimal, Money, Date }

/// <summary>A column of a printed ledger (台账列).</summary>
/// <param name="Heading">Its heading as on the official form.</param>
/// <param name="Width">
/// Room in half-width characters; a Chinese character takes two. A table narrower than the paper is stretched. Texts of a
/// column up to 22 wide (names, numbers, terms) are centred, those of a wider one (sentences) start at the left.
/// </param>
/// <param name="Kind">What its cells hold. A text is allowed in any column and is printed as text.</param>
/// <param name="Total">Summed in the last row (合计); only for columns of numbers.</param>
/// <param name="Decimals">Decimals shown of a <see cref="SheetCellKind.Decimal"/>; the value itself is written in full.</param>
public sealed record SheetColumn(string Heading, double Width, SheetCellKind Kind, bool Total = false, int Decimals = 0)
{
    internal bool IsNumber => Kind is SheetCellKind.Integer or SheetCellKind.Decimal or SheetCellKind.Money;
    internal bool IsTotalled => Total && IsNumber;
}

/// <summary>How a ledger (台账) is laid out on paper. The running number (序号) before the columns is the writer's own.</summary>
/// <param name="SheetName">Name of the sheet's tab; what Excel does not allow in it is left out.</param>
/// <param name="Title">Heading over the whole width: 法镇2026年度人民调解案件登记台账.</param>
/// <param name="SecondLine">Texts spread over the width under the title: 填报单位、统计期间、填表人、审核人、填表日期.</param>
/// <param name="Columns">At least one.</param>
public sealed record SheetLayout(string SheetName, string Title, IReadOnlyList<string> SecondLine, IReadOnlyList<SheetColumn> Columns);

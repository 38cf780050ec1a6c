using LawDashboard.Features.Exchange;

namespace LawDashboard.Tests.Features.Exchange;

/// <summary>A mediation ledger of a town as an inspector would be handed it: invented people, real kinds of disputes.</summary>
static class MediationLedger
{
    public static readonly SheetLayout Layout = new(
        "人民调解案件",
        "法镇2026年度人民调解案件登记台账",
        ["填报单位：法镇人民政府", "统计期间：2026年1月1日至12月31日", "填表人：李晓梅", "审核人：王建国", "填表日期：2027年1月6日"],
        [
            new("案号", 21, SheetCellKind.Text),
            new("受理日期", 11, SheetCellKind.Date),
            new("村（社区）", 10, SheetCellKind.Text),
            new("案件来源", 11, SheetCellKind.Text),
            new("纠纷类型", 12, SheetCellKind.Text),
            new("申请人", 9, SheetCellKind.Text),
            new("被申请人", 9, SheetCellKind.Text),
            new("纠纷简要情况", 36, SheetCellKind.Text),
            new("涉及人数", 9, SheetCellKind.Integer, Total: true),
            new("涉及金额（元）", 14, SheetCellKind.Money, Total: true),
            new("调解员", 9, SheetCellKind.Text),
            new("调解结果", 10, SheetCellKind.Text),
            new("结案日期", 11, SheetCellKind.Date),
            new("备注", 13, SheetCellKind.Text),
        ]);

    static readonly string[] villages = ["法镇村", "沙坝村", "水泉村", "碾子沟村", "桃园社区", "石门村"];
    static readonly string[] sources = ["当事人申请", "主动排查", "派出所委托", "法院委派", "信访转办"];
    static readonly (string Kind, string Story, long People, decimal Yuan)[] disputes =
    [
        ("邻里纠纷", "申请人与被申请人系前后邻居，因被申请人翻修房屋时滴水檐伸入申请人院墙0.4米，雨水冲刷墙基致墙体开裂，双方多次争吵未果。", 4, 3_600m),
        ("山林土地纠纷", "双方对承包地田埂界址各执一词，被申请人越界栽种核桃树12株，申请人要求恢复原状并赔偿青苗损失。", 6, 1_850.5m),
        ("婚姻家庭纠纷", "夫妻因外出务工长期分居，就子女抚养费支付标准发生争议。", 3, 24_000m),
        ("劳动争议", "申请人等8人在镇内茶园修剪茶树，被申请人拖欠工资三个月，经催要后仍以资金周转困难为由拒付，群体情绪激动，有越级上访倾向。", 9, 86_420m),
        ("损害赔偿纠纷", "被申请人饲养的犬只挣脱绳索将申请人咬伤，医疗费、误工费赔偿数额无法达成一致。", 2, 2_317.68m),
        ("合同纠纷", "生猪购销合同货款结算有误。", 2, 15_300m),
    ];
    static readonly string[] people = ["张某", "李某", "王某某", "赵某", "陈某", "刘某某", "杨某", "周某"];

    public static async IAsyncEnumerable<object?[]> Rows(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (kind, story, persons, yuan) = disputes[i * 5 % disputes.Length];
            var received = new DateOnly(2026, 1, 4).AddDays(i * 5);
            var settled = i % 9 != 7;
            yield return
            [
                $"(2026)法人调字第{i + 1}号", received, villages[i * 7 % villages.Length], sources[i % sources.Length], kind,
                people[i % people.Length], people[(i + 3) % people.Length], story, persons + i % 3, yuan + i * 10,
                i % 2 == 0 ? "何志远" : "唐秀英", settled ? "调解成功" : "调解不成", settled ? received.AddDays(5 + i % 20) : null,
                i % 11 == 3 ? "协议已履行，回访满意" : i % 9 == 7 ? "已告知可依法起诉" : null,
            ];
        }
        await Task.CompletedTask;
    }
}

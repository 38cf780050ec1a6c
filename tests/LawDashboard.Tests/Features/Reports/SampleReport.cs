using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>A whole report of an invented town, long enough to fill several pages.</summary>
static class SampleReport
{
    public const string Template = """
        title: 样例县{unit}
        title: 关于{year}年度法治政府建设情况的报告
        to: 样例县依法治县委员会办公室
        signature: 样例县{unit}
        date: {date}

        {year}年，{unit}坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，落实法治政府建设各项部署。
        现将有关情况报告如下：

        ## 一、年度重点工作

        ### （一）强化组织领导，落实第一责任人职责。
        全年召开法治专题会议{meetings.held}次，研究事项{meetings.items}项[[，{meetings.items|yoy}]]；
        上级督察反馈问题{rectification.found}项，完成整改{rectification.done}项[[，整改完成率{leadership.rectified}]]。

        ### （二）组织学法用法，提升依法办事能力。
        全年组织领导干部学法{cadreStudy.held}次、{cadreStudy.people|余}人次，其中{cadreStudy.held by form top 3}。
        开展法治讲座{lectures.held}场，完成年度目标{lectures.held|target}场的{lectures.held|attainment}。
        组织旁听庭审{cadreStudy.hearings}次。

        ### （三）推进政务服务，方便群众办事。
        便民服务中心受理政务服务事项{services.accepted|余}件，[[{services.accepted|yoy}，]]办结{services.closed|余}件[[，办结率{services.closedRate}]]。

        ### （四）强化森林防火，落实责任。
        防火期内召开森林防火工作会议{fire.meetings}次，签订责任书{fire.letters}份；开展宣传{fire.publicity}场次，发放宣传单{fire.leaflets|余}份、悬挂横幅{fire.banners}条；
        组织巡查{fire.patrols}次[[，{fire.patrols|yoy}]]，出动{fire.people|余}人次，排查整改隐患{fire.hazards}处。

        ### （五）规范依法行政，完善制度体系。
        主动公开政府信息{disclosure.items}条，合法性审查{legalReview.done}件，其中{legalReview.done by kind}；
        申请司法确认{mediation.confirmed}件。

        ### （六）加强队伍建设，规范公正文明执法。
        执法人员{officers.level}名，全年立案查处行政执法案件{cases.filed}件，罚款{cases.fines|万元}。

        ### （七）依法化解矛盾纠纷，维护辖区稳定。
        坚持和发展新时代“枫桥经验”，健全镇、村、组三级调解网络，{mediators.committees}个人民调解委员会、{mediators.level}名调解员实现村（社区）全覆盖。
        全年组织矛盾纠纷排查{screening.rounds}次，排查发现{screening.found}件；
        受理调解{mediation.accepted}件，调解成功{mediation.succeeded}件[[，成功率{disputes.success}，{disputes.success|yoy}]]，涉及当事人{mediation.people}人、金额{mediation.amount|万元}万元。
        其中{mediation.accepted by disputeType top 4}。
        全年登记信访事项{petitions.registered}件，按期办结{petitions.onTime}件[[，按期办结率{petitions.onTimeRate}]]，初次信访{petitions.registered@kind=first}件、重复信访{petitions.registered@kind=repeat}件。

        ### （八）强化法治宣传，夯实保障基础。
        开展普法宣传活动{publicity.held}场次[[，{publicity.held|yoy}]]，受众{publicity.people|余}人次，发放资料{publicity.leaflets|余}份，解答咨询{publicity.questions}人次；
        培养法律明白人{legalGuides.level}名，参与调解{legalGuides.mediated}件。

        ## 二、突出亮点
        @highlights

        ## 三、存在的问题
        {period}各项工作有序推进，但仍存在以下问题：
        @problems

        ## 四、下一步工作计划
        @plan
        """;

    public static SampleFigures Figures => new SampleFigures()
        .Count("meetings.held", 6, "次").Count("meetings.items", 23, "项", last: 18)
        .Count("rectification.found", 14, "项").Count("rectification.done", 13, "项").Ratio("leadership.rectified", 13m / 14, 14)
        .Count("cadreStudy.held", 26, "次").Count("cadreStudy.people", 1263, "人次")
        .Slice("cadreStudy.held", "form", ("centre", "中心组学习", 9), ("before", "会前学法", 11), ("lecture", "专题讲座", 4), ("exam", "学法考试", 2))
        .Count("cadreStudy.hearings", 0, "次", name: "旁听庭审次数")
        .Count("lectures.held", 9, "场", target: 12)
        .Count("services.accepted", 10480, "件", last: 9711).Count("services.closed", 10455, "件").Ratio("services.closedRate", 10455m / 10480, 10480)
        .Count("fire.meetings", 5, "次").Count("fire.letters", 1264, "份").Count("fire.publicity", 37, "场次").Count("fire.leaflets", 6258, "份")
        .Count("fire.banners", 58, "条").Count("fire.patrols", 212, "次", last: 188).Count("fire.people", 1534, "人次").Count("fire.hazards", 23, "处")
        .Count("disclosure.items", 724, "条").Count("legalReview.done", 45, "件")
        .Slice("legalReview.done", "kind", ("contract", "合同", 31), ("rule", "规范性文件", 3), ("decision", "重大决策", 8), ("other", "其他", 2))
        .Count("mediation.confirmed", 0, "件", name: "申请司法确认件数")
        .Count("officers.level", 18, "名").Count("cases.filed", 28, "件").Count("cases.fines", 43600, "元")
        .Count("mediators.committees", 18, "个").Count("mediators.level", 76, "名").Count("screening.rounds", 48, "次").Count("screening.found", 214, "件")
        .Count("mediation.accepted", 186, "件").Count("mediation.succeeded", 182, "件").Ratio("disputes.success", 182m / 186, 186, 0.9624m, 173)
        .Count("mediation.people", 412, "人").Count("mediation.amount", 2365400, "元")
        .Slice("mediation.accepted", "disputeType", ("marriage", "婚姻家庭", 61), ("neighbour", "邻里", 48), ("housing", "房屋宅基地", 29), ("land", "山林土地", 17),
            ("contract", "合同", 9), ("wages", "拖欠农民工工资", 8), ("damages", "损害赔偿", 10), ("other", "其他", 4))
        .Count("petitions.registered", 57, "件").Count("petitions.onTime", 55, "件").Ratio("petitions.onTimeRate", 55m / 57, 57)
        .Slice("petitions.registered", "kind", ("first", "初次信访", 49), ("repeat", "重复信访", 8))
        .Count("publicity.held", 95, "场次", last: 82).Count("publicity.people", 21340, "人次").Count("publicity.leaflets", 18600, "份")
        .Count("publicity.questions", 1105, "人次").Count("legalGuides.level", 60, "名").Count("legalGuides.mediated", 61, "件");

    public static IReadOnlyList<IndicatorStanding> Standings =>
    [
        new("study.lectures", "法治讲座", "study", "场", false, false, 9, 12, 8, null, NextTarget: 12),
        new("norms.legalReview", "合法性审查", "norms", "件", false, false, 45, 50, 41, null),
        new("leadership.rectified", "督察问题整改完成率", "leadership", "%", true, false, 13m / 14, 1, 0.9m, 14, NextTarget: 1),
        new("petitions.onTimeRate", "信访事项按期办结率", "disputes", "%", true, false, 55m / 57, 0.98m, 0.97m, 57),
        new("petitions.repeated", "重复信访", "disputes", "件", false, true, 8, 6, 9, null, NextTarget: 6),
        new("publicity.held", "普法宣传活动", "publicity", "场次", false, false, 95, 80, 82, null, NextTarget: 90),
        new("fire.patrols", "森林防火巡查", "fire", "次", false, false, 212, 180, 188, null, NextTarget: 200),
        new("disputes.success", "人民调解成功率", "disputes", "%", true, false, 182m / 186, 0.95m, 0.9624m, 186, NextTarget: 0.96m),
    ];

    public static ReportDraft Draft(DateOnly? closing = null) => Drafter.Draft(
        ReportTemplate.Parse("report.txt", Template).Template!,
        new("样例镇人民政府", 2026, closing ?? new(2026, 12, 31), Figures, Standings, Dated: new(2027, 1, 15)));
}

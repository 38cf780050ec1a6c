using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Reports.Sections;
using LawDashboard.Features.Supervision;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports.Signing;

public static class SigningSetup
{
    /// <summary>Adds what leads a report from draft to publication, and those who work on it together.</summary>
    public static IServiceCollection AddReportSigning(this IServiceCollection services, LegalDates dates) =>
        services.AddSingleton(dates).AddSingleton<ReportLives>().AddSingleton<Components.Past.IMomentSource, ReportMoments>().AddSingleton<ReportSigning>().AddSingleton<ReportWork>().AddSingleton<OfficialForms>().AddSingleton<SectionDesk>().AddSingleton<RemarkDesk>()
            .AddSingleton<IGapSource, ReportDateGaps>().AddSingleton<ITodoSource, ReportTodo>().AddSingleton<ITodoPanel, ReportTodoSlot>();
}

/// <summary>Legal dates of reports in the gap list, and so on the overview: near ones beside what waits, past ones beside limits run out.</summary>
sealed class ReportDateGaps(ReportWork work, UnitDirectory units, TimeProvider clock) : IGapSource
{
    const decimal RanOut = 66, Near = 45;

    public async Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts, CancellationToken cancel)
    {
        var today = ChinaTime.Today(clock);
        // The report on last year is this year's work; on last year's page it stands as well.
        if (facts.Year != today.Year && facts.Year != today.Year - 1) return [];
        var tree = await units.TreeAsync(cancel);
        return [.. (await work.PressingAsync([.. ReportWork.Reporting(tree, facts.Unit)], cancel)).Select(date =>
        {
            var (clockOf, late) = (date.Clock, date.Clock.Due < today);
            return new Gap($"report:{date.Year}:{clockOf.Definition.Key}:{date.Unit.Code}", $"{date.Unit.Name}{date.Year}年度报告还没有登记{(clockOf.Definition.Name.StartsWith("公开", StringComparison.Ordinal) ? "公开" : "报送")}",
                $"{ClockWords.Day(clockOf.Due!.Value)}为最后一日，{ClockWords.Left(clockOf.Due.Value, today)}（{clockOf.Definition.Basis}）",
                date.Href, late ? RanOut : Near, date.Unit);
        })];
    }
}

/// <summary>What waits about reports in the count beside 待办.</summary>
sealed class ReportTodo(ReportWork work, ReportSigning signing, SectionDesk sections, RemarkDesk remarks) : ITodoSource
{
    public async Task<int> CountAsync(Person person, Unit unit, int year, CancellationToken cancel) => (await work.OfAsync(person, unit, cancel)).Count;

    public IDisposable Watch(Action changed) => new Watching(signing, sections, remarks, changed);

    sealed class Watching : IDisposable
    {
        readonly ReportSigning signing;
        readonly SectionDesk sections;
        readonly RemarkDesk remarks;
        readonly Action changed;

        public Watching(ReportSigning signing, SectionDesk sections, RemarkDesk remarks, Action changed)
        {
            (this.signing, this.sections, this.remarks, this.changed) = (signing, sections, remarks, changed);
            signing.Changed += changed;
            sections.Changed += changed;
            remarks.Changed += changed;
        }

        public void Dispose()
        {
            signing.Changed -= changed;
            sections.Changed -= changed;
            remarks.Changed -= changed;
        }
    }
}

/// <summary>年度报告 on the to-do page.</summary>
sealed class ReportTodoSlot : ITodoPanel
{
    public int Order => 20;
    public Type Component => typeof(ReportTodoPanel);
}

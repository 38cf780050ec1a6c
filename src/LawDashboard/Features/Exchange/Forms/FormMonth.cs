using LawDashboard.Components;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>The month that a form is filled for when nobody says another.</summary>
static class FormMonth
{
    /// <summary>From so many days of a month on, the form that is due is this month's own.</summary>
    const int DayOfReport = 20;

    public static int Usual(WorkContext work) =>
        work.Year < work.Today.Year ? 12 : work.Year > work.Today.Year ? 1 : work.Today.Day >= DayOfReport ? work.Today.Month : Math.Max(1, work.Today.Month - 1);
}

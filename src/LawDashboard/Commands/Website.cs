using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Quick;
using LawDashboard.Features.Reports;

namespace LawDashboard.Commands;

/// <summary>What only the web application has: pages, sign-in, downloads.</summary>
static class Website
{
    public static IServiceCollection AddWebsite(this IServiceCollection services) => services.AddShell().AddLedgerServices().AddIndicatorPages().AddCaseFilePages();

    public static void MapWebsite(this WebApplication app) => app.UseShell().UseAccounts().MapShell().MapAccounts().MapFormToken().MapLedgers().MapEvidence().MapQuick().MapCaseFiles().MapExchange().MapReports();
}

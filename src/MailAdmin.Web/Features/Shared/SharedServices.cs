using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Hosters;
using MailAdmin.Web.Features.Imports;
using MailAdmin.Web.Features.PasswordLinks;
using MailAdmin.Web.Features.Vacations;

namespace MailAdmin.Web.Features.Shared;

/// <summary>Services that several features use, and the features' background services.</summary>
internal static class SharedServices
{
    public static void AddSharedServices(this IServiceCollection services)
    {
        services.AddSingleton<AccountFilters>();
        services.AddSingleton<AccountQuotas>();
        services.AddSingleton<MailboxWait>();
        services.AddSingleton<JobWait>();
        services.AddSingleton<VacationReader>();
        services.AddScoped<GoneForms>();
        services.AddScoped<PasswordHandover>();
        services.AddScoped<PasswordLinkMaker>();
        services.AddScoped<ProtectedPassword>();
        services.AddScoped(ReaderTime.Of);
        services.AddHostedService<HosterHostedService>();
        services.AddHostedService<AuditHeadHostedService>();
        services.AddHostedService<PasswordLinksHostedService>();
        services.AddHostedService<ImportsHostedService>();
    }
}

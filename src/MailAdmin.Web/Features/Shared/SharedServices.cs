using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Hosters;
using MailAdmin.Web.Features.PasswordLinks;
using MailAdmin.Web.Features.Vacations;

namespace MailAdmin.Web.Features.Shared;

internal static class SharedServices
{
    public static void AddSharedServices(this IServiceCollection services) => services
        .AddSingleton<AccountQuotas>().AddSingleton<MailboxWait>().AddSingleton<TaskWait>().AddSingleton<AccountFilters>().AddScoped<GoneForms>()
        .AddSingleton<VacationReader>().AddScoped<PasswordHandover>().AddScoped(ReaderTime.Of).AddScoped<ProtectedPassword>().AddScoped<PasswordLinkMaker>()
        .AddHostedService<HosterHostedService>().AddHostedService<AuditHeadHostedService>().AddHostedService<PasswordLinksHostedService>();
}

using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Hosters;

namespace MailAdmin.Web.Features.Shared;

internal static class SharedServices
{
    public static void AddSharedServices(this IServiceCollection services) => services
        .AddSingleton<AccountQuotas>().AddSingleton<MailboxWait>().AddScoped<PasswordHandover>().AddHostedService<HosterHostedService>();
}

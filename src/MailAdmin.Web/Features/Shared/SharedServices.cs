using MailAdmin.Web.Features.Accounts;

namespace MailAdmin.Web.Features.Shared;

internal static class SharedServices
{
    public static void AddSharedServices(this IServiceCollection services) => services.AddSingleton<AccountQuotas>().AddSingleton<MailboxWait>().AddScoped<PasswordHandover>();
}

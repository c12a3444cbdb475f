using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.Accounts;

internal static class AccountRegistration
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<AccountService>();
        services.AddSingleton<AccountAddressService>();
        services.AddSingleton<AccountAdoptionService>();
        services.AddSingleton<AdoptionSuggestions>();
        services.AddSingleton<AccountMailboxService>();
        services.AddSingleton<AccountStateService>();
        services.AddSingleton<AccountCursorRepository>();
        services.AddSingleton<AccountRepository>();
        services.AddSingleton<AccountAddressRepository>();
        services.AddSingleton<DeletionImpactReader>();
        services.AddSingleton<FreeNames>();
        services.AddSingleton<MailboxRepository>();
        services.AddSingleton<QuotaStateRepository>();
        services.AddSingleton<RightsHolders>();
        services.TryAddSingleton<IMailboxNames, UnknownMailboxNames>();
    }
}

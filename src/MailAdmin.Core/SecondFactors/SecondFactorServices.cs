using MailAdmin.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.SecondFactors;

public static class SecondFactorServices
{
    /// <summary>
    /// Second factors, and the keys in the database that encrypt their secrets, cookies and forms. A process that needs none of them (the login
    /// service) leaves this out.
    /// </summary>
    public static IServiceCollection AddSecondFactors(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("MailAdmin").PersistKeysToDbContext<MailContext>();
        return services.AddSingleton<AuthenticatorSecrets>().AddSingleton<SecondFactorService>().AddSingleton<SecondFactorRepository>().AddSingleton<SecondStep>();
    }
}

using MailAdmin.Core.Data;
using MailAdmin.Core.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.SecondFactors;

public static class SecondFactorServices
{
    internal const string ApplicationName = "MailAdmin";

    /// <summary>
    /// Registers second factors, and the data protection keys in the database that encrypt their secrets, cookies and forms. A process that
    /// needs none of them (the login service) leaves this out.
    /// </summary>
    public static IServiceCollection AddSecondFactors(this IServiceCollection services)
    {
        services.AddSingleton<PanelKey>().AddSingleton<SecretsCheck>();
        services.AddDataProtection().SetApplicationName(ApplicationName).PersistKeysToDbContext<MailContext>();
        services.AddOptions<KeyManagementOptions>().Configure<PanelKey>((options, key) => options.XmlEncryptor = new SealedKeyXml(key));
        return services.AddSingleton<AuthenticatorSecrets>().AddSingleton<SecondFactorService>().AddSingleton<SecondFactorRepository>()
            .AddSingleton<SecondStep>();
    }
}

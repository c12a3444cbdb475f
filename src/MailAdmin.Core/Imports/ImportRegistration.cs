using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.Imports;

internal static class ImportRegistration
{
    public static void AddImports(this IServiceCollection services)
    {
        services.TryAddSingleton<PanelKey>();
        services.AddSingleton<ImportSecrets>();
        services.AddSingleton<ImportPlanner>();
        services.AddSingleton<ImportRowWriter>();
        services.AddSingleton<ImportPasswordHashes>();
        services.AddSingleton<ImportPasswords>();
        services.AddSingleton<ImportRepository>();
        services.AddSingleton<MailListExport>();
        // Their constructors take types of Core alone.
        services.AddSingleton(provider => new ImportService(
            provider.GetRequiredService<MailDatabase>(), provider.GetRequiredService<ImportPlanner>(),
            provider.GetRequiredService<ImportSecrets>()));
        services.AddSingleton(provider => new ImportSteps(
            provider.GetRequiredService<MailDatabase>(), provider.GetRequiredService<ImportPlanner>(),
            provider.GetRequiredService<ImportRowWriter>(), provider.GetRequiredService<ImportSecrets>(),
            provider.GetRequiredService<ImportPasswordHashes>()));
    }
}

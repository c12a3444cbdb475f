using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Backups;

internal static class BackupRegistration
{
    public static void AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseBackup>();
        services.AddSingleton<DatabaseUpgrade>();
        services.AddSingleton<DatabaseUse>();
        services.AddSingleton<RestoredDatabase>();
        services.AddSingleton<MailboxReconciliation>();
        services.AddSingleton<PassedNames>();
        services.AddSingleton<UpgradeCopies>();
    }
}

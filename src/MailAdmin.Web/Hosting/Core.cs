using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Secrets;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Connections;

namespace MailAdmin.Web.Hosting;

internal static class Core
{
    public static void AddCore(this IServiceCollection services, PanelSettings settings) =>
        services.AddSingleton(settings.Vacations).AddSingleton(settings.MailboxCopies)
            .AddMailAdminCore(settings.ToDatabaseOptions(), settings.Passwords);

    /// <summary>Prepares everything that the first request depends on.</summary>
    /// <returns>False if the database belongs to another version or is being restored; the log says so.</returns>
    public static async Task<bool> PrepareAsync(this WebApplication app)
    {
        if (!await app.Services.PrepareDatabaseAsync()) return false;
        var lost = await app.Services.GetRequiredService<SecretsCheck>().CountLostAsync(CancellationToken.None);
        if (lost > 0) Log.KeyFileDiffers(app.Logger, lost);
        await app.Services.GetRequiredService<HosterRepository>().RefreshAsync(CancellationToken.None);
        await app.Services.GetRequiredService<SetupGate>().OpenIfNeededAsync();
        return true;
    }

    /// <summary>Runs the panel until it is stopped.</summary>
    /// <returns>The exit code: 1 if another program listens at its address, which the log says.</returns>
    public static async Task<int> ListenAsync(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            Log.AddressTaken(app.Logger, e.Message.TrimEnd('.'));
            return 1;
        }
    }

    /// <inheritdoc cref="PrepareAsync"/>
    public static async Task<bool> PrepareDatabaseAsync(this IServiceProvider services)
    {
        if (!services.GetRequiredService<DatabaseUse>().TryBegin())
        {
            Log.DatabaseIsBeingRestored(
                services.GetRequiredService<ILogger<DatabaseUse>>(), services.GetRequiredService<IDatabaseProvider>().Location);
            return false;
        }
        try
        {
            await services.GetRequiredService<DatabasePreparation>().RunAsync();
            return true;
        }
        catch (DatabaseVersionException e)
        {
            Log.DatabaseOfOtherVersion(services.GetRequiredService<ILogger<DatabasePreparation>>(), e.Message);
            return false;
        }
        catch (BackupException e)
        {
            // Before a migration, the copy of the database is checked.
            Log.DatabaseOfOtherVersion(services.GetRequiredService<ILogger<DatabasePreparation>>(), Problems.TextOf(e.Problem));
            return false;
        }
    }
}

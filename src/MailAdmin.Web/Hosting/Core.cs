using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Secrets;
using MailAdmin.Web.Features.Setup;

namespace MailAdmin.Web.Hosting;

internal static class Core
{
    public static void AddCore(this IServiceCollection services, PanelSettings settings) =>
        services.AddSingleton(settings.Vacations).AddMailAdminCore(settings.ToDatabaseOptions(), settings.Passwords);

    /// <summary>What has to be true before the first request is taken.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<DatabasePreparation>().RunAsync();
        if (await app.Services.GetRequiredService<SecretsRenewal>().RunAsync() is > 0 and var lost) Log.KeyFileDiffers(app.Logger, lost);
        await app.Services.GetRequiredService<HosterRepository>().RefreshAsync();
        await app.Services.GetRequiredService<SetupDoor>().OpenIfNeededAsync();
    }
}

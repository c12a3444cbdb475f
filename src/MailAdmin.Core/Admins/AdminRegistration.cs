using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Admins;

internal static class AdminRegistration
{
    public static void AddAdmins(this IServiceCollection services)
    {
        services.AddSingleton<AdminService>();
        services.AddSingleton<AdminRepository>();
        services.AddSingleton<AdminTokenService>();
        services.AddSingleton<AdminTokenRepository>();
        services.AddSingleton<OwnSessions>();
        services.AddSingleton<OwnSettingsService>();
        services.AddSingleton<SessionRepository>();
        services.AddSingleton<SetupTokens>();
        services.AddSingleton<SignInFailures>();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.PasswordLinks;

internal static class PasswordLinkRegistration
{
    public static void AddPasswordLinks(this IServiceCollection services)
    {
        services.AddSingleton<PasswordLinkService>();
        services.AddSingleton<PasswordLinkRepository>();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Redirects;

internal static class RedirectRegistration
{
    public static void AddRedirects(this IServiceCollection services)
    {
        services.AddSingleton<RedirectService>();
        services.AddSingleton<RedirectRepository>();
    }
}

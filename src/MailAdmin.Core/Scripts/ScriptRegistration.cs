using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Scripts;

internal static class ScriptRegistration
{
    public static void AddScripts(this IServiceCollection services)
    {
        services.AddSingleton<ScriptAddresses>();
        services.AddSingleton<ScriptService>();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Aliases;

internal static class AliasRegistration
{
    public static void AddAliases(this IServiceCollection services)
    {
        services.AddSingleton<AliasService>();
        services.AddSingleton<AliasRepository>();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.CatchAlls;

internal static class CatchAllRegistration
{
    public static void AddCatchAlls(this IServiceCollection services)
    {
        services.AddSingleton<CatchAllService>();
        services.AddSingleton<CatchAllRepository>();
    }
}

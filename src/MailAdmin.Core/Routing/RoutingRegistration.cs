using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.Routing;

internal static class RoutingRegistration
{
    public static void AddMailRouting(this IServiceCollection services)
    {
        services.AddSingleton<MapRepository>();
        services.AddSingleton<ResolverRepository>();
        services.TryAddSingleton<IReturnAddresses, UnknownReturnAddresses>();
    }
}

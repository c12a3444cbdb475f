using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Takeovers;

internal static class TakeoverRegistration
{
    public static void AddTakeovers(this IServiceCollection services) => services.AddSingleton<TakeoverService>();
}

using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Sending;

internal static class SendingRegistration
{
    public static void AddSending(this IServiceCollection services)
    {
        services.AddSingleton<SendingService>();
        services.AddSingleton<SendingRepository>();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Outbox;

internal static class OutboxRegistration
{
    public static void AddOutbox(this IServiceCollection services)
    {
        services.AddSingleton<OutboxRepository>();
        services.AddSingleton<JobRepository>();
        services.AddSingleton<JobService>();
    }
}

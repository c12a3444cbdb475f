using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Audit;

internal static class AuditRegistration
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditRepository>();
        services.AddSingleton<AuditVerifier>();
    }
}

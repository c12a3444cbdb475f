using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.Vacations;

internal static class VacationRegistration
{
    public static void AddVacations(this IServiceCollection services)
    {
        services.AddSingleton<VacationService>();
        services.AddSingleton<VacationRepository>();
        services.AddSingleton<VacationCheckRepository>();
        services.TryAddSingleton(new VacationOptions());
    }
}

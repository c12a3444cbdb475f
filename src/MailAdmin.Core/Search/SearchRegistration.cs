using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Search;

internal static class SearchRegistration
{
    public static void AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<SearchRepository>();
    }
}

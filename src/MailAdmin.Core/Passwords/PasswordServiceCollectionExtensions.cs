using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.Passwords;

public static class PasswordServiceCollectionExtensions
{
    /// <summary>Registers the hasher and the one queue that the panel and the login socket share. A second call changes nothing.</summary>
    public static IServiceCollection AddPasswords(this IServiceCollection services, PasswordOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton<PasswordHasher>();
        services.TryAddSingleton<PasswordHashQueue>();
        return services;
    }
}

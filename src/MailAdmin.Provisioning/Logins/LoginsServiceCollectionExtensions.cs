using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Provisioning.Logins;

public static class LoginsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the login socket and the writer of last logins. <c>AddPasswords</c> provides the hasher and the queue; the host provides
    /// logging.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Already validated by the caller; <c>Socket</c> is set.</param>
    /// <param name="cyrus">Has the administrator who may sign in, and the command that ends ManageSieve sessions; null for neither.</param>
    /// <param name="find">
    /// Reads the account of a username in lower case, or of an address with A-labels in lower case; null if there is none. It throws if the
    /// database can't be queried.
    /// </param>
    /// <param name="save">Writes a batch of last logins and renewed hashes.</param>
    public static IServiceCollection AddLogins(
        this IServiceCollection services,
        LoginOptions options,
        CyrusOptions? cyrus,
        Func<IServiceProvider, Func<string, LoginRecord?>> find,
        Func<IServiceProvider, Func<IReadOnlyCollection<LastLogin>, CancellationToken, Task>> save)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(CyrusAdministrator.Of(cyrus));
        services.AddSingleton(new KillCommand(cyrus?.KillCommand ?? []));
        services.AddSingleton(provider => new FindLogin(find(provider)));
        services.AddSingleton(provider => new SaveLastLogins(save(provider)));
        services.AddSingleton<LastLogins>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<PasswordRenewals>();
        services.AddSingleton<LoginService>();
        services.AddSingleton<SaslauthdServer>();
        services.AddSingleton(provider => provider.GetRequiredService<LoginService>().Sessions);
        services.AddSingleton<SieveSessionEnd>();
        services.AddHostedService<SieveSessionsHostedService>();
        // Services stop in reverse order: the last logins are written after the socket has closed.
        services.AddHostedService<LastLoginsHostedService>();
        services.AddHostedService<SaslauthdHostedService>();
        return services;
    }
}

using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Provisioning.Logins;

public static class LoginsServiceCollectionExtensions
{
    /// <summary>
    /// The login socket and the writer of last logins. <c>AddPasswords</c> gives the hasher and the queue; logging is the host's.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Checked by whoever read them; a socket is named.</param>
    /// <param name="cyrus">Whose administrator may sign in, and how its ManageSieve sessions are ended; null for neither.</param>
    /// <param name="find">
    /// Reads the account of a username in lower case, or of an address with A-labels in lower case; null when there is none. It throws
    /// when the database can't be asked.
    /// </param>
    /// <param name="save">Writes a batch of last logins in one transaction.</param>
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
        services.AddSingleton<LoginService>();
        services.AddSingleton<SaslauthdServer>();
        services.AddSingleton(provider => provider.GetRequiredService<LoginService>().Sessions);
        services.AddSingleton<SieveSessionEnd>();
        services.AddHostedService<SieveSessionsHostedService>();
        // Services stop in the reverse order: the last logins are written when no more come.
        services.AddHostedService<LastLoginsHostedService>();
        services.AddHostedService<SaslauthdHostedService>();
        return services;
    }
}

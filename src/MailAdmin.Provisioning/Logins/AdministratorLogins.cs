using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Answers at the login socket while neither panel nor login service runs, so that Cyrus' administrator can sign in. Everybody else is told
/// to try again later.
/// </summary>
public sealed class AdministratorLogins : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private AdministratorLogins(ServiceProvider services) => _services = services;

    /// <param name="options">The socket.</param>
    /// <param name="cyrus">The administrator.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>Null if there is no socket on this host, or somebody else answers there already.</returns>
    public static async Task<AdministratorLogins?> TryStartAsync(
        LoginOptions options, CyrusOptions cyrus, CancellationToken cancellationToken)
    {
        if (options.Socket is null) return null;
        var services = new ServiceCollection().AddLogging();
        services.AddPasswords(new PasswordOptions());
        services.AddLogins(
            options, cyrus, _ => _ => throw new InvalidOperationException("The database is being restored."),
            _ => (_, _) => Task.CompletedTask);
        var logins = new AdministratorLogins(services.BuildServiceProvider());
        try
        {
            await logins._services.GetRequiredService<SaslauthdServer>().StartAsync(cancellationToken);
            return logins;
        }
        catch (LoginSocketException)
        {
            await logins.DisposeAsync();
            return null;
        }
    }

    /// <summary>Closes the socket and removes it.</summary>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using MailAdmin.Core.Data;
using MailAdmin.Provisioning;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Sending;

namespace MailAdmin.Web.Hosting;

internal static class Provisioning
{
    /// <summary>
    /// Adds the services that make the servers match, each if the settings have its section: the worker (<c>Cyrus</c>, <c>Sieve</c>), the
    /// follower of the maps (<c>Maps:Folder</c>), the login socket (<c>Logins:Socket</c>, unless <c>Logins:OwnProcess</c> leaves it to
    /// <c>login-service</c>).
    /// </summary>
    public static void AddProvisioning(this IServiceCollection services, PanelSettings settings)
    {
        if (!settings.Logins.OwnProcess) services.AddLogins(settings);
        services.AddServers(settings.Cyrus, settings.Sieve, settings.Maps);
        services.AddDns(settings.Dns);
        services.AddSingleton<MailDelivery>();
        if (settings.Cyrus is not null || settings.Maps.AreKept) services.AddMailDelivery();
    }

    /// <summary>Adds the login socket if the settings name one, and with it the policy service and the milter (<c>Sending</c>).</summary>
    public static void AddLogins(this IServiceCollection services, PanelSettings settings)
    {
        if (settings.Logins.Socket is null) return;
        services.AddLogins(
            settings.Logins,
            settings.Cyrus,
            provider => provider.GetRequiredService<LoginDirectory>().Find,
            provider => (batch, cancellationToken) => SaveAsync(provider.GetRequiredService<LoginDirectory>(), batch, cancellationToken));
        if (settings.Sending.Socket is not null)
            services.AddSending(settings.Sending, provider => provider.GetRequiredService<SenderDirectory>().Find);
    }

    private static async Task SaveAsync(LoginDirectory directory, IReadOnlyCollection<LastLogin> batch, CancellationToken cancellationToken)
    {
        var renewed = batch.Where(l => l.Renewed is not null).ToList();
        var tried = batch.Where(l => l.TriedAddress is not null).ToList();
        var done = batch.Except(renewed).Except(tried).ToList();
        if (renewed.Count > 0) await directory.SaveRenewedAsync(
            renewed.Select(l => (l.AccountId, l.Renewed!.Before, l.Renewed.After)), cancellationToken);
        if (done.Count > 0) await directory.SaveLastLoginsAsync(done.Select(l => (l.AccountId, l.Service, l.At)), cancellationToken);
        if (tried.Count > 0) await directory.SaveTriedAsync(
            tried.Select(l => (l.AccountId, l.Service, l.At, l.TriedAddress!)), cancellationToken);
    }
}

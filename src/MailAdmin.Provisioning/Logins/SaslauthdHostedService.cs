using Microsoft.Extensions.Hosting;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Runs the login socket with the host, which is the panel or a process of its own.</summary>
internal sealed class SaslauthdHostedService(SaslauthdServer server) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);
}

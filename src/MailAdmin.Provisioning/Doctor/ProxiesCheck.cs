namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that each proxy in front of the panel is listed in the settings, so that browsers are distinguished by their own addresses. In a
/// command the check finds nothing, because a command receives no requests.
/// </summary>
internal sealed class ProxiesCheck(UnnamedProxies proxies, DoctorOptions options) : Check("Proxies")
{
    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
        proxies.Seen is { } peer ? [new("ProxyUnnamed", $"{options.SettingsFile}: Proxies", $"\"{peer}\"", peer.ToString())] : []);
}

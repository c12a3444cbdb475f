namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Each proxy in front of the panel is named, so that browsers are told apart by their own addresses. A command sees no requests, so it
/// knows of none.
/// </summary>
internal sealed class ProxiesCheck(UnnamedProxies proxies, DoctorOptions options) : Check("Proxies")
{
    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
        proxies.Seen is { } peer ? [new("ProxyUnnamed", $"{options.SettingsFile}: Proxies", $"\"{peer}\"", peer.ToString())] : []);
}

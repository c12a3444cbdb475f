using MailAdmin.Provisioning.Configuration;
using MailAdmin.Sandbox.Ports;

namespace MailAdmin.Sandbox.Cyrus;

/// <summary>Writes imapd.conf and cyrus.conf: the same as in every installation, with this sandbox's paths.</summary>
internal static class CyrusConfiguration
{
    public const string AdminUser = "cyrus";

    private const string Head = "# Written at each start of the sandbox.\n";

    public static async Task WriteAsync(SandboxFolder folder, SandboxPorts ports, string extra, CancellationToken cancellationToken)
    {
        var layout = SandboxLayout.Of(folder, ports);
        await File.WriteAllTextAsync(folder.CyrusSettings, Head + ImapdConfiguration.Text(layout) + extra + "\n", cancellationToken);
        await File.WriteAllTextAsync(folder.CyrusServices, Head + CyrusServicesConfiguration.Text(layout), cancellationToken);
    }
}

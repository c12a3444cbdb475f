using MailAdmin.Provisioning.Configuration;
using MailAdmin.Sandbox.Ports;

namespace MailAdmin.Sandbox.Cyrus;

/// <summary>Writes imapd.conf and cyrus.conf: those of every installation, and what keeps this one to its folder.</summary>
internal static class CyrusConfiguration
{
    public const string AdminUser = "cyrus";

    private const string Head = "# Written at each start of the sandbox.\n";

    public static async Task WriteAsync(SandboxFolder folder, SandboxPorts ports, string extra, CancellationToken cancellation)
    {
        var layout = SandboxLayout.Of(folder, ports);
        await File.WriteAllTextAsync(folder.CyrusSettings, Head + ImapdConfiguration.Text(layout) + Own(folder) + extra + "\n", cancellation);
        await File.WriteAllTextAsync(folder.CyrusServices, Head + CyrusServicesConfiguration.Text(layout), cancellation);
    }

    private static string Own(SandboxFolder folder) => $"""
        # The sandbox's own.
        proc_path: {folder.Cyrus}/run/proc
        mboxname_lockpath: {folder.Cyrus}/run/lock
        idlesocket: {folder.Cyrus}/run/socket/idle
        notifysocket: {folder.Cyrus}/run/socket/notify
        syslog_prefix: cyrus

        """;
}

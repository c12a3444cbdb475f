using MailAdmin.Provisioning.Configuration;
using MailAdmin.Sandbox.Ports;

namespace MailAdmin.Sandbox.Postfix;

/// <summary>
/// Writes main.cf, master.cf and the SASL settings: the same as in every installation, with settings that confine this one to its folder
/// and machine.
/// </summary>
internal static class PostfixConfiguration
{
    private const string Head = "# Written at each start of the sandbox.\n";

    public static async Task WriteAsync(SandboxFolder folder, SandboxPorts ports, string extra, CancellationToken cancellationToken)
    {
        var layout = SandboxLayout.Of(folder, ports);
        var to = folder.PostfixConfiguration;
        Directory.CreateDirectory($"{to}/sasl", FileModes.Entered);
        await File.WriteAllTextAsync(
            $"{to}/main.cf", Head + MainConfiguration.Text(layout) + Own(folder, ports) + extra + "\n", cancellationToken);
        await File.WriteAllTextAsync($"{to}/master.cf", Head + MasterConfiguration.Text(layout), cancellationToken);
        await File.WriteAllTextAsync($"{to}/sasl/smtpd.conf", MainConfiguration.Sasl(layout), cancellationToken);
    }

    private static string Own(SandboxFolder folder, SandboxPorts ports) => $$"""
        # The sandbox's own.
        queue_directory = {{folder.Postfix}}/queue
        data_directory = {{folder.Postfix}}/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        shlib_directory = /usr/lib/postfix
        meta_directory = /etc/postfix
        mail_owner = postfix
        setgid_group = postdrop
        maillog_file = {{folder.PostfixLog}}
        maillog_file_prefixes = {{folder.Path}}
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        # Tests provoke many refusals, and gain nothing by waiting for them.
        smtpd_error_sleep_time = 0

        # Mail to the rest of the world ends in the sandbox's sink. A next hop that the panel names may only be on this
        # machine: a connection from a loopback address gets nowhere else.
        relayhost = [127.0.0.1]:{{ports.Outside}}
        smtp_bind_address = 127.0.0.1
        smtp_dns_support_level = disabled
        # A try at a stopped server is repeated while somebody still looks on.
        queue_run_delay = 5s
        minimal_backoff_time = 5s
        maximal_backoff_time = 60s

        """;
}

using MailAdmin.Provisioning.Installation;
using MailAdmin.Provisioning.Processes;
using ProvisioningCommand = MailAdmin.Provisioning.Processes.CommandLine;
using ProvisioningRunner = MailAdmin.Provisioning.Processes.CommandRunner;

namespace MailAdmin.Web.Commands.Install;

/// <summary>The services of an installation: restarted by systemd, or named for whoever restarts them.</summary>
internal sealed class ServerServices(SystemRoot root)
{
    private const string Systemctl = "/usr/bin/systemctl";
    private const string Proxy = "nginx";

    // Mail programs sign in as soon as the mail servers listen, so the login service is first.
    private static readonly string[] Panel = ["mailadmin-login.socket", "mailadmin-login.service", "mailadmin.service"];
    private static readonly string[] Servers = ["cyrus-imapd.service", "postsrsd.service", "postfix.service"];

    // systemd itself waits for each service's own limit.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>The order of all services.</summary>
    public static IReadOnlyList<string> Order { get; } = [Panel[0], Panel[1], .. Servers, Panel[2]];

    /// <summary>Whether systemd runs here, and the files are those of this system.</summary>
    public bool CanRestart => root.IsRunning && Directory.Exists("/run/systemd/system");

    /// <exception cref="CommandException">A service did not start; systemd's own words say why.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        foreach (var unit in Order) await RunAsync(cancellationToken, VerbOf(unit), unit);
        await ReloadProxyAsync(cancellationToken);
    }

    /// <summary>Makes Cyrus, Postfix and nginx use a new certificate. Connections that are open keep the old one.</summary>
    /// <exception cref="CommandException">A service did not start again.</exception>
    public async Task TakeCertificateAsync(CancellationToken cancellationToken)
    {
        // Cyrus' processes read it when they start: its reload keeps them.
        await RunAsync(cancellationToken, "try-restart", Servers[0]);
        await RunAsync(cancellationToken, "try-reload-or-restart", Servers[2]);
        await ReloadProxyAsync(cancellationToken);
    }

    /// <summary>Starts the mail servers with the files of before; what fails is left to whoever reads the output.</summary>
    /// <param name="hasSettings">Whether the panel has settings to run with.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RestoreAsync(bool hasSettings, CancellationToken cancellationToken)
    {
        if (!CanRestart) return;
        foreach (var unit in hasSettings ? Order : [.. Panel.Reverse(), .. Servers])
        {
            var verb = hasSettings || Servers.Contains(unit, StringComparer.Ordinal) ? VerbOf(unit) : "stop";
            await ProvisioningRunner.RunAsync(Command(verb, unit), cancellationToken);
        }
    }

    // The sockets stay open while their service restarts, so that no login is refused.
    private static string VerbOf(string unit) => unit.EndsWith(".socket", StringComparison.Ordinal) ? "start" : "restart";

    private async Task ReloadProxyAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists("/etc/nginx")) await RunAsync(cancellationToken, "try-reload-or-restart", Proxy);
    }

    private static async Task RunAsync(CancellationToken cancellationToken, string verb, string unit)
    {
        var result = await ProvisioningRunner.RunAsync(Command(verb, unit), cancellationToken);
        if (result.ExitCode != 0) throw new CommandException($"systemctl {verb} {unit}: {result.Message}");
    }

    private static ProvisioningCommand Command(string verb, string unit) => new(Systemctl, verb, unit) { Deadline = Deadline };
}

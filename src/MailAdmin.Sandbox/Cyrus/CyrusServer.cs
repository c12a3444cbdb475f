using MailAdmin.Sandbox.Ports;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Cyrus;

/// <summary>The private Cyrus: IMAP, POP3, ManageSieve, and LMTP on a Unix socket.</summary>
public sealed class CyrusServer : Daemon
{
    internal const string User = "cyrus:mail";

    private static readonly string[] Folders =
        ["cyrus", "cyrus/config", "cyrus/config/socket", "cyrus/config/db", "cyrus/spool", "cyrus/sieve",
         "cyrus/run", "cyrus/run/proc", "cyrus/run/lock", "cyrus/run/socket"];

    private readonly SandboxPorts _ports;
    private readonly string _extraSettings;
    private PrivateSyslog? _syslog;

    internal CyrusServer(SandboxFolder folder, SandboxPorts ports, SandboxOptions options)
        : base("Cyrus", folder, new LogFile(folder.CyrusLog), options.StartTimeout)
    {
        (_ports, _extraSettings) = (ports, options.CyrusSettings);
    }

    /// <summary>The LMTP socket to which Postfix delivers.</summary>
    public string LmtpSocket => Folder.LmtpSocket;

    private protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var missing = Folders.Select(Folder.In).Where(path => !Directory.Exists(path)).ToList();
        foreach (var path in missing) Directory.CreateDirectory(path, FileModes.Entered);
        if (missing.Count > 0) await FileOwner.SetAsync(User, missing, cancellationToken);
        await CyrusConfiguration.WriteAsync(Folder, _ports, _extraSettings, cancellationToken);
        _syslog ??= new PrivateSyslog(Folder, Log);
    }

    private protected override DaemonCommand Command() => PrivateSyslog.Wrap(
        Folder, "/usr/sbin/cyrmaster", "-C", Folder.CyrusSettings, "-M", Folder.CyrusServices, "-p", Folder.In("run/cyrus.pid"));

    private protected override Task<bool> AnswersAsync(CancellationToken cancellationToken) => Probe.AllAsync(
        Probe.GreetsAsync(_ports.Imap, "* OK", cancellationToken),
        Probe.GreetsWithTlsAsync(_ports.Imaps, "* OK", cancellationToken),
        Probe.GreetsAsync(_ports.Pop3, "+OK", cancellationToken),
        Probe.GreetsWithTlsAsync(_ports.Pop3s, "+OK", cancellationToken),
        Probe.GreetsAsync(_ports.Sieve, "\"IMPLEMENTATION\"", cancellationToken),
        Probe.GreetsAsync(Folder.LmtpSocket, "220", cancellationToken));

    private protected override Task CompleteLogAsync() => _syslog?.CatchUpAsync() ?? Task.CompletedTask;

    private protected override async Task ReleaseAsync()
    {
        if (_syslog is not null) await _syslog.DisposeAsync();
        _syslog = null;
    }
}

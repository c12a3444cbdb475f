using System.Security.Cryptography;
using MailAdmin.Sandbox.Ports;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Postfix;

/// <summary>postsrsd, which rewrites the senders of forwarded mail and returns their bounces.</summary>
public sealed class SrsServer : Daemon
{
    // It needs no access to the folder, because it reads the secret before it changes its user.
    private const string User = "nobody";
    private const int SecretOctets = 24;
    private readonly SandboxPorts _ports;

    internal SrsServer(SandboxFolder folder, SandboxPorts ports, SandboxOptions options)
        : base("postsrsd", folder, new LogFile(folder.SrsLog), options.StartTimeout)
    {
        _ports = ports;
    }

    private protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Folder.SrsSecret))
            FileModes.WritePrivate(Folder.SrsSecret, Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretOctets)) + "\n");
        return Task.CompletedTask;
    }

    private protected override DaemonCommand Command() => new(
        "/usr/sbin/postsrsd",
        ["-d", MailNames.Hostname, "-s", Folder.SrsSecret, "-l", "127.0.0.1", "-f", $"{_ports.SrsForward}", "-r", $"{_ports.SrsReverse}",
        "-u", User]);

    private protected override Task<bool> AnswersAsync(CancellationToken cancellationToken) => Probe.AllAsync(
        Probe.AnswersAsync(_ports.SrsForward, "get a@b.test\n", "200 SRS0", cancellationToken),
        Probe.AnswersAsync(_ports.SrsReverse, "get a@b.test\n", "500", cancellationToken));
}

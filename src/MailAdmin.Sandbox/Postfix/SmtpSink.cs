using MailAdmin.Sandbox.Ports;
using MailAdmin.Sandbox.Processes;
using MimeKit;

namespace MailAdmin.Sandbox.Postfix;

/// <summary>Stands for all other mail servers: accepts what Postfix sends to external addresses and stores it in files.</summary>
public sealed class SmtpSink : Daemon
{
    // Runs as nobody, so that a client can reach nothing beyond this folder.
    private const string User = "nobody";
    private readonly SandboxPorts _ports;

    internal SmtpSink(SandboxFolder folder, SandboxPorts ports, SandboxOptions options)
        : base("The sink for outside mail", folder, new LogFile(folder.OutsideLog), options.StartTimeout)
    {
        _ports = ports;
    }

    /// <summary>
    /// The messages that have arrived so far, oldest first. The last one may be incomplete: call again until it is as expected.
    /// </summary>
    public IReadOnlyList<OutsideMessage> Messages() =>
        [.. new DirectoryInfo(Folder.Outside).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc)
            .Select(file => OutsideMessage.Load(file.FullName))];

    private protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder.Outside, FileModes.PrivateFolder);
        return FileOwner.SetAsync(User, [Folder.Outside], cancellationToken);
    }

    private protected override DaemonCommand Command() =>
        new("/usr/sbin/smtp-sink", ["-u", User, "-d", $"{Folder.Outside}/%Y%m%d-%H%M%S.", $"127.0.0.1:{_ports.Outside}", "100"]);

    private protected override Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        Probe.GreetsAsync(_ports.Outside, "220", cancellationToken);
}

/// <param name="Sender">The envelope sender, empty for a bounce.</param>
/// <param name="Recipients">The envelope recipients.</param>
public sealed record OutsideMessage(string Sender, IReadOnlyList<string> Recipients, MimeMessage Message)
{
    internal static OutsideMessage Load(string path)
    {
        var message = MimeMessage.Load(path);
        return new OutsideMessage(Envelope(message, "X-Mail-Args").FirstOrDefault(""), [.. Envelope(message, "X-Rcpt-Args")], message);
    }

    // "<a@example.org> ORCPT=…": the address comes first.
    private static IEnumerable<string> Envelope(MimeMessage message, string field) => message.Headers
        .Where(header => header.Field == field)
        .Select(header => header.Value.TrimStart('<').Split('>')[0]);
}

using MailAdmin.Provisioning.Postfix;
using MailAdmin.Sandbox.Ports;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Postfix;

/// <summary>The private Postfix.</summary>
public sealed class PostfixServer : Daemon
{
    private readonly SandboxPorts _ports;
    private readonly string _extraSettings;

    internal PostfixServer(SandboxFolder folder, SandboxPorts ports, SandboxOptions options)
        : base("Postfix", folder, new LogFile(folder.PostfixLog), options.StartTimeout)
    {
        (_ports, _extraSettings) = (ports, options.PostfixSettings);
    }

    /// <summary>The folder of main.cf, for <c>postqueue -c</c> and similar commands.</summary>
    public string ConfigurationPath => Folder.PostfixConfiguration;

    /// <summary>Tries to deliver all queued mail now.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        Tool.RunAsync("postqueue", ["-c", Folder.PostfixConfiguration, "-f"], cancellationToken);

    private protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var data = Folder.In("postfix/data");
        foreach (var path in (string[])[Folder.Postfix, Folder.In("postfix/queue"), data, Folder.Maps])
            Directory.CreateDirectory(path, FileModes.Entered);
        if (!File.Exists(LogPath)) await File.WriteAllTextAsync(LogPath, "", cancellationToken);
        await FileOwner.SetAsync("postfix", [data, LogPath], cancellationToken); // postsuper has to write to the log as this user
        await PostfixConfiguration.WriteAsync(Folder, _ports, _extraSettings, cancellationToken);
        await CreateMissingMapsAsync(cancellationToken);
        // Creates the queue's folders, and repairs what a kill -9 left in them.
        await Tool.RunAsync("postfix", ["-c", Folder.PostfixConfiguration, "check"], cancellationToken);
    }

    private protected override DaemonCommand Command() =>
        new("/usr/lib/postfix/sbin/master", ["-c", Folder.PostfixConfiguration, "-s"])
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["MAIL_CONFIG"] = Folder.PostfixConfiguration },
        };

    private protected override Task<bool> AnswersAsync(CancellationToken cancellationToken) => Probe.AllAsync(
        Probe.GreetsAsync(_ports.Smtp, "220", cancellationToken),
        Probe.GreetsWithTlsAsync(_ports.Smtps, "220", cancellationToken),
        Probe.GreetsAsync(_ports.Submission, "220", cancellationToken),
        Probe.GreetsAsync(_ports.SieveSubmission, "220", cancellationToken));

    // Postfix does not work while a map is missing.
    private async Task CreateMissingMapsAsync(CancellationToken cancellationToken)
    {
        var maps = new MapOptions
        {
            Folder = Folder.Maps,
            ReloadTrigger = Folder.ReloadTrigger,
            ConfigDirectory = Folder.PostfixConfiguration,
        };
        try
        {
            await MissingMaps.CreateAsync(maps, MissingMaps.Of(maps), cancellationToken);
        }
        catch (PostmapException e)
        {
            throw new SandboxException(e.Message, e);
        }
    }
}

using MailAdmin.Sandbox.Cyrus;
using MailAdmin.Sandbox.Example;
using MailAdmin.Sandbox.Packages;
using MailAdmin.Sandbox.Panel;
using MailAdmin.Sandbox.Ports;
using MailAdmin.Sandbox.Postfix;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox;

/// <summary>
/// A private Cyrus and Postfix on loopback ports, with the panel. Both the command line and the tests use this class. Disposing it leaves
/// no process behind; the folder keeps the data for the next start.
/// </summary>
public sealed class MailSandbox : IAsyncDisposable
{
    // A loaded machine takes a few seconds; a Cyrus that does not answer must not delay the start.
    private static readonly TimeSpan MailboxPatience = TimeSpan.FromSeconds(20);

    private readonly SandboxFolder _folder;
    private readonly FileStream _folderLock;
    private readonly PortReservation _reservation;

    private MailSandbox(SandboxFolder folder, FileStream folderLock, PortReservation reservation, SandboxOptions options)
    {
        (_folder, _folderLock, _reservation) = (folder, folderLock, reservation);
        Outside = new SmtpSink(folder, Ports, options);
        Cyrus = new CyrusServer(folder, Ports, options);
        Forwarding = new SrsServer(folder, Ports, options);
        Postfix = new PostfixServer(folder, Ports, options);
        Panel = new PanelServer(folder, Ports, options);
        Logins = options.SeparateLogins ? new LoginServer(folder, options) : null;
    }

    public SandboxFolder Folder => _folder;

    public SandboxPorts Ports => _reservation.Ports;

    public CyrusServer Cyrus { get; }

    public PostfixServer Postfix { get; }

    /// <summary>Rewrites the senders of forwarded mail.</summary>
    public SrsServer Forwarding { get; }

    public PanelServer Panel { get; }

    /// <summary>The login socket's own process; null if the panel runs it.</summary>
    public LoginServer? Logins { get; }

    /// <summary>Receives mail that leaves the system.</summary>
    public SmtpSink Outside { get; }

    public string PanelUrl => Panel.Url;

    /// <inheritdoc cref="PanelServer.SetupUrl"/>
    public string? SetupUrl => Panel.SetupUrl;

    /// <summary>The example's accounts; empty in an empty sandbox.</summary>
    public IReadOnlyList<SandboxAccount> Accounts => Description.Accounts;

    /// <summary>The content of sandbox.json.</summary>
    public SandboxDescription Description { get; private set; } = null!;

    private IEnumerable<Daemon> Daemons => [Panel, .. Logins is null ? [] : new Daemon[] { Logins }, Postfix, Cyrus, Forwarding, Outside];

    /// <param name="options">The folder and other settings.</param>
    /// <param name="report">Called for steps that take longer than a moment.</param>
    /// <param name="cancellationToken">Cancels the start; daemons that run already are stopped.</param>
    /// <exception cref="SandboxException">It cannot start; the message says what to do, and nothing is left running.</exception>
    public static async Task<MailSandbox> StartAsync(
        SandboxOptions options, Action<string>? report = null, CancellationToken cancellationToken = default)
    {
        await DebianPackages.Needed.EnsureAsync(Environment.IsPrivilegedProcess, report ?? (_ => { }), cancellationToken);
        RefuseOthersThanRoot();
        FileModes.LetOthersRead();

        var sandbox = await TakeAsync(options, cancellationToken);
        try
        {
            await sandbox.StartAsync(options.Empty, cancellationToken);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when a daemon ends without having been stopped; the exception tells what happened.</summary>
    public async Task<SandboxException> WaitForDeathAsync() => await await Task.WhenAny(Daemons.Select(daemon => daemon.Died));

    public async ValueTask DisposeAsync()
    {
        File.Delete(_folder.Description); // it says that we answer
        await Task.WhenAll(Daemons.Select(daemon => daemon.DisposeAsync().AsTask()));
        _reservation.Dispose();
        await _folderLock.DisposeAsync();
    }

    private static void RefuseOthersThanRoot()
    {
        if (Environment.IsPrivilegedProcess) return;
        var command = string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        throw new SandboxException($"""
            Cyrus and Postfix each run as a user of their own, and only root can start them. Run:
                sudo dotnet run --project src/MailAdmin.Sandbox{(command.Length > 0 ? " -- " + command : "")}
            """);
    }

    private static async Task<MailSandbox> TakeAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var folder = new SandboxFolder(options.Folder);
        var folderLock = folder.Take();
        try
        {
            await ProcessTable.ClearAsync(folder, cancellationToken);
            if (options.Fresh) folder.Clear();
            return new MailSandbox(folder, folderLock, PortReservation.Take(folder, options.PanelPort), options);
        }
        catch
        {
            await folderLock.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(bool empty, CancellationToken cancellationToken)
    {
        File.Delete(_folder.Description);
        Directory.CreateDirectory(_folder.Run, FileModes.Entered);
        Directory.CreateDirectory(_folder.Panel, FileModes.PrivateFolder);
        await SandboxCertificate.EnsureAsync(_folder, TimeProvider.System, cancellationToken);
        var cyrusAdmin = CyrusAdmin.Ensure(_folder);
        PanelSettings.Write(_folder, Ports, separateLogins: Logins is not null);
        var signIns = await ExampleSignIns.EnsureAsync(_folder, empty, cancellationToken);
        await StartAllAsync(cancellationToken);
        if (signIns.Accounts.Count > 0) await ExampleData.InPlaceAsync(_folder.Database, MailboxPatience, cancellationToken);
        Description = Describe(cyrusAdmin, signIns);
        Description.Write(_folder.Description);
    }

    // Starts them in parallel, which takes half the time on two cores. The first one that fails cancels the others.
    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starts = Daemons.Select(daemon => Task.Run(() => daemon.StartAsync(stop.Token), cancellationToken)).ToList();
        var all = Task.WhenAll(starts);
        await foreach (var start in Task.WhenEach(starts))
        {
            if (start.IsCompletedSuccessfully) continue;
            await stop.CancelAsync();
            await Task.WhenAny(all); // stopped, each of them, before anything is told
            await start;
        }
    }

    private SandboxDescription Describe(SignIn cyrusAdmin, ExampleSignIns signIns) => new(
        new PanelAccess(PanelUrl, signIns.Superuser?.User, signIns.Superuser?.Password),
        At(Ports.Imap), At(Ports.Imaps), At(Ports.Pop3), At(Ports.Pop3s), At(Ports.Sieve), At(Ports.Smtp), At(Ports.Smtps),
        At(Ports.Submission),
        cyrusAdmin, signIns.Accounts);

    private static Endpoint At(int port) => new("127.0.0.1", port);
}

using System.Net;
using System.Net.Sockets;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

public sealed class StartingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SandboxOptions Options => new() { Folder = _folder.Path, Empty = true };

    [Fact]
    public async Task A_restart_keeps_mail_maps_ports_and_certificate()
    {
        var first = await StartAsync(Options);
        var before = await RememberAsync(first);
        await QueueOneMailAsync(first);
        await first.DisposeAsync();
        Assert.Empty(RunningProcesses.Of(_folder.Path));

        await using var second = await StartAsync(Options);

        Assert.Equal(before, await RememberAsync(second));
        Assert.Contains(
            Directory.EnumerateFiles(second.Folder.In("postfix/queue"), "*", SearchOption.AllDirectories),
            path => path.Contains("/deferred/") || path.Contains("/maildrop/") || path.Contains("/incoming/") || path.Contains("/active/"));
    }

    [Fact]
    public async Task Starting_afresh_forgets_what_was_there()
    {
        await using (var first = await StartAsync(Options)) await QueueOneMailAsync(first);
        var certificate = await File.ReadAllTextAsync(
            Path.Combine(_folder.Path, "tls/certificate.pem"), TestContext.Current.CancellationToken);

        await using var second = await StartAsync(Options with { Fresh = true });

        Assert.NotEqual(
            certificate, await File.ReadAllTextAsync(second.Folder.Certificate, TestContext.Current.CancellationToken),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Two_start_side_by_side()
    {
        using var other = new TemporaryFolder();
        var starts = await Task.WhenAll(StartAsync(Options), StartAsync(Options with { Folder = other.Path }));
        await using var one = starts[0];
        await using var two = starts[1];

        Assert.Empty(one.Ports.All().Select(p => p.Port).Intersect(two.Ports.All().Select(p => p.Port)));
        await one.Cyrus.StopAsync();
        using var imap = await LineSession.OpenAsync(two.Ports.Imap);
        Assert.StartsWith("* OK", imap.Greeting);
    }

    [Fact]
    public async Task A_second_one_in_the_same_folder_is_refused()
    {
        await using var first = await StartAsync(Options);

        Assert.Contains($"Another sandbox runs in {_folder.Path}", await RefusalAsync(Options));
        Assert.True(first.Cyrus.IsRunning);
    }

    [Fact]
    public async Task A_port_that_was_taken_meanwhile_is_named()
    {
        int port;
        await using (var first = await StartAsync(Options)) port = first.Ports.Imap;
        using var thief = new TcpListener(IPAddress.Loopback, port);
        thief.Start();

        var refusal = await RefusalAsync(Options);

        Assert.Contains($"Port {port} (IMAP) is taken", refusal);
        Assert.Contains($"ss -ltnp sport = :{port}", refusal);
        Assert.Contains("ports.json", refusal);
    }

    [Fact]
    public async Task A_panel_port_that_is_taken_is_named()
    {
        using var thief = new TcpListener(IPAddress.Loopback, 0);
        thief.Start();
        var port = ((IPEndPoint)thief.LocalEndpoint).Port;

        Assert.Contains($"Port {port} (panel) is taken", await RefusalAsync(Options with { PanelPort = port }));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        Assert.Contains($"The folder {file}/below cannot be written", await RefusalAsync(Options with { Folder = file + "/below" }));
    }

    [Fact]
    public async Task A_folder_full_of_other_things_is_left_alone()
    {
        var file = Path.Combine(_folder.Path, "thesis.txt");
        await File.WriteAllTextAsync(file, "years of work", TestContext.Current.CancellationToken);

        Assert.Contains("neither empty nor a sandbox's", await RefusalAsync(Options with { Fresh = true }));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_folder_that_cyrus_cannot_enter_is_refused()
    {
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Contains($"cannot enter {_folder.Path}", await RefusalAsync(Options with { Folder = _folder.Path + "/below" }));
        Assert.False(Directory.Exists(_folder.Path + "/below"));
    }

    [Fact]
    public async Task A_Cyrus_that_dies_is_quoted_and_nothing_is_left_running()
    {
        var refusal = await RefusalAsync(Options with { CyrusSettings = "no_such_option yes" });

        Assert.Contains("Cyrus ended while starting", refusal);
        Assert.Contains("invalid option name", refusal);
        Assert.Empty(RunningProcesses.Of(_folder.Path));
    }

    [Fact]
    public async Task A_Postfix_that_dies_is_quoted_and_nothing_is_left_running()
    {
        var refusal = await RefusalAsync(Options with { PostfixSettings = "inet_interfaces = no.such.interface.test" });

        Assert.Contains("no.such.interface.test", refusal);
        Assert.Empty(RunningProcesses.Of(_folder.Path));
    }

    [Fact]
    public async Task A_Postfix_that_never_answers_is_given_up()
    {
        var refusal = await RefusalAsync(Options with
        {
            PostfixSettings = "smtpd_tls_wrappermode = yes", // each port waits for TLS, and the plain one is never greeted
            StartTimeout = TimeSpan.FromSeconds(25),
        });

        Assert.Contains("Postfix does not answer after 25 seconds", refusal);
        Assert.Contains("postfix/smtpd", refusal);
        Assert.Empty(RunningProcesses.Of(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static Task<MailSandbox> StartAsync(SandboxOptions options) =>
        MailSandbox.StartAsync(options, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(SandboxOptions options)
    {
        try
        {
            await using var started = await StartAsync(options);
        }
        catch (SandboxException e)
        {
            return e.Message;
        }
        throw new InvalidOperationException("It has started.");
    }

    private static async Task<(string, string, string)> RememberAsync(MailSandbox sandbox) => (
        sandbox.Ports.ToString(),
        await File.ReadAllTextAsync(sandbox.Folder.Certificate, TestContext.Current.CancellationToken),
        sandbox.Description.CyrusAdmin.Password);

    // The message stays in the queue: it is for the store, which is known but has no such mailbox.
    private static async Task QueueOneMailAsync(MailSandbox sandbox)
    {
        await sandbox.Cyrus.StopAsync();
        using var sendmail = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sendmail", ["-C", sandbox.Postfix.ConfigurationPath, "-f", "a@client.test", "nobody@store.sandbox.test"])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        await sendmail.StandardInput.WriteLineAsync("Subject: waits\n\nfor its mailbox");
        sendmail.StandardInput.Close();
        await sendmail.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, sendmail.ExitCode);
    }
}

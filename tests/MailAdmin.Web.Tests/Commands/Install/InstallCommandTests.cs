using System.Diagnostics;
using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Installation;

namespace MailAdmin.Web.Tests.Commands.Install;

/// <summary><c>mailadmin install</c> as a process, on the files of a fresh Debian, with Postfix' and Cyrus' own checks.</summary>
[Trait("Lane", "servers")]
public sealed class InstallCommandTests : IDisposable
{
    private static readonly string[] Created = ["etc/mailadmin/settings.json", "etc/mailadmin/cyrus-admin.secret",
        "etc/mailadmin/tls/key.pem", "etc/mailadmin/tls/certificate.pem", "etc/postsrsd.secret", "var/lib/mailadmin/maps/virtual.lmdb",
        "var/lib/mailadmin/maps/reload-trigger.db"];

    private readonly FreshDebian _debian = new();

    public InstallCommandTests()
    {
        Needs.Root();
        Needs.Program("/usr/sbin/postconf", "postfix");
    }

    public void Dispose() => _debian.Dispose();

    [Fact] // S1, S2, S8, S17
    public async Task On_a_fresh_Debian_it_shows_a_diff_and_writes_everything()
    {
        var run = (await _debian.InstallAsync()).Ends(0);

        Assert.Contains("+myhostname = mail.example.org", run.Output);
        Assert.Contains("-mydestination = $myhostname, debian, localhost.localdomain, localhost", run.Output);
        Assert.All(Created, file => Assert.True(File.Exists(_debian.In(file)), file));
        Assert.Contains("mail:x:8:postfix\n", _debian.Read("etc/group"));
        Assert.Contains("sasl:x:45:cyrus,mailadmin,postfix\n", _debian.Read("etc/group"));
        Assert.Equal(new FileOwnership(0, 8), FileOwnership.Of(_debian.In("etc/mailadmin/tls/key.pem")));
        Assert.Equal(FileChange.ForGroup, File.GetUnixFileMode(_debian.In("etc/mailadmin/tls/key.pem")));
        Assert.Equal(new FileOwnership(65534, 65534), FileOwnership.Of(_debian.In("var/lib/mailadmin/maps/virtual.lmdb")));
        Assert.DoesNotContain(_debian.Read("etc/mailadmin/cyrus-admin.secret").Trim(), run.Output);
    }

    [Fact] // S5, S6, S7
    public async Task Postfix_and_Cyrus_read_what_it_writes_without_a_complaint()
    {
        (await _debian.InstallAsync()).Ends(0);

        var main = await RunAsync("/usr/sbin/postconf", "-c", _debian.In("etc/postfix"), "-n");
        Assert.Contains("smtp_tls_security_level = may", main);
        Assert.Contains("postmaster@mail.example.org=jens@example.net", main);
        Assert.Contains("root@mail.example.org=jens@example.net", main);
        await RunAsync("/usr/lib/cyrus/bin/cyr_info", "-C", _debian.In("etc/imapd.conf"), "-M", _debian.In("etc/cyrus.conf"), "conf-lint");
        Assert.Contains("sieve      cmd=\"timsieved\" listen=\"sieve\"", _debian.Read("etc/cyrus.conf"));
        Assert.Contains("listen=\"127.0.0.1:14190\"", _debian.Read("etc/cyrus.conf"));
        Assert.Contains("\nallowplaintext: no\n", _debian.Read("etc/imapd.conf"));
    }

    [Fact]
    public async Task Run_twice_it_changes_nothing()
    {
        (await _debian.InstallAsync()).Ends(0);
        var first = _debian.Snapshot();

        var again = (await _debian.InstallAsync()).Ends(0);

        Assert.Contains("Nothing differs", again.Output);
        Assert.Equal(first, _debian.Snapshot());
    }

    [Fact]
    public async Task A_dry_run_shows_the_same_and_writes_nothing()
    {
        var before = _debian.Snapshot();

        Assert.Contains("+myhostname = mail.example.org", (await _debian.InstallAsync("--dry-run")).Ends(0).Output);

        Assert.Equal(before, _debian.Snapshot());
    }

    [Fact]
    public async Task Rollback_restores_every_file_with_its_mode_and_owner()
    {
        File.SetUnixFileMode(_debian.In("etc/imapd.conf"), PrivateFiles.FileMode);
        new FileOwnership(102, 8).Give(_debian.In("etc/imapd.conf"));
        var (before, folders) = (_debian.Snapshot(), Folders());
        (await _debian.InstallAsync()).Ends(0);
        Assert.Equal(new FileOwnership(102, 8), FileOwnership.Of(_debian.In("etc/imapd.conf")));

        (await MailAdminCommand.RunAsync("C.UTF-8", "install", "--root", _debian.Path, "--rollback")).Ends(0);

        Assert.Equal(before, _debian.Snapshot());
        Assert.Equal(folders, Folders());
        (await MailAdminCommand.RunAsync("C.UTF-8", "install", "--root", _debian.Path, "--rollback")).Ends(1);
    }

    [Fact]
    public async Task What_fails_midway_leaves_everything_as_it_was()
    {
        // A folder stands where a file has to be written.
        Directory.CreateDirectory(_debian.In("etc/postfix/sasl/smtpd.conf"));
        var before = _debian.Snapshot();

        var run = (await _debian.InstallAsync()).Ends(3);

        Assert.Contains("smtpd.conf", run.Error);
        Assert.Contains("put back", run.Output);
        Assert.Equal(before, _debian.Snapshot());
    }

    [Fact]
    public async Task A_run_that_was_killed_is_taken_back_by_the_next()
    {
        var root = new SystemRoot(_debian.Path);
        var before = _debian.Snapshot();
        InstallJournal.Begin(root, ["/etc/imapd.conf", "/etc/mailadmin/new"], [], TimeProvider.System.GetUtcNow());
        _debian.Write("etc/imapd.conf", "half");
        _debian.Write("etc/mailadmin/new", "half");

        var run = (await _debian.InstallAsync()).Ends(0);

        Assert.Contains("was interrupted", run.Output);
        Assert.False(File.Exists(_debian.In("etc/mailadmin/new")));
        (await MailAdminCommand.RunAsync("C.UTF-8", "install", "--root", _debian.Path, "--rollback")).Ends(0);
        Assert.Equal(before, _debian.Snapshot());
    }

    [Fact]
    public async Task Own_settings_stay_and_changed_text_stops_it()
    {
        (await _debian.InstallAsync()).Ends(0);
        _debian.Write("etc/postfix/main.cf", _debian.Read("etc/postfix/main.cf") + "smtpd_milters = inet:localhost:11332\n");

        _debian.SuperuserEmail = "mia@example.net";
        (await _debian.InstallAsync()).Ends(0);

        Assert.EndsWith("smtpd_milters = inet:localhost:11332\n", _debian.Read("etc/postfix/main.cf"));
        Assert.Contains("postmaster@mail.example.org=mia@example.net", _debian.Read("etc/postfix/main.cf"));
        _debian.Write("etc/postfix/main.cf", _debian.Read("etc/postfix/main.cf").Replace("biff = no", "biff = yes", StringComparison.Ordinal));
        var stopped = (await _debian.InstallAsync()).Ends(1);
        Assert.Contains("main.cf was changed after the installation", stopped.Error);
        Assert.Contains("biff = yes", _debian.Read("etc/postfix/main.cf"));
    }

    [Fact]
    public async Task Without_answers_it_names_the_options_that_are_missing()
    {
        var run = await MailAdminCommand.RunAsync("C.UTF-8", "install", "--root", _debian.Path, "--yes", "--hostname", "mail.example.org");

        Assert.Contains("--superuser-email", run.Ends(2).Error);
    }

    private List<string> Folders() => [.. Directory.EnumerateDirectories(_debian.Path, "*", SearchOption.AllDirectories)
        .Where(f => !f.StartsWith(_debian.In("var/backups"), StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        // Cyrus 3.6 of Debian 12 has STARTTLS always on, and no setting for it.
        var complaints = arguments[^1] == "conf-lint" ? (await output).Replace("allowstarttls: yes\n", "", StringComparison.Ordinal) : "";
        Assert.Equal((0, ""), (process.ExitCode, await errors + complaints));
        return await output;
    }
}

using System.Diagnostics;
using System.Net.Sockets;

namespace MailAdmin.Testing.Servers;

/// <summary>
/// A private Dovecot in a temporary folder, on a free loopback port: the other server of a migration. Every user exists, with one password;
/// the password of an administrator opens every mailbox.
/// </summary>
public sealed class PrivateDovecot : IAsyncDisposable
{
    public const string Password = "old-horse";
    public const string AdminPassword = "old-stable";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-dovecot-").FullName;
    private readonly Process _process;

    private PrivateDovecot(char separator, string prefix, string mailboxes)
    {
        Port = LoopbackPort.Free();
        File.WriteAllText(Path.Combine(_folder, "dovecot.conf"), Configuration(separator, prefix, mailboxes));
        Directory.CreateDirectory(Path.Combine(_folder, "mail"));
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        using (var owner = Process.Start("chown", ["-R", "mail:mail", Path.Combine(_folder, "mail")])) owner.WaitForExit();
        // The end of the pipe ends it, however these tests end. Dovecot knows its programs by their installed paths, so it gets to see them
        // there: a file system of its own has both the unpacked packages and the system's.
        var start = $"mount -t overlay overlay -o lowerdir={DovecotPackage.Folder}/usr:/usr /usr"
            + $" && exec /usr/sbin/dovecot -F -c {_folder}/dovecot.conf";
        _process = Process.Start(
            new ProcessStartInfo("sh", ["-c", $"unshare -m sh -c '{start}' & cat; kill $!; wait; rm -rf {_folder}"])
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
            })!;
    }

    public int Port { get; }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="separator">What separates levels of folders.</param>
    /// <param name="prefix">What all folders but INBOX begin with, such as <c>INBOX.</c>.</param>
    /// <param name="mailboxes">Lines of its configuration, with a line break after each brace.</param>
    public static async Task<PrivateDovecot> StartAsync(char separator = '/', string prefix = "", string mailboxes = "")
    {
        Needs.Root();
        var dovecot = new PrivateDovecot(separator, prefix, mailboxes);
        try
        {
            await Eventually.TrueAsync(dovecot.AnswersAsync, TimeSpan.FromSeconds(20), "Dovecot greets");
            return dovecot;
        }
        catch
        {
            await dovecot.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs in as a user.</summary>
    public async Task<RawImap> SignInAsync(string user)
    {
        var imap = await RawImap.ConnectAsync(Port);
        await imap.OkAsync($"LOGIN {user} {Password}");
        return imap;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"Dovecot's shell ended with {_process.ExitCode}");
        try
        {
            await using var imap = await RawImap.ConnectAsync(Port);
            return true;
        }
        catch (Exception early) when (early is SocketException or IOException)
        {
            return false;
        }
    }

    // listescape lets names contain what the file system and the separator forbid, as other servers' names do.
    private string Configuration(char separator, string prefix, string mailboxes) => $$"""
        base_dir = {{_folder}}/run
        state_dir = {{_folder}}/state
        log_path = {{_folder}}/dovecot.log
        default_internal_user = mail
        default_internal_group = mail
        default_login_user = nobody
        protocols = imap
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        auth_mechanisms = plain login xoauth2
        mail_location = maildir:{{_folder}}/mail/%u:LAYOUT=fs
        mail_plugins = listescape
        mail_uid = mail
        mail_gid = mail
        first_valid_uid = 1
        first_valid_gid = 1
        mail_max_userip_connections = 100
        default_vsz_limit = 0
        passdb {
          driver = static
          master = yes
          args = password={{AdminPassword}}
        }
        passdb {
          driver = static
          args = password={{Password}}
        }
        userdb {
          driver = static
          args = uid=mail gid=mail home={{_folder}}/mail/%u
        }
        namespace inbox {
          inbox = yes
          separator = "{{separator}}"
          prefix = "{{prefix}}"
          {{mailboxes}}
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{Port}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service anvil {
          chroot =
        }

        """;
}

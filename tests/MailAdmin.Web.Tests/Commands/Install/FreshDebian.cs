using MailAdmin.Core.Secrets;

namespace MailAdmin.Web.Tests.Commands.Install;

/// <summary>The files of a fresh Debian with Cyrus, Postfix and postsrsd, as far as <c>mailadmin install</c> looks at them, in a folder.</summary>
internal sealed class FreshDebian : IDisposable
{
    private const string ImapdConf = "configdirectory: /var/lib/cyrus\naltnamespace: no\nsasl_pwcheck_method: auxprop\n";
    private const string CyrusConf = "SERVICES {\n  imap cmd=\"imapd -U 30\" listen=\"imap\" prefork=0 maxchild=100\n}\n";
    private const string MasterCf = "smtp      inet  n       -       y       -       -       smtpd\n";

    private const string MainCf = """
        # See /usr/share/postfix/main.cf.dist for a commented, more complete version
        smtpd_banner = $myhostname ESMTP $mail_name (Debian/GNU)
        biff = no
        append_dot_mydomain = no
        readme_directory = no
        compatibility_level = 3.6
        smtpd_tls_cert_file=/etc/ssl/certs/ssl-cert-snakeoil.pem
        smtpd_tls_key_file=/etc/ssl/private/ssl-cert-snakeoil.key
        smtpd_tls_security_level=may
        smtp_tls_CApath=/etc/ssl/certs
        smtp_tls_security_level=may
        smtp_tls_session_cache_database = btree:${data_directory}/smtp_scache
        smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated defer_unauth_destination
        myhostname = debian
        alias_maps = hash:/etc/aliases
        alias_database = hash:/etc/aliases
        mydestination = $myhostname, debian, localhost.localdomain, localhost
        relayhost =
        mynetworks = 127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128
        mailbox_size_limit = 0
        recipient_delimiter = +
        inet_interfaces = all
        inet_protocols = all

        """;

    private static readonly string[] Programs = ["usr/sbin/postfix", "usr/lib/postfix/postfix-lmdb.so", "usr/sbin/cyrmaster",
        "usr/lib/cyrus/bin/imapd", "usr/lib/cyrus/bin/pop3d", "usr/sbin/postsrsd"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-debian");

    public FreshDebian()
    {
        // postmap, started by root, goes on as the owner of the maps.
        File.SetUnixFileMode(_folder.FullName, FileModes.Entered);
        Write(
            "etc/passwd",
            "root:x:0:0:root:/root:/bin/sh\npostfix:x:101:103::/:/bin/false\ncyrus:x:102:8::/:/bin/sh\nmailadmin:x:65534:65534::/:/bin/false\n");
        Write("etc/group", "root:x:0:\nmail:x:8:\nsasl:x:45:cyrus,mailadmin\npostfix:x:103:\nmailadmin:x:65534:\n");
        Write("etc/shadow", "root:*:1::::::\npostfix:*:1::::::\ncyrus:*:1::::::\nmailadmin:*:1::::::\n");
        Write("etc/gshadow", "root:*::\nmail:*::\nsasl:*::cyrus,mailadmin\npostfix:*::\nmailadmin:*::\n");
        Write("etc/imapd.conf", ImapdConf);
        Write("etc/cyrus.conf", CyrusConf);
        Write("etc/postfix/main.cf", MainCf);
        Write("etc/postfix/master.cf", MasterCf);
        Write("usr/share/postfix/master.cf.dist", MasterCf);
        Write("usr/share/postsrsd/postsrsd.template", "#SRS_DOMAIN=example.com\nSRS_SEPARATOR==\n");
        Write("etc/default/postsrsd", "SRS_DOMAIN=debian\nSRS_SEPARATOR==\n");
        Write("var/lib/dpkg/status", $"Conffiles:\n /etc/imapd.conf {Md5(ImapdConf)}\n /etc/cyrus.conf {Md5(CyrusConf)}\n");
        foreach (var program in Programs) Write(program, "");
        Directory.CreateDirectory(In("var/lib/mailadmin/maps"));
        if (Environment.IsPrivilegedProcess) new FileOwnership(65534, 65534).Give(In("var/lib/mailadmin/maps"));
    }

    public string Path => _folder.FullName;

    public string In(string path) => System.IO.Path.Combine(Path, path);

    public string Read(string path) => File.ReadAllText(In(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }

    /// <summary>Every file with content, mode and owner, apart from what was kept for the way back.</summary>
    public IReadOnlyDictionary<string, string> Snapshot() => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .Where(f => !f.StartsWith(In("var/backups"), StringComparison.Ordinal))
        // usermod keeps copies, and sorts nothing else.
        .Where(f => !f.EndsWith('-') && !f.EndsWith(".lock", StringComparison.Ordinal))
        .ToDictionary(
            f => f[Path.Length..],
            f => $"{Convert.ToHexString(File.ReadAllBytes(f))} {File.GetUnixFileMode(f)} {FileOwnership.Of(f)}", StringComparer.Ordinal);

    /// <summary>Runs <c>mailadmin install</c> on these files, with answers.</summary>
    public Task<CommandResult> InstallAsync(params string[] options) => MailAdminCommand.RunAsync(
        "C.UTF-8",
        ["install", "--root", Path, "--hostname", "mail.example.org", "--superuser-email", "jens@example.net", "--yes", .. options]);

    public void Dispose() => _folder.Delete(recursive: true);

#pragma warning disable CA5351 // dpkg's own checksum.
    private static string Md5(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}

internal static class FileModes
{
    /// <summary>0755.</summary>
    public const UnixFileMode Entered = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
}

using MailAdmin.Sandbox.Ports;

namespace MailAdmin.Sandbox.Cyrus;

/// <summary>Writes imapd.conf and cyrus.conf. Why each setting is as it is: docs/protocols.md.</summary>
internal static class CyrusConfiguration
{
    public const string AdminUser = "cyrus";

    public static async Task WriteAsync(SandboxFolder folder, SandboxPorts ports, string extra, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(folder.CyrusSettings, Settings(folder, ports) + extra + "\n", cancellation);
        await File.WriteAllTextAsync(folder.CyrusServices, Services(folder, ports), cancellation);
    }

    private static string Settings(SandboxFolder folder, SandboxPorts ports) => $"""
        # Written at each start of the sandbox.
        configdirectory: {folder.Cyrus}/config
        proc_path: {folder.Cyrus}/run/proc
        mboxname_lockpath: {folder.Cyrus}/run/lock
        defaultpartition: default
        partition-default: {folder.Cyrus}/spool
        hashimapspool: yes
        syslog_prefix: cyrus
        umask: 077

        # Names with dots are names; a folder of INBOX shows beside it, not below.
        unixhierarchysep: yes
        altnamespace: yes
        virtdomains: off
        lmtp_downcase_rcpt: yes
        # LIST as a user takes 0.5 ms instead of 70.
        disable_user_namespace: yes
        disable_shared_namespace: yes

        # Logins: the panel answers.
        admins: {AdminUser}
        allowplaintext: yes
        sasl_pwcheck_method: saslauthd
        sasl_saslauthd_path: {folder.LoginSocket}
        sasl_mech_list: PLAIN LOGIN
        tls_server_cert: {folder.Certificate}
        tls_server_key: {folder.CertificateKey}

        # A message that does not fit is refused before it is taken, and may be sent again later.
        lmtp_strict_quota: yes
        lmtp_over_quota_perm_failure: no
        delete_mode: delayed
        expunge_mode: delayed
        statuscache: yes

        lmtpsocket: {folder.LmtpSocket}
        idlesocket: {folder.Cyrus}/run/socket/idle
        notifysocket: {folder.Cyrus}/run/socket/notify

        sievedir: {folder.Cyrus}/sieve
        sieveusehomedir: no
        sieve_extensions: fileinto reject vacation vacation-seconds imap4flags envelope relational regex subaddress copy date index variables mailbox include
        sieve_maxscriptsize: 256
        sieve_maxscripts: 20
        # Vacation answers and redirects leave through a listener that trusts Cyrus by its address.
        smtp_backend: host
        smtp_host: 127.0.0.1:{ports.SieveSubmission}
        postmaster: postmaster@{MailNames.Origin}

        """;

    private static string Services(SandboxFolder folder, SandboxPorts ports)
    {
        var settings = $"-C {folder.CyrusSettings}";
        return $$"""
            # Written at each start of the sandbox.
            START {
              recover cmd="/usr/sbin/cyrus ctl_cyrusdb {{settings}} -r"
            }
            DAEMON {
              idled cmd="idled {{settings}} -d"
            }
            SERVICES {
              imap     cmd="imapd {{settings}} -U 30"    listen="127.0.0.1:{{ports.Imap}}"  prefork=0 maxchild=100
              imaps    cmd="imapd {{settings}} -s -U 30" listen="127.0.0.1:{{ports.Imaps}}" prefork=0 maxchild=100
              pop3     cmd="pop3d {{settings}} -U 30"    listen="127.0.0.1:{{ports.Pop3}}"  prefork=0 maxchild=50
              pop3s    cmd="pop3d {{settings}} -s -U 30" listen="127.0.0.1:{{ports.Pop3s}}" prefork=0 maxchild=50
              sieve    cmd="timsieved {{settings}}"      listen="127.0.0.1:{{ports.Sieve}}" prefork=0 maxchild=50
              lmtpunix cmd="lmtpd {{settings}}"          listen="{{folder.LmtpSocket}}"     prefork=0 maxchild=20
            }
            EVENTS {
              checkpoint cmd="/usr/sbin/cyrus ctl_cyrusdb {{settings}} -c" period=30
              prune      cmd="/usr/sbin/cyrus expire {{settings}} -E 3 -D 28 -X 28" at=0401
            }

            """;
    }
}

namespace MailAdmin.Provisioning.Configuration;

/// <summary>
/// Names and paths of one installation, from which the configurations of Cyrus and Postfix are generated. The defaults are Debian's.
/// </summary>
public sealed record MailLayout
{
    /// <summary>The mail host's own name (<c>myhostname</c>).</summary>
    public required string Hostname { get; init; }

    /// <summary>The domain of addresses without one (<c>myorigin</c>).</summary>
    public required string Origin { get; init; }

    /// <summary>
    /// The recipient of mail for the host itself: reports about mail, and answers to its own senders (RFC 5321, section 4.5.1).
    /// </summary>
    public string Postmaster { get; init; } = "root@localhost";

    /// <summary>The domain part of mailboxes' addresses in the maps.</summary>
    public required string Store { get; init; }

    /// <summary>Postfix transport to LMTP: <c>store:unix:/run/cyrus/socket/lmtp</c>.</summary>
    public required string NextHop { get; init; }

    /// <summary>Where Cyrus listens for LMTP.</summary>
    public string LmtpListen { get; init; } = "/run/cyrus/socket/lmtp";

    /// <summary>The panel's login socket.</summary>
    public required string LoginSocket { get; init; }

    /// <summary>The panel's policy service, which Postfix asks about each message of a user.</summary>
    public string PolicySocket { get; init; } = "/run/mailadmin/policy";

    /// <summary>The panel's milter, which checks the headers of users' messages.</summary>
    public string MilterSocket { get; init; } = "/run/mailadmin/milter";

    /// <summary>Folder of the maps.</summary>
    public required string Maps { get; init; }

    public string AdminUser { get; init; } = "cyrus";

    public string Certificate { get; init; } = "/etc/mailadmin/tls/certificate.pem";

    public string CertificateKey { get; init; } = "/etc/mailadmin/tls/key.pem";

    /// <summary>Folder of Cyrus' sockets, locks and process list: on Debian a file system in memory.</summary>
    public string CyrusRun { get; init; } = "/run/cyrus";

    /// <summary>Path of imapd.conf.</summary>
    public string CyrusSettings { get; init; } = "/etc/imapd.conf";

    public string CyrusDatabases { get; init; } = "/var/lib/cyrus";

    public string CyrusSpool { get; init; } = "/var/spool/cyrus/mail";

    public string CyrusScripts { get; init; } = "/var/spool/sieve";

    /// <summary>
    /// Where each service of Cyrus listens; null for a service that is not wanted. The first port of each protocol has STARTTLS.
    /// </summary>
    public string? Imap { get; init; } = "imap";

    /// <summary>A further listener for the panel, without TLS: loopback only. Null if the panel uses one of the others.</summary>
    public string? ImapForPanel { get; init; }

    public string? Imaps { get; init; } = "imaps";

    public string? Pop3 { get; init; } = "pop3";

    public string? Pop3s { get; init; } = "pop3s";

    public string Sieve { get; init; } = "sieve";

    /// <inheritdoc cref="ImapForPanel"/>
    public string? SieveForPanel { get; init; }

    /// <summary>Postfix listeners, as master.cf names them.</summary>
    public string Smtp { get; init; } = "smtp";

    public string Smtps { get; init; } = "smtps";

    /// <summary>Port 587: STARTTLS first, then as <see cref="Smtps"/>.</summary>
    public string Submission { get; init; } = "submission";

    /// <summary>Listener for vacation answers and redirects of Cyrus: loopback only.</summary>
    public string SieveSubmission { get; init; } = "127.0.0.1:10587";

    /// <summary>Listener for outgoing forwarded mail, which gets a sender of this host here: loopback only.</summary>
    public string Forwarding { get; init; } = "127.0.0.1:10588";

    /// <summary>Where postsrsd rewrites a sender, and where it reverses a rewritten one.</summary>
    public string SrsForward { get; init; } = "127.0.0.1:10001";

    public string SrsReverse { get; init; } = "127.0.0.1:10002";

    /// <summary>
    /// Whether other servers' certificates are checked by DNSSEC (DANE, RFC 7672). Needs a resolver on this host that validates.
    /// </summary>
    public bool Dane { get; init; }

    /// <summary>The least and the most days between two vacation answers to one sender.</summary>
    public int VacationMinimum { get; init; } = 3;

    public int VacationMaximum { get; init; } = 90;
}

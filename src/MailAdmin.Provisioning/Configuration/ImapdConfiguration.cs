namespace MailAdmin.Provisioning.Configuration;

/// <summary>imapd.conf with the settings that the panel needs. Reasons: beside each setting, and docs/decisions/0027.</summary>
public static class ImapdConfiguration
{
    public static string Text(MailLayout layout) => $"""
        configdirectory: {layout.CyrusDatabases}
        defaultpartition: default
        partition-default: {layout.CyrusSpool}
        hashimapspool: yes
        umask: 077
        servername: {layout.Hostname}
        syslog_prefix: cyrus
        # Written at each sign-in and each lock.
        proc_path: {layout.CyrusRun}/proc
        mboxname_lockpath: {layout.CyrusRun}/lock
        idlesocket: {layout.CyrusRun}/socket/idle
        notifysocket: {layout.CyrusRun}/socket/notify

        # Names with dots are names; a folder of INBOX shows beside it, not below.
        unixhierarchysep: yes
        altnamespace: yes
        virtdomains: off
        lmtp_downcase_rcpt: yes
        # LIST as a user takes 0.5 ms instead of 70.
        disable_user_namespace: yes
        disable_shared_namespace: yes

        # A user may share a folder with somebody, by name, and never with all users of all customers. What is given to strangers by name, drift tells.
        # allowsetacl stays on: without it the panel itself could not give owners their rights back.
        anyoneuseracl: no

        # Logins: the panel answers, and the panel alone makes mailboxes. The host's own groups give nobody rights.
        admins: {layout.AdminUser}
        autocreate_quota: -1
        unix_group_enable: no
        # No password without TLS, but for what listens on loopback alone: there the panel signs in.
        allowplaintext: no
        # ManageSieve has no other TLS, and 143 and 110 take no password before it. Cyrus 3.10.2 (Debian 13) has it off, Cyrus 3.6 always on.
        allowstarttls: yes
        {PlainOnLoopback(layout)}allowapop: no
        sasl_pwcheck_method: saslauthd
        sasl_saslauthd_path: {layout.LoginSocket}
        sasl_mech_list: PLAIN LOGIN
        tls_server_cert: {layout.Certificate}
        tls_server_key: {layout.CertificateKey}
        tls_versions: tls1_2 tls1_3
        # Nobody has a certificate of their own to show; asked for one, some mail programs ask their user.
        tls_client_certs: off
        # The process of a phone that is gone ends within minutes.
        tcp_keepalive: yes
        tcp_keepalive_idle: 5m
        tcp_keepalive_intvl: 1m

        # Cyrus refuses what does not fit, by the size that Postfix announces, and writes none of it. Postfix tells the sender at once; while a mailbox
        # is full its senders are refused at the door for now, and may send again later.
        lmtp_strict_quota: yes
        lmtp_over_quota_perm_failure: no
        # Two messages with one Message-ID are two: a message sent again, or a list's copy. Sieve keeps its own count of whom it answered.
        duplicatesuppression: no
        # Letters beyond ASCII in a header are kept, and searched as UTF-8.
        munge8bit: no
        rfc2047_utf8: yes
        delete_mode: delayed
        expunge_mode: delayed
        statuscache: yes

        lmtpsocket: {layout.LmtpListen}

        sievedir: {layout.CyrusScripts}
        sieveusehomedir: no
        sieve_extensions: fileinto reject vacation vacation-seconds imap4flags envelope relational regex subaddress copy date index variables mailbox include
        sieve_maxscriptsize: 256
        sieve_maxscripts: 20
        sieve_vacation_min_response: {layout.VacationMinimum}d
        sieve_vacation_max_response: {layout.VacationMaximum}d
        # Vacation answers and redirects leave through a listener that trusts Cyrus by its address.
        smtp_backend: host
        smtp_host: {layout.SieveSubmission}
        postmaster: postmaster@{layout.Origin}

        """;

    private static string PlainOnLoopback(MailLayout layout) =>
        Plain("imap", layout.Imap) + Plain("sieve", layout.Sieve)
            + Plain(CyrusServicesConfiguration.ImapForPanel, layout.ImapForPanel)
            + Plain(CyrusServicesConfiguration.SieveForPanel, layout.SieveForPanel);

    private static string Plain(string service, string? listen) =>
        listen is not null
            && (listen.StartsWith("127.", StringComparison.Ordinal) || listen.StartsWith("localhost:", StringComparison.Ordinal)
            || listen.StartsWith("[::1]", StringComparison.Ordinal))
            ? $"{service}_allowplaintext: yes\n" : "";
}

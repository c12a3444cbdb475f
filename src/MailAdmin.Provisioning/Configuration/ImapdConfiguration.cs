namespace MailAdmin.Provisioning.Configuration;

/// <summary>imapd.conf, as the panel needs it. Why each setting is as it is: docs/protocols.md.</summary>
public static class ImapdConfiguration
{
    public static string Text(MailLayout layout) => $"""
        configdirectory: {layout.CyrusDatabases}
        defaultpartition: default
        partition-default: {layout.CyrusSpool}
        hashimapspool: yes
        umask: 077

        # Names with dots are names; a folder of INBOX shows beside it, not below.
        unixhierarchysep: yes
        altnamespace: yes
        virtdomains: off
        lmtp_downcase_rcpt: yes
        # LIST as a user takes 0.5 ms instead of 70.
        disable_user_namespace: yes
        disable_shared_namespace: yes

        # A user may share a folder with somebody, by name, and never with all users of all customers. What is given to strangers by name, drift tells.
        # allowsetacl stays on: without it the panel itself could not give an owner his rights back.
        anyoneuseracl: no

        # Logins: the panel answers.
        admins: {layout.AdminUser}
        allowplaintext: yes
        sasl_pwcheck_method: saslauthd
        sasl_saslauthd_path: {layout.LoginSocket}
        sasl_mech_list: PLAIN LOGIN
        tls_server_cert: {layout.Certificate}
        tls_server_key: {layout.CertificateKey}

        # A message that does not fit is refused before it is taken, and may be sent again later.
        lmtp_strict_quota: yes
        lmtp_over_quota_perm_failure: no
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
}

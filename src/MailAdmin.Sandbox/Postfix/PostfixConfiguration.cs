using MailAdmin.Sandbox.Ports;

namespace MailAdmin.Sandbox.Postfix;

/// <summary>Writes main.cf, master.cf and the SASL settings. Why each setting is as it is: docs/protocols.md.</summary>
internal static class PostfixConfiguration
{
    public static async Task WriteAsync(SandboxFolder folder, SandboxPorts ports, string extra, CancellationToken cancellation)
    {
        var to = folder.PostfixConfiguration;
        Directory.CreateDirectory($"{to}/sasl", FileModes.Entered);
        await File.WriteAllTextAsync($"{to}/main.cf", MainSettings(folder, ports) + extra + "\n", cancellation);
        await File.WriteAllTextAsync($"{to}/master.cf", PostfixServices.Text(ports), cancellation);
        await File.WriteAllTextAsync($"{to}/sasl/smtpd.conf", Sasl(folder), cancellation);
    }

    // What reports about mail goes to, and what others answer when they look whether our senders exist.
    private static string OwnAddresses() => string.Join(
        ", ", from name in (string[])[MailNames.Hostname, MailNames.Origin] from part in (string[])["postmaster", "abuse", "mailer-daemon", "double-bounce"]
              select $"{part}@{name}={MailNames.Postmaster}");

    private static string MainSettings(SandboxFolder folder, SandboxPorts ports) => $$"""
        # Written at each start of the sandbox.
        compatibility_level = 3.6
        queue_directory = {{folder.Postfix}}/queue
        data_directory = {{folder.Postfix}}/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        shlib_directory = /usr/lib/postfix
        meta_directory = /etc/postfix
        mail_owner = postfix
        setgid_group = postdrop
        maillog_file = {{folder.PostfixLog}}
        maillog_file_prefixes = {{folder.Path}}
        myhostname = {{MailNames.Hostname}}
        myorigin = {{MailNames.Origin}}
        mynetworks = 127.0.0.1/32
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4

        # Nothing is delivered by Postfix itself.
        mydestination =
        local_recipient_maps =
        local_transport = error:5.1.1 No local mailboxes
        alias_maps =
        alias_database =
        append_dot_mydomain = no
        biff = no

        # What is hosted: the panel fills these maps.
        # And the host's own names, which have a postmaster (RFC 5321, section 4.5.1) and nobody else.
        virtual_alias_domains = {{MailNames.Hostname}}, {{MailNames.Origin}}, lmdb:{{folder.Maps}}/domains
        virtual_alias_maps = inline:{ {{OwnAddresses()}} }, lmdb:{{folder.Maps}}/virtual
        transport_maps = lmdb:{{folder.Maps}}/transport
        relay_domains = lmdb:{{folder.Maps}}/relay_domains
        smtpd_sender_login_maps = lmdb:{{folder.Maps}}/senders
        # STORE is where expanded mail goes. A mailbox that is not there yet waits: the store transport never bounces.
        virtual_mailbox_domains = {{MailNames.Store}}
        virtual_mailbox_maps = static:ok
        virtual_transport = store:unix:{{folder.LmtpSocket}}
        # A row for exemple.be must not hit another customer's sub.exemple.be.
        parent_domain_matches_subdomains =
        recipient_delimiter = +
        # Tags are for us; they must not leak to the target of a redirect.
        propagate_unmatched_extensions =
        enable_original_recipient = no

        # Nobody reaches STORE from outside. The listeners inherit this list, and must not replace it.
        smtpd_recipient_restrictions =
            check_recipient_access inline:{{{MailNames.Store}}=REJECT},
            check_recipient_access lmdb:{{folder.Maps}}/refused,
            permit
        smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
        # Cyrus' LMTP has no SMTPUTF8: an 8-bit sender would be taken here and bounced there.
        smtputf8_enable = no
        smtpd_sender_restrictions =
            check_sender_access regexp:{ {/[^ -~]/ 553 5.6.7 Addresses with other letters than ASCII are not taken} },
            reject_authenticated_sender_login_mismatch
        # smtpd remembers the class of a domain without end. Touching this map makes it start anew.
        smtpd_client_restrictions = check_client_access hash:{{folder.Maps}}/generation
        unverified_recipient_reject_code = 550
        disable_vrfy_command = yes
        smtpd_helo_required = yes
        # Tests provoke many refusals, and gain nothing by waiting for them.
        smtpd_error_sleep_time = 0

        smtpd_tls_cert_file = {{folder.Certificate}}
        smtpd_tls_key_file = {{folder.CertificateKey}}
        smtpd_tls_security_level = may
        smtpd_tls_loglevel = 1
        smtpd_sasl_type = cyrus
        smtpd_sasl_path = smtpd

        # Mail to the rest of the world ends in the sandbox's sink. A next hop that the panel names may only be on this
        # machine: a connection from a loopback address gets nowhere else.
        default_transport = smtp:[127.0.0.1]:{{ports.Outside}}
        smtp_bind_address = 127.0.0.1
        smtp_dns_support_level = disabled
        smtp_tls_security_level = none

        message_size_limit = 52428800
        delay_warning_time = 4h
        # A try at a stopped server is repeated while somebody still looks on.
        queue_run_delay = 5s
        minimal_backoff_time = 5s
        maximal_backoff_time = 60s

        """;

    private static string Sasl(SandboxFolder folder) => $"""
        pwcheck_method: saslauthd
        saslauthd_path: {folder.LoginSocket}
        mech_list: PLAIN LOGIN

        """;
}

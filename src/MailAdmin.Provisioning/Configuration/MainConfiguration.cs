using MailAdmin.Core.Domains;

namespace MailAdmin.Provisioning.Configuration;

/// <summary>main.cf with the settings that the panel needs. Reasons: beside each setting, and docs/decisions/0027.</summary>
public static class MainConfiguration
{
    public static string Text(MailLayout layout) => $$"""
        compatibility_level = 3.6
        myhostname = {{layout.Hostname}}
        myorigin = {{layout.Origin}}

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
        virtual_alias_domains = {{layout.Hostname}}, {{layout.Origin}}, lmdb:{{layout.Maps}}/domains
        virtual_alias_maps = inline:{ {{OwnAddresses(layout)}} }, {{ForwardingConfiguration.Back(layout)}}, lmdb:{{layout.Maps}}/virtual
        transport_maps = lmdb:{{layout.Maps}}/transport
        relay_domains = lmdb:{{layout.Maps}}/relay_domains
        smtpd_sender_login_maps = lmdb:{{layout.Maps}}/senders
        # STORE is where expanded mail goes.
        virtual_mailbox_domains = {{layout.Store}}
        virtual_mailbox_maps = static:ok
        virtual_transport = {{layout.NextHop}}
        # A mailbox that is not there yet (5.1.1) waits. What does not fit although it passed the door (4.2.2) is told to its sender now, not in five days.
        lmtp_delivery_status_filter = regexp:{ { /^5(\.1\.1 .*)/ 4$$1 }, { /^4(\.2\.2 .*)/ 5$$1 } }
        # Cyrus refuses a message with NUL.
        message_strip_characters = \0
        # A row for exemple.be must not hit another customer's sub.exemple.be.
        parent_domain_matches_subdomains =
        recipient_delimiter = +
        # Tags are for us; they must not leak to the target of a redirect.
        propagate_unmatched_extensions =
        # One copy for a mailbox, by however many of its addresses a message comes.
        enable_original_recipient = no
        # No address is a route to elsewhere. From outside one with % or ! is refused in any case (allow_untrusted_routing).
        allow_percent_hack = no
        swap_bangpath = no

        # Nobody reaches STORE from outside. The listeners inherit this list, and must not replace it. Whoever has no address of its own is the
        # catch-all's, and refused for now while its holder is suspended or full: the row @DOMAIN is asked for nobody else.
        smtpd_recipient_restrictions =
            check_recipient_access inline:{{{layout.Store}}=REJECT},
            check_recipient_access lmdb:{{layout.Maps}}/refused,
            check_recipient_access pipemap:{lmdb:{{layout.Maps}}/virtual,static:OK},
            check_recipient_access pipemap:{regexp:{ {/@(.+)/ @$$1} },lmdb:{{layout.Maps}}/refused},
            permit
        smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
        # Cyrus' LMTP has no SMTPUTF8: an 8-bit sender would be taken here and bounced there.
        smtputf8_enable = no
        smtpd_sender_restrictions = {{AsciiSenders}}
        # The same for users who signed in (465, 587), by the name that they signed in with. First those who may not send, whatever they say next.
        # The null sender would hide who sends: mail servers need it, users do not.
        mua_sender_restrictions =
            check_sasl_access lmdb:{{layout.Maps}}/no_sending,
            check_sender_access inline:{ { <> = {{NullSender}} } },
            {{AsciiSenders}},
            reject_authenticated_sender_login_mismatch
        # Once a message, at DATA, where it is known how many recipients it has, the panel's policy service is asked: it knows at once who may send no more,
        # the sessions that a new password ends, and the limits. While it is away, mail goes on by the maps alone.
        mua_data_restrictions = {{Policy(layout)}}
        # Your own milters (rspamd, opendkim): set non_smtpd_milters at the end of this file. They see all mail once, when it comes in, on every
        # listener. The setting is Postfix' own, for mail of this host's programs: it is empty by default, and no listener replaces it.
        smtpd_milters = $non_smtpd_milters
        # The panel looks at From: and Sender: of what users send. While it is away mail goes on with the envelope's rights. Its milter is the
        # first, so that the others neither scan nor sign what it refuses.
        mua_milters = {{Milter(layout)}}, $non_smtpd_milters
        # And at what users' own scripts send through Cyrus.
        sieve_milters = {{Milter(layout)}}, $non_smtpd_milters
        # smtpd remembers the class of a domain without end. Touching this map makes it start anew.
        smtpd_client_restrictions = check_client_access hash:{{layout.Maps}}/reload-trigger
        # Whom a relayed domain's next hop does not know is refused here too, and not bounced. It is asked by a probe, which takes a
        # moment; whom it has just been given is to be known soon.
        unverified_recipient_reject_code = 550
        address_verify_map = lmdb:$data_directory/verify_cache
        address_verify_poll_delay = 1s
        address_verify_negative_refresh_time = 1m
        address_verify_negative_expire_time = 10m
        disable_vrfy_command = yes
        smtpd_helo_required = yes
        # A line that ends in LF alone must not end a message: what follows would be taken for a second one (CVE-2023-51764). On this host neither.
        smtpd_forbid_bare_newline = normalize
        smtpd_forbid_bare_newline_exclusions =
        smtpd_forbid_unauth_pipelining = yes
        # Programs on this host, by loopback. Who speaks from another address of it is a stranger.
        mynetworks = 127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128
        # A hundred processes serve each listener: no address alone may have more of them than this.
        smtpd_client_connection_count_limit = 20
        # An id names one message for ever: what is taken up anew by its id can be no other.
        enable_long_queue_ids = yes

        smtpd_tls_cert_file = {{layout.Certificate}}
        smtpd_tls_key_file = {{layout.CertificateKey}}
        smtpd_tls_security_level = may
        smtpd_tls_protocols = >=TLSv1.2
        smtpd_tls_mandatory_protocols = >=TLSv1.2
        smtpd_tls_auth_only = yes
        smtpd_tls_loglevel = 1
        {{OutgoingTls(layout)}}
        smtp_tls_CApath = /etc/ssl/certs
        smtp_tls_protocols = >=TLSv1.2
        smtp_tls_session_cache_database = lmdb:$data_directory/smtp_scache
        smtp_tls_loglevel = 1
        smtpd_sasl_type = cyrus
        smtpd_sasl_path = smtpd
        # The folder of smtpd.conf. Debian 12 looks there by itself, Debian 13 does not.
        cyrus_sasl_config_path = $config_directory/sasl
        # An empty username (\0\0PASSWORD in base64) is a wrong one: 535. libsasl takes it for a fault of its own, which would be 454, "try again";
        # where the name comes in a line of its own, it still is.
        smtpd_command_filter = regexp:{ { /^(AUTH|auth) (PLAIN|plain) AA[A-D]/i AUTH PLAIN ! } }
        message_size_limit = 52428800
        delay_warning_time = 4h

        {{ForwardingConfiguration.Main(layout)}}
        """;

    private static string OutgoingTls(MailLayout layout) => layout.Dane
        ? """
            # Other servers are sent to with TLS where they have it.
            # Where DNSSEC says which certificate is theirs (RFC 7672), it has to be that one.
            smtp_tls_security_level = dane
            smtp_dns_support_level = dnssec
            """
        : """
            # Other servers are sent to with TLS where they have it.
            smtp_tls_security_level = may
            """;

    private const string AsciiSenders =
        "check_sender_access regexp:{ {/[^ -~]/ 553 5.6.7 Addresses with other letters than ASCII are not taken} }";

    private const string NullSender = "550 5.7.1 Users send as one of their addresses, not as the null sender";

    // The policy service answers in a millisecond. A failed attempt is repeated once, a second later: after a restart of the panel the
    // first attempt fails.
    private static string Policy(MailLayout layout) =>
        $"check_policy_service {{ unix:{layout.PolicySocket}, default_action=DUNNO, timeout=2s, try_limit=2, retry_delay=1s }}";

    private static string Milter(MailLayout layout) =>
        $"{{ unix:{layout.MilterSocket}, default_action=accept, connect_timeout=5s, command_timeout=5s, content_timeout=5s }}";

    /// <summary>sasl/smtpd.conf in the same folder: the socket that Postfix asks about passwords.</summary>
    public static string Sasl(MailLayout layout) => $"""
        pwcheck_method: saslauthd
        saslauthd_path: {layout.LoginSocket}
        mech_list: PLAIN LOGIN

        """;

    // The addresses that reports about mail go to, and that answer when other servers verify the host's senders.
    private static string OwnAddresses(MailLayout layout) => string.Join(
        ", ", from name in (string[])[layout.Hostname, layout.Origin]
              from part in MailHostNames.Delivered
              select $"{part}@{name}={layout.Postmaster}");
}

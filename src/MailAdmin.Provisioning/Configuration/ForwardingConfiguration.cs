namespace MailAdmin.Provisioning.Configuration;

/// <summary>
/// Mail that is forwarded outside gets a sender of this host (SRS, by postsrsd), so that it passes SPF at its destination, and its bounces
/// come back. Why a second pass through Postfix does this: docs/decisions/0027.
/// </summary>
public static class ForwardingConfiguration
{
    /// <summary>Settings of main.cf.</summary>
    internal static string Main(MailLayout layout) => $$"""
        # What leaves with a sender that is no account's, and not the host's own, was forwarded: it passes the listener that rewrites its sender.
        default_transport = srs:[{{Host(layout.Forwarding)}}]:{{Port(layout.Forwarding)}}
        sender_dependent_default_transport_maps =
            inline:{ { <>=smtp: }, { @{{layout.Hostname}}=smtp: }, { @{{layout.Origin}}=smtp: } },
            pipemap:{ lmdb:{{layout.Maps}}/senders, static:{smtp:} }

        """;

    /// <summary>
    /// The table of virtual_alias_maps that resolves a bounce's recipient. Only postsrsd's own addresses are looked up there: no other
    /// lookup waits for it.
    /// </summary>
    internal static string Back(MailLayout layout) =>
        $$"""pipemap:{ regexp:{ { /^(SRS[01][-+=].*@{{layout.Hostname.Replace(".", "\\.", StringComparison.Ordinal)}})$$/ $$1 } }, tcp:{{layout.SrsReverse}} }""";

    /// <summary>Services of master.cf.</summary>
    internal static string Master(MailLayout layout) => $"""
        # Forwarded mail on its way out. It was filtered and expanded before.
        srs       unix  -       -       n       -       -       smtp
        {layout.Forwarding} inet n - n - - smtpd
          -o syslog_name=postfix/srs
          -o cleanup_service_name=srs-cleanup
          -o smtpd_relay_restrictions=permit_mynetworks,reject
          -o smtpd_sender_restrictions=
          -o smtpd_milters=
          -o content_filter=
          -o receive_override_options=
          -o message_size_limit=0
        srs-cleanup unix n      -       n       -       0       cleanup
          -o syslog_name=postfix/srs
          -o sender_canonical_maps=tcp:{layout.SrsForward}
          -o sender_canonical_classes=envelope_sender
          -o virtual_alias_maps=
          -o message_size_limit=0

        """;

    /// <summary>/etc/default/postsrsd.</summary>
    public static string Postsrsd(MailLayout layout) => $"""
        # The name that rewritten senders are under. Its SPF record has to name this host's addresses.
        SRS_DOMAIN={layout.Hostname}
        SRS_SEPARATOR==
        # Whoever knows it can send through this host. A line more on top replaces it; older ones are still understood.
        SRS_SECRET=/etc/postsrsd.secret
        SRS_HASHLENGTH=4
        SRS_HASHMIN=4
        SRS_FORWARD_PORT={Port(layout.SrsForward)}
        SRS_REVERSE_PORT={Port(layout.SrsReverse)}
        SRS_LISTEN_ADDR={Host(layout.SrsForward)}
        RUN_AS=postsrsd
        CHROOT=/var/lib/postsrsd

        """;

    private static string Host(string place) => place[..place.LastIndexOf(':')];

    private static string Port(string place) => place[(place.LastIndexOf(':') + 1)..];
}

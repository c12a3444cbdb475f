namespace MailAdmin.Provisioning.Configuration;

/// <summary>master.cf: the listeners, the transport to the store, and Debian's own services without chroot.</summary>
public static class MasterConfiguration
{
    public static string Text(MailLayout layout) => Listeners(layout) + ForwardingConfiguration.Master(layout) + Others;

    private static string Listeners(MailLayout layout) => $"""
        # Port 25: from anybody to hosted domains. No AUTH.
        {layout.Smtp} inet n - n - - smtpd
          -o smtpd_discard_ehlo_keywords=silent-discard,dsn,etrn
        # Port 465: users who signed in.
        {layout.Smtps} inet n - n - - smtpd
          -o syslog_name=postfix/smtps
          -o smtpd_tls_wrappermode=yes
        {Submission}
        # Port 587: the same, with STARTTLS before anything else.
        {layout.Submission} inet n - n - - smtpd
          -o syslog_name=postfix/submission
          -o smtpd_tls_security_level=encrypt
        {Submission}
        # Vacation answers and redirects of Cyrus, which is trusted by its address. Nobody signs in here, but where AUTH is offered Cyrus says whose script
        # sends (MAIL FROM:<...> AUTH=username), and the panel looks whether it may.
        {layout.SieveSubmission} inet n - n - - smtpd
          -o syslog_name=postfix/sieve
          -o smtpd_relay_restrictions=permit_mynetworks,reject
          -o smtpd_sender_restrictions=
          -o smtpd_sasl_auth_enable=yes
          -o smtpd_tls_auth_only=no
          -o smtpd_milters=$sieve_milters

        """;

    // The options of every listener on which users sign in (465, 587). A user is refused at MAIL already, and the policy service is asked
    // once for each message, not for each recipient. The lists themselves are in main.cf.
    private const string Submission = """
          -o smtpd_sasl_auth_enable=yes
          -o smtpd_delay_reject=no
          -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
          -o smtpd_sender_restrictions=$mua_sender_restrictions
          -o smtpd_data_restrictions=$mua_data_restrictions
          -o smtpd_milters=$mua_milters
        """;

    private const string Others = """
        store     unix  -       -       n       -       -       lmtp
        pickup    unix  n       -       n       5       1       pickup
        cleanup   unix  n       -       n       -       0       cleanup
        qmgr      unix  n       -       n       300     1       qmgr
        tlsmgr    unix  -       -       n       1000?   1       tlsmgr
        rewrite   unix  -       -       n       -       -       trivial-rewrite
        bounce    unix  -       -       n       -       0       bounce
        defer     unix  -       -       n       -       0       bounce
        trace     unix  -       -       n       -       0       bounce
        verify    unix  -       -       n       -       1       verify
        flush     unix  n       -       n       1000?   0       flush
        proxymap  unix  -       -       n       -       -       proxymap
        proxywrite unix -       -       n       -       1       proxymap
        smtp      unix  -       -       n       -       -       smtp
        relay     unix  -       -       n       -       -       smtp
        showq     unix  n       -       n       -       -       showq
        error     unix  -       -       n       -       -       error
        retry     unix  -       -       n       -       -       error
        discard   unix  -       -       n       -       -       discard
        lmtp      unix  -       -       n       -       -       lmtp
        anvil     unix  -       -       n       -       1       anvil
        scache    unix  -       -       n       -       1       scache
        postlog   unix-dgram n  -       n       -       1       postlogd

        """;
}

using MailAdmin.Provisioning.Doctor;

namespace MailAdmin.Provisioning.Installation;

/// <summary>
/// main.cf as the package of Debian 12 or 13 writes it. It is made from answers, so there is no file to compare with: it is Debian's if
/// every setting in it has a value that the package writes. What becomes of each: docs/decisions/0041.
/// </summary>
internal static class DebianMain
{
    // An empty list: any value, because the package derives it from the host's name or network.
    private static readonly Dictionary<string, string[]> Settings = new(StringComparer.Ordinal)
    {
        ["smtpd_banner"] = ["$myhostname ESMTP $mail_name (Debian/GNU)", "$myhostname ESMTP $mail_name (Debian)"],
        ["biff"] = ["no"],
        ["append_dot_mydomain"] = ["no"],
        ["readme_directory"] = ["no", "/usr/share/doc/postfix"],
        ["html_directory"] = [],
        ["compatibility_level"] = ["2", "3.6", "3.9", "3.10"],
        ["smtpd_tls_cert_file"] = ["/etc/ssl/certs/ssl-cert-snakeoil.pem"],
        ["smtpd_tls_key_file"] = ["/etc/ssl/private/ssl-cert-snakeoil.key"],
        ["smtpd_tls_security_level"] = ["may"],
        ["smtpd_use_tls"] = ["yes"],
        ["smtp_tls_CApath"] = ["/etc/ssl/certs"],
        ["smtp_tls_CAfile"] = ["/etc/ssl/certs/ca-certificates.crt"],
        ["smtp_tls_security_level"] = ["may"],
        ["smtp_tls_session_cache_database"] =
            ["btree:${data_directory}/smtp_scache", "lmdb:${data_directory}/smtp_scache"],
        ["smtpd_tls_session_cache_database"] = ["btree:${data_directory}/smtpd_scache"],
        ["smtpd_relay_restrictions"] = ["permit_mynetworks permit_sasl_authenticated defer_unauth_destination"],
        ["myhostname"] = [],
        ["myorigin"] = ["/etc/mailname", "$myhostname"],
        ["alias_maps"] = ["hash:/etc/aliases", "lmdb:/etc/aliases"],
        ["alias_database"] = ["hash:/etc/aliases", "lmdb:/etc/aliases"],
        ["mydestination"] = [],
        ["relayhost"] = [""],
        ["mynetworks"] = ["127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128", "127.0.0.0/8"],
        ["mynetworks_style"] = ["host"],
        ["cyrus_sasl_config_path"] = ["/etc/postfix/sasl"],
        ["mailbox_size_limit"] = ["0"],
        ["recipient_delimiter"] = ["+"],
        ["inet_interfaces"] = ["all", "loopback-only", "localhost"],
        ["inet_protocols"] = ["all", "ipv4", "ipv6", ""],
        ["default_transport"] = ["error"],
        ["relay_transport"] = ["error"],
        ["mailbox_command"] = [],
    };

    /// <summary>The settings that are not Debian's, as <c>name = value</c>.</summary>
    public static IReadOnlyList<string> Foreign(string text)
    {
        var file = ConfigFile.Of(text, '=');
        return
        [
            .. from name in file.Names
               let value = file[name]!.Value
               where !(Settings.TryGetValue(name, out var known) && (known.Length == 0 || known.Contains(value, StringComparer.Ordinal)))
               select $"{name} = {value}",
        ];
    }
}

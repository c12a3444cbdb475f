namespace MailAdmin.Provisioning.Doctor;

/// <summary>A setting that mail depends on.</summary>
/// <param name="Means">Code of the text that says what happens to mail if the setting differs.</param>
/// <param name="Default">The server's value if the file has none; null if that default never fits.</param>
/// <param name="IsList">The list may contain other entries as well.</param>
/// <param name="HasOwnAddresses">The list begins with the host's own addresses, which <see cref="HostMailCheck"/> follows instead.</param>
/// <param name="Or">Other values that are equivalent or stricter.</param>
internal sealed record SettingRule(
    string Name, string Means, string? Default = null, bool IsList = false, bool HasOwnAddresses = false, params string[] Or);

/// <summary>
/// The settings that are checked. Their required values are not repeated here: they are in the configuration that the panel generates
/// (<see cref="Configuration"/>).
/// </summary>
internal static class SettingRules
{
    public static readonly IReadOnlyList<SettingRule> Imapd =
    [
        new("unixhierarchysep", "SettingNames", "yes"), new("altnamespace", "SettingNames", "yes"),
        new("virtdomains", "SettingNames", "off"),
        new("admins", "SettingAdmins", IsList: true),
        new("sasl_pwcheck_method", "SettingLogins"), new("sasl_saslauthd_path", "SettingLogins"),
        new("lmtp_strict_quota", "SettingLmtp", "no"), new("lmtp_over_quota_perm_failure", "SettingLmtp", "no"),
        new("lmtp_downcase_rcpt", "SettingLmtp", "yes"),
        new("duplicatesuppression", "SettingWhole", "yes"), new("munge8bit", "SettingWhole", "yes"),
        new("allowplaintext", "SettingTls", "no"), new("tls_versions", "SettingTls", Or: ["tls1_3 tls1_2", "tls1_3"]),
        new("autocreate_quota", "SettingAutocreate", "-1"),
        new("delete_mode", "SettingDeletion", "delayed"), new("expunge_mode", "SettingDeletion", "delayed"),
        new("disable_user_namespace", "SettingListing", "no"), new("disable_shared_namespace", "SettingListing", "no"),
        new("anyoneuseracl", "SettingSharing", "yes"),
        new("sieve_maxscriptsize", "SettingSieve", "32"), new("sieve_maxscripts", "SettingSieve", "5"),
        new("sieveusehomedir", "SettingSieve", "no"),
        new("smtp_backend", "SettingSieve", "sendmail"),
        new("sieve_vacation_min_response", "SettingVacationDays", "3d"), new("sieve_vacation_max_response", "SettingVacationDays", "90d"),
    ];

    public static readonly IReadOnlyList<SettingRule> Main =
    [
        new("virtual_alias_domains", "SettingMaps"), new("virtual_alias_maps", "SettingMaps", HasOwnAddresses: true), new("transport_maps", "SettingMaps"),
        new("relay_domains", "SettingMaps"),
        new("smtpd_sender_login_maps", "SettingSenders"), new("mua_sender_restrictions", "SettingSenders", IsList: true),
        new("smtpd_sender_restrictions", "SettingUtf8", IsList: true),
        new("virtual_mailbox_domains", "SettingStore"), new("virtual_mailbox_maps", "SettingStore"),
        new("virtual_transport", "SettingStore"),
        new("lmtp_delivery_status_filter", "SettingBounces"), new("message_strip_characters", "SettingBounces"),
        new("default_transport", "SettingForwarding"), new("sender_dependent_default_transport_maps", "SettingForwarding"),
        new("allow_percent_hack", "SettingRoutes"), new("swap_bangpath", "SettingRoutes"),
        new("smtpd_forbid_bare_newline", "SettingSmuggling", Or: ["reject", "yes"]),
        new("smtpd_forbid_bare_newline_exclusions", "SettingSmuggling"),
        new("smtpd_forbid_unauth_pipelining", "SettingSmuggling"),
        new("smtpd_tls_protocols", "SettingTls", Or: [">=TLSv1.3"]), new("smtpd_tls_mandatory_protocols", "SettingTls", Or: [">=TLSv1.3"]),
        new("smtpd_tls_auth_only", "SettingTls"),
        new("smtp_tls_security_level", "SettingTls", Or: ["dane", "encrypt", "dane-only", "verify", "secure"]),
        new("mydestination", "SettingLocal"), new("parent_domain_matches_subdomains", "SettingSubdomains"),
        new("recipient_delimiter", "SettingTags"), new("propagate_unmatched_extensions", "SettingTags"),
        new("enable_original_recipient", "SettingTags"),
        new("smtpd_recipient_restrictions", "SettingRefused", IsList: true), new("smtpd_relay_restrictions", "SettingRelay", IsList: true),
        new("smtpd_client_restrictions", "SettingReloadTrigger", IsList: true), new("smtputf8_enable", "SettingUtf8"),
    ];

    /// <summary>Whether a value has the same effect as the wanted one.</summary>
    public static bool Fits(SettingRule rule, string wanted, string? actual)
    {
        if (actual is null) return false;
        if (rule.HasOwnAddresses) (wanted, actual) = (WithoutInline(wanted), WithoutInline(actual));
        if (!rule.IsList) return rule.Or.Append(wanted).Any(w => Plain(w) == Plain(actual));
        // "permit" only ends the list, and another list may end differently. A name ("$non_smtpd_milters") leaves room for the hoster's
        // entries.
        return Parts(wanted).Where(p => p != "permit" && !p.StartsWith('$')).All(p => Plain(actual).Contains(p, StringComparison.Ordinal));
    }

    // "inline:{ postmaster@mx.example.org=… }, lmdb:…"
    private static string WithoutInline(string list) =>
        string.Join(", ", TableList.Of(list).Where(t => !t.StartsWith("inline:", StringComparison.Ordinal)));

    private static IEnumerable<string> Parts(string list) => list.Split(',').Select(Plain).Where(p => p.Length > 0);

    private static string Plain(string value) =>
        string.Join(' ', value.Split((char[])[' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries)) switch
        {
            "yes" or "1" or "t" or "true" or "on" => "yes",
            "no" or "0" or "f" or "false" or "off" => "no",
            var text => text,
        };
}

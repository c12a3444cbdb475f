namespace MailAdmin.Provisioning.Configuration;

/// <summary>cyrus.conf: the services, and the nightly jobs.</summary>
public static class CyrusServicesConfiguration
{
    private const string DefaultSettings = "/etc/imapd.conf";

    // Cyrus waits ten minutes and more for a silent client, and does not limit the connections of one address: a low limit would soon be
    // reached. How to limit each address: docs/operations/ports-and-firewall.md.
    internal const int Most = 500;

    /// <summary>With a lower limit, a single client that opens silent connections shuts everybody else out.</summary>
    internal const int Least = 200;

    /// <summary>The panel's own listeners. imapd.conf lets these services, by name, take a password without TLS.</summary>
    internal const string ImapForPanel = "imappanel";

    internal const string SieveForPanel = "sievepanel";

    public static string Text(MailLayout layout)
    {
        var settings = layout.CyrusSettings == DefaultSettings ? "" : $" -C {layout.CyrusSettings}";
        return $$"""
            START {
              recover cmd="/usr/sbin/cyrus ctl_cyrusdb{{settings}} -r"
            }
            DAEMON {
              idled cmd="idled{{settings}} -d"
            }
            SERVICES {
            {{string.Concat(Services(layout, settings))}}}
            EVENTS {
              checkpoint cmd="/usr/sbin/cyrus ctl_cyrusdb{{settings}} -c" period=30
              prune      cmd="/usr/sbin/cyrus expire{{settings}} -E 3 -D 28 -X 28" at=0401
              tlsprune   cmd="/usr/sbin/cyrus tls_prune{{settings}}" at=0401
            }

            """;
    }

    private static IEnumerable<string> Services(MailLayout layout, string settings)
    {
        if (layout.Imap is not null) yield return Service("imap", $"imapd{settings} -U 30", layout.Imap, Most);
        if (layout.ImapForPanel is { } panel) yield return Service(ImapForPanel, $"imapd{settings} -U 30", panel, Least);
        if (layout.Imaps is not null) yield return Service("imaps", $"imapd{settings} -s -U 30", layout.Imaps, Most);
        if (layout.Pop3 is not null) yield return Service("pop3", $"pop3d{settings} -U 30", layout.Pop3, Most);
        if (layout.Pop3s is not null) yield return Service("pop3s", $"pop3d{settings} -s -U 30", layout.Pop3s, Most);
        yield return Service("sieve", $"timsieved{settings}", layout.Sieve, Most);
        if (layout.SieveForPanel is { } sieve) yield return Service(SieveForPanel, $"timsieved{settings}", sieve, Least);
        yield return Service("lmtpunix", $"lmtpd{settings}", layout.LmtpListen, 20);
    }

    private static string Service(string name, string command, string listen, int most) =>
        $"  {name,-10} cmd=\"{command}\" listen=\"{listen}\" prefork=0 maxchild={most}\n";
}

using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Doctor;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Configures the doctor, and the names and paths from which the servers' configuration is generated: from the settings, and Debian's paths
/// for the rest.
/// </summary>
internal static class Doctor
{
    private const int ImapPort = 143;
    private const int SievePort = 4190;

    public static void AddDoctor(this IHostApplicationBuilder builder, PanelSettings settings)
    {
        var options = new DoctorOptions(settings.Doctor)
        {
            Database = settings.Database,
            LoginSocket = settings.Logins.Socket,
            PolicySocket = settings.Sending.Socket,
            MilterSocket = settings.Sending.MilterSocket,
            Administrators = settings.Cyrus?.Administrators() ?? new HashSet<string>(StringComparer.Ordinal),
            Certificates = settings.Doctor.Certificates is { Count: > 0 } told ? told : [.. Certificates(settings)],
            SettingsFile = builder.Configuration["settings"] ?? "settings.json",
        };
        builder.Services.AddDoctor(options, LayoutOf(settings), settings.Cyrus is not null, settings.Maps.AreKept);
        if (settings.Dns.Enabled) builder.Services.AddResolverCheck();
    }

    private static IEnumerable<string> Certificates(PanelSettings settings)
    {
        if (settings.Cyrus is { Tls: true } cyrus) yield return $"imaps://{cyrus.Host}:{cyrus.Port}";
        if (settings.Maps.AreKept) yield return $"smtp://{settings.Maps.Hostname ?? "localhost"}:25";
        if (settings is { Cyrus: not null, Sieve: { StartTls: true } sieve }) yield return $"sieve://{sieve.Host}:{sieve.Port}";
    }

    /// <summary>The layout of the installation that has these settings.</summary>
    public static MailLayout LayoutOf(PanelSettings settings)
    {
        var host = settings.Maps.Hostname ?? "mx.example.org";
        var socket = settings.Store.NextHop.IndexOf("unix:", StringComparison.Ordinal);
        var plain = new MailLayout
        {
            Hostname = host,
            Origin = settings.Maps.OriginOrParent ?? host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..],
            Postmaster = settings.Maps.Postmaster,
            Store = settings.Store.Name,
            NextHop = settings.Store.NextHop,
            LoginSocket = settings.Logins.Socket ?? "/run/mailadmin/mux",
            PolicySocket = settings.Sending.Socket ?? "/run/mailadmin/policy",
            MilterSocket = settings.Sending.MilterSocket ?? "/run/mailadmin/milter",
            Maps = settings.Maps.AreKept ? settings.Maps.Folder : "/var/lib/mailadmin/maps",
            AdminUser = settings.Cyrus?.AdminUser ?? "cyrus",
            CyrusSettings = settings.Doctor.ImapdConf,
            Dane = settings.Maps.Dane,
            VacationMinimum = settings.Vacations.MinimumDays,
            VacationMaximum = settings.Vacations.MaximumDays,
            Forwarding = settings.Forwarding.Listener,
            SrsForward = settings.Forwarding.SrsForward,
            SrsReverse = settings.Forwarding.SrsReverse,
        };
        plain = WithPanelListeners(plain, settings);
        return socket < 0 ? plain : plain with { LmtpListen = settings.Store.NextHop[(socket + "unix:".Length)..] };
    }

    // Listeners on which the panel signs in without TLS can be reached from this host only. Users' own ports have TLS, unless the panel
    // takes the port itself.
    private static MailLayout WithPanelListeners(MailLayout layout, PanelSettings settings)
    {
        if (settings.Cyrus is { Tls: false } cyrus)
            layout = cyrus.Port == ImapPort
                ? layout with { Imap = $"127.0.0.1:{cyrus.Port}" } : layout with { ImapForPanel = $"127.0.0.1:{cyrus.Port}" };
        if (settings.Sieve is { StartTls: false } sieve)
            layout = sieve.Port == SievePort
                ? layout with { Sieve = $"127.0.0.1:{sieve.Port}" } : layout with { SieveForPanel = $"127.0.0.1:{sieve.Port}" };
        return layout;
    }
}

using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Doctor;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Configures the doctor, and the names and paths from which the servers' configuration is generated: from the settings, and Debian's paths
/// for the rest.
/// </summary>
internal static class Doctor
{
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
    }

    private static IEnumerable<string> Certificates(PanelSettings settings)
    {
        if (settings.Cyrus is { Tls: true } cyrus) yield return $"imaps://{cyrus.Host}:{cyrus.Port}";
        if (settings.Maps.AreKept) yield return $"smtp://{settings.Maps.Hostname ?? "localhost"}:25";
        if (settings is { Cyrus: not null, Sieve: { StartTls: true } sieve }) yield return $"sieve://{sieve.Host}:{sieve.Port}";
    }

    private static MailLayout LayoutOf(PanelSettings settings)
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
            // Listeners on which the panel signs in without TLS have to be reachable from this host only.
            Imap = settings.Cyrus is { Tls: false } cyrus ? $"127.0.0.1:{cyrus.Port}" : "imap",
            Sieve = settings.Sieve.StartTls ? "sieve" : $"127.0.0.1:{settings.Sieve.Port}",
            VacationMinimum = settings.Vacations.MinimumDays,
            VacationMaximum = settings.Vacations.MaximumDays,
            Forwarding = settings.Forwarding.Listener,
            SrsForward = settings.Forwarding.SrsForward,
            SrsReverse = settings.Forwarding.SrsReverse,
        };
        return socket < 0 ? plain : plain with { LmtpListen = settings.Store.NextHop[(socket + "unix:".Length)..] };
    }
}

using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Doctor;

namespace MailAdmin.Web.Hosting;

/// <summary>Where the doctor looks, and what the configuration of the servers is made from: the settings, and Debian's places for the rest.</summary>
internal static class Doctor
{
    public static void AddDoctor(this IHostApplicationBuilder builder, PanelSettings panel)
    {
        var settings = builder.Configuration.GetSection(PanelSettings.Section);
        var options = new DoctorOptions();
        settings.GetSection("Doctor").Bind(options);
        (options.Database, options.LoginSocket, options.PolicySocket) = (panel.Database, settings["Logins:Socket"], settings["Sending:Socket"]);
        options.MilterSocket = Provisioning.MilterOf(settings);
        options.Administrators = panel.Cyrus.Administrators().ToHashSet(StringComparer.Ordinal);
        if (builder.Configuration["settings"] is { } file) options.SettingsFile = file;
        if (options.Certificates.Count == 0) foreach (var place in Certificates(settings)) options.Certificates.Add(place);
        builder.Services.AddDoctor(options, LayoutOf(settings, panel, options));
    }

    private static IEnumerable<string> Certificates(IConfiguration settings)
    {
        var host = settings["Cyrus:Host"];
        if (host is not null && settings.GetValue("Cyrus:Tls", true)) yield return $"imaps://{host}:{settings["Cyrus:Port"] ?? "993"}";
        if (settings["Maps:Folder"] is not null) yield return $"smtp://{settings["Maps:Hostname"] ?? "localhost"}:25";
        if (host is not null && settings.GetValue("Sieve:StartTls", true)) yield return $"sieve://{settings["Sieve:Host"] ?? host}:{settings["Sieve:Port"] ?? "4190"}";
    }

    private static MailLayout LayoutOf(IConfiguration settings, PanelSettings panel, DoctorOptions options)
    {
        var host = panel.Maps.Hostname ?? "mx.example.org";
        var socket = panel.Store.NextHop.IndexOf("unix:", StringComparison.Ordinal);
        var plain = new MailLayout
        {
            Hostname = host,
            Origin = panel.Maps.OriginOrParent ?? host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..],
            Postmaster = panel.Maps.Postmaster,
            Store = panel.Store.Name,
            NextHop = panel.Store.NextHop,
            LoginSocket = settings["Logins:Socket"] ?? "/run/mailadmin/mux",
            PolicySocket = settings["Sending:Socket"] ?? "/run/mailadmin/policy",
            MilterSocket = Provisioning.MilterOf(settings) ?? "/run/mailadmin/milter",
            Maps = settings["Maps:Folder"] ?? "/var/lib/mailadmin/maps",
            AdminUser = settings["Cyrus:AdminUser"] ?? "cyrus",
            CyrusSettings = options.ImapdConf,
            // Where the panel signs in without TLS nobody else is to reach.
            Imap = settings.GetValue("Cyrus:Tls", true) ? "imap" : $"127.0.0.1:{settings["Cyrus:Port"]}",
            Sieve = settings.GetValue("Sieve:StartTls", true) ? "sieve" : $"127.0.0.1:{settings["Sieve:Port"] ?? "4190"}",
            VacationMinimum = panel.Vacations.MinimumDays,
            VacationMaximum = panel.Vacations.MaximumDays,
        };
        plain = Forwarded(plain, settings.GetSection("Forwarding"));
        return socket < 0 ? plain : plain with { LmtpListen = panel.Store.NextHop[(socket + "unix:".Length)..] };
    }

    private static MailLayout Forwarded(MailLayout layout, IConfigurationSection settings) => layout with
    {
        Forwarding = settings["Listener"] ?? layout.Forwarding,
        SrsForward = settings["SrsForward"] ?? layout.SrsForward,
        SrsReverse = settings["SrsReverse"] ?? layout.SrsReverse,
    };
}

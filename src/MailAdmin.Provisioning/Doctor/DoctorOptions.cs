namespace MailAdmin.Provisioning.Doctor;

/// <summary>Where the doctor looks.</summary>
public sealed class DoctorOptions
{
    /// <summary>Path of imapd.conf, where Cyrus is on this host. What can't be read is asked over IMAP only. Default: /etc/imapd.conf.</summary>
    public string ImapdConf { get; set; } = "/etc/imapd.conf";

    /// <summary>Path of cyrus.conf. Default: beside imapd.conf.</summary>
    public string? CyrusConf { get; set; }

    /// <summary>
    /// Certificates to look at besides those of <c>Cyrus</c> and <c>Sieve</c>: <c>imaps://HOST:993</c>, <c>pop3s://HOST:995</c>, <c>smtps://HOST:465</c>,
    /// <c>smtp://HOST:25</c> (STARTTLS), <c>sieve://HOST:4190</c> (STARTTLS).
    /// </summary>
    public IList<string> Certificates { get; } = [];

    /// <summary>Free space below which a disk is told, in MiB; 500 unless told.</summary>
    public int LeastFreeMiB { get; set; } = 500;

    /// <summary>Path of the database file.</summary>
    public string Database { get; set; } = "";

    /// <summary>Cyrus' administrators as the settings name them, in lower case.</summary>
    public IReadOnlySet<string> Administrators { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The login socket, or null where this installation has none.</summary>
    public string? LoginSocket { get; set; }

    /// <summary>The policy service's socket, or null where this installation has none.</summary>
    public string? PolicySocket { get; set; }

    /// <summary>The milter's socket, likewise.</summary>
    public string? MilterSocket { get; set; }

    /// <summary>Path of the settings file, as findings name it.</summary>
    public string SettingsFile { get; set; } = "settings.json";
}

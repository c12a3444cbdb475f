using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Where the doctor looks: section <c>Doctor</c> of the settings file. Checked at start.</summary>
public sealed class DoctorSettings
{
    /// <summary>
    /// Path of imapd.conf, where Cyrus is on this host. What can't be read is asked over IMAP only. Default: /etc/imapd.conf.
    /// </summary>
    [Required]
    public string ImapdConf { get; init; } = "/etc/imapd.conf";

    /// <summary>Path of cyrus.conf. Default: beside imapd.conf.</summary>
    public string? CyrusConf { get; init; }

    /// <summary>
    /// Certificates to look at: <c>imaps://HOST:993</c>, <c>pop3s://HOST:995</c>, <c>smtps://HOST:465</c>, <c>smtp://HOST:25</c>
    /// (STARTTLS), <c>sieve://HOST:4190</c> (STARTTLS). Empty, the default: those of <c>Cyrus</c>, <c>Sieve</c> and <c>Maps:Hostname</c>.
    /// </summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Free space below which a disk is told, in MiB, 0 or more; 500 unless told.</summary>
    [Range(0, int.MaxValue)]
    public int LeastFreeMiB { get; init; } = 500;
}

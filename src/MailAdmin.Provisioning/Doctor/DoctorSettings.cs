using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>What the doctor checks: section <c>Doctor</c> of the settings file. Validated at start.</summary>
public sealed class DoctorSettings
{
    /// <summary>
    /// Path of imapd.conf, if Cyrus is on this host. If the file can't be read, Cyrus is checked over IMAP only. Default: /etc/imapd.conf.
    /// </summary>
    [Required]
    public string ImapdConf { get; init; } = "/etc/imapd.conf";

    /// <summary>Path of cyrus.conf. Default: in the folder of imapd.conf.</summary>
    public string? CyrusConf { get; init; }

    /// <summary>
    /// Certificates to check: <c>imaps://HOST:993</c>, <c>pop3s://HOST:995</c>, <c>smtps://HOST:465</c>, <c>smtp://HOST:25</c> (STARTTLS),
    /// <c>sieve://HOST:4190</c> (STARTTLS). Default: empty, which checks those of <c>Cyrus</c>, <c>Sieve</c> and <c>Maps:Hostname</c>.
    /// </summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Free space in MiB below which a disk is reported, 0 or more; default: 500.</summary>
    [Range(0, int.MaxValue)]
    public int LeastFreeMiB { get; init; } = 500;
}

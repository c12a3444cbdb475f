using System.ComponentModel.DataAnnotations;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>
/// How the ManageSieve server is reached: section <c>Sieve</c> of the settings file. Sign-in and time limit are those of
/// <see cref="CyrusOptions"/>. Checked at start.
/// </summary>
public sealed class SieveOptions : IValidatableObject
{
    /// <summary>Name or address of the server; with TLS the name that its certificate is for. Unless told, the IMAP server's.</summary>
    public string? Host { get; set; }

    /// <summary>TCP port, 1 to 65535. Default: 4190 (RFC 5804, section 1.8).</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 4190;

    /// <summary>
    /// STARTTLS before anything else, the certificate verified unless the host is loopback; without it nothing is said. Default: true;
    /// false is allowed on loopback alone.
    /// </summary>
    public bool StartTls { get; set; } = true;

    internal bool IsLoopback => Loopback.Is(Host!);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is null) yield break;
        if (string.IsNullOrWhiteSpace(Host)) yield return new("is empty: leave it out for the host of Cyrus", [nameof(Host)]);
        else if (!StartTls && !IsLoopback)
            yield return new($"is false, but {Host} is not loopback: the password would cross the network in clear", [nameof(StartTls)]);
    }
}

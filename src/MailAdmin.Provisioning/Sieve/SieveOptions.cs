using System.ComponentModel.DataAnnotations;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>
/// How the panel reaches the ManageSieve server: section <c>Sieve</c> of the settings file. The sign-in and the timeout are those of
/// <see cref="CyrusOptions"/>. Validated at start.
/// </summary>
public sealed class SieveOptions : IValidatableObject
{
    /// <summary>Name or address of the server; with TLS, the name in its certificate. Default: the IMAP server's.</summary>
    public string? Host { get; set; }

    /// <summary>TCP port, 1 to 65535. Default: 4190 (RFC 5804, section 1.8).</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 4190;

    /// <summary>
    /// STARTTLS before anything else; the certificate is verified unless the host is loopback, and without TLS nothing is sent. Default:
    /// true; false is allowed on loopback only.
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

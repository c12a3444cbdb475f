using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.Options;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>How the ManageSieve server is reached. Sign-in and time limit are those of <see cref="CyrusOptions"/>. Checked at start.</summary>
public sealed class SieveOptions
{
    /// <summary>Name or address of the server; with TLS the name that its certificate is for. Default: the IMAP server's.</summary>
    public string? Host { get; set; }

    /// <summary>TCP port, 1 to 65535. Default: 4190 (RFC 5804, section 1.8).</summary>
    public int Port { get; set; } = 4190;

    /// <summary>
    /// STARTTLS before anything else, the certificate verified unless the host is loopback; without it nothing is said. Default: true;
    /// false is allowed on loopback alone.
    /// </summary>
    public bool StartTls { get; set; } = true;

    internal bool IsLoopback => Loopback.Is(Host!);
}

internal sealed class SieveOptionsValidator : IValidateOptions<SieveOptions>
{
    public ValidateOptionsResult Validate(string? name, SieveOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(SieveOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Host)) yield return "Sieve: Host is missing.";
        else if (!options.StartTls && !options.IsLoopback)
            yield return $"Sieve: StartTls is off, but {options.Host} is not loopback; the password would cross the network in clear.";
        if (options.Port is < 1 or > 65535) yield return $"Sieve: Port is {options.Port}; it has to be 1 to 65535.";
    }
}

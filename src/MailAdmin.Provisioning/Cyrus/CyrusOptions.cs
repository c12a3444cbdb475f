using Microsoft.Extensions.Options;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>How the Cyrus server is reached. Checked at start.</summary>
public sealed class CyrusOptions
{
    /// <summary>Name or address of the IMAP server; with TLS the name that its certificate is for. Default: localhost.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>TCP port, 1 to 65535. Default: 993, IMAP over TLS from the first octet (RFC 8314).</summary>
    public int Port { get; set; } = 993;

    /// <summary>
    /// TLS from the first octet, the certificate verified unless <see cref="Host"/> is loopback. Default: true; false is allowed on
    /// loopback alone. STARTTLS is not spoken: what an attacker sends ahead of it can't be believed by mistake.
    /// </summary>
    public bool Tls { get; set; } = true;

    /// <summary>An administrator of Cyrus (<c>admins</c> in imapd.conf). Default: cyrus.</summary>
    public string AdminUser { get; set; } = "cyrus";

    /// <summary>The administrator's password; this or <see cref="AdminPasswordFile"/>.</summary>
    public string? AdminPassword { get; set; }

    /// <summary>File whose first line is the password, read at each sign-in, so that a new one needs no restart.</summary>
    public string? AdminPasswordFile { get; set; }

    /// <summary>The longest wait for any one answer, and for connecting; 100 ms to 5 min. Default: 10 s.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections kept for provisioning, 1 to 8; the quota reader has one more. Default: 4, with which two cores
    /// have something to do while the others wait for the disk.</summary>
    public int Connections { get; set; } = 4;

    /// <summary>
    /// Where the panel runs on the Cyrus host: the command that ends a user's open sessions, cyr_deny(8) with what stands before its own
    /// arguments, as <c>["sudo", "-n", "-u", "cyrus", "/usr/lib/cyrus/bin/cyr_deny"]</c>. Empty, the default: sessions that are open end by themselves.
    /// </summary>
    public IList<string> DenyCommand { get; } = [];

    /// <summary>The command that ends ManageSieve sessions, which cyr_deny does not; see <c>LoginOptions.KillCommand</c>. Empty: they end by themselves.</summary>
    public IList<string> KillCommand { get; } = [];

    internal bool IsLoopback => Loopback.Is(Host);

    internal async Task<string> ReadPasswordAsync(CancellationToken cancellation)
    {
        if (AdminPasswordFile is null) return AdminPassword!;
        var text = await File.ReadAllTextAsync(AdminPasswordFile, cancellation);
        return text.Split('\n', 2)[0].TrimEnd('\r');
    }
}

internal sealed class CyrusOptionsValidator : IValidateOptions<CyrusOptions>
{
    public ValidateOptionsResult Validate(string? name, CyrusOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(CyrusOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Host)) yield return "Cyrus: Host is missing.";
        if (options.Port is < 1 or > 65535) yield return $"Cyrus: Port is {options.Port}; it has to be 1 to 65535.";
        if (!options.Tls && !options.IsLoopback) yield return $"Cyrus: Tls is off, but {options.Host} is not loopback; the password would cross the network in clear.";
        if (string.IsNullOrWhiteSpace(options.AdminUser)) yield return "Cyrus: AdminUser is missing.";
        if (string.IsNullOrEmpty(options.AdminPassword) == string.IsNullOrEmpty(options.AdminPasswordFile))
            yield return "Cyrus: give AdminPassword or AdminPasswordFile, one of them.";
        if (options.CommandTimeout < TimeSpan.FromMilliseconds(100) || options.CommandTimeout > TimeSpan.FromMinutes(5))
            yield return $"Cyrus: CommandTimeout is {options.CommandTimeout}; it has to be 100 ms to 5 min.";
        if (options.Connections is < 1 or > 8) yield return $"Cyrus: Connections is {options.Connections}; it has to be 1 to 8.";
    }
}

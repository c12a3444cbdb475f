using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>How the Cyrus server is reached: section <c>Cyrus</c> of the settings file. Checked at start.</summary>
public sealed class CyrusOptions : IValidatableObject
{
    /// <summary>Name or address of the IMAP server; with TLS the name that its certificate is for. Default: localhost.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>TCP port, 1 to 65535. Default: 993, IMAP over TLS from the first octet (RFC 8314).</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 993;

    /// <summary>
    /// TLS from the first octet, the certificate verified unless <see cref="Host"/> is loopback. Default: true; false is allowed on
    /// loopback alone. STARTTLS is not spoken: what an attacker sends ahead of it can't be believed by mistake.
    /// </summary>
    public bool Tls { get; set; } = true;

    /// <summary>An administrator of Cyrus (<c>admins</c> in imapd.conf). Default: cyrus.</summary>
    [Required]
    public string AdminUser { get; set; } = "cyrus";

    /// <summary>The others of <c>admins</c> in imapd.conf: no account may be called so.</summary>
    public IReadOnlyList<string> Admins { get; set; } = [];

    /// <summary>The administrator's password; this or <see cref="AdminPasswordFile"/>.</summary>
    public string? AdminPassword { get; set; }

    /// <summary>File whose first line is the password, read at each sign-in, so that a new one needs no restart.</summary>
    public string? AdminPasswordFile { get; set; }

    /// <summary>The longest wait for any one answer, and for connecting; 100 ms to 5 min. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections kept for provisioning, 1 to 8; the quota reader has one more. Default: 4, with which two cores
    /// have something to do while the others wait for the disk.</summary>
    [Range(1, 8)]
    public int Connections { get; set; } = 4;

    /// <summary>
    /// Where the panel runs on the Cyrus host: the command that ends a user's open sessions, cyr_deny(8) with what stands before its own
    /// arguments, as <c>["sudo", "-n", "-u", "cyrus", "/usr/lib/cyrus/bin/cyr_deny"]</c>. Empty, the default: sessions that are open end by
    /// themselves.
    /// </summary>
    public IReadOnlyList<string> DenyCommand { get; set; } = [];

    /// <summary>
    /// The command that sends a signal to Cyrus' processes, before <c>-TERM PID</c>: <c>["sudo", "-n", "-u", "cyrus", "/bin/kill"]</c>. It
    /// ends ManageSieve sessions of who may not sign in any more, which cyr_deny does not. Empty, the default: they end by themselves.
    /// </summary>
    public IReadOnlyList<string> KillCommand { get; set; } = [];

    internal bool IsLoopback => Loopback.Is(Host);

    /// <summary>All administrators, as usernames are compared.</summary>
    public IReadOnlySet<string> Administrators() =>
        Admins.Append(AdminUser).Select(name => name.Trim().ToLowerInvariant()).Where(name => name.Length > 0)
            .ToHashSet(StringComparer.Ordinal);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Tls && !IsLoopback)
            yield return new($"is false, but {Host} is not loopback: the password would cross the network in clear", [nameof(Tls)]);
        if (string.IsNullOrEmpty(AdminPassword) == string.IsNullOrEmpty(AdminPasswordFile))
            yield return new("or AdminPassword has to be given, one of them", [nameof(AdminPasswordFile)]);
    }

    internal async Task<string> ReadPasswordAsync(CancellationToken cancellation) =>
        AdminPasswordFile is null ? AdminPassword! : FirstLine(await File.ReadAllTextAsync(AdminPasswordFile, cancellation));

    /// <summary>The password in a password file's text.</summary>
    internal static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r');
}

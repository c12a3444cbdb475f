using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>How the panel reaches the Cyrus server: section <c>Cyrus</c> of the settings file. Validated at start.</summary>
public sealed class CyrusOptions : IValidatableObject
{
    /// <summary>Name or address of the IMAP server; with TLS, the name in its certificate. Default: localhost.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>TCP port, 1 to 65535. Default: 993, IMAP over TLS from the first octet (RFC 8314).</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 993;

    /// <summary>
    /// TLS from the first octet; the certificate is verified unless <see cref="Host"/> is loopback. Default: true; false is allowed on
    /// loopback only. STARTTLS is not supported, so that the panel cannot trust anything an attacker injects before it.
    /// </summary>
    public bool Tls { get; set; } = true;

    /// <summary>An administrator of Cyrus (<c>admins</c> in imapd.conf). Default: cyrus.</summary>
    [Required]
    public string AdminUser { get; set; } = "cyrus";

    /// <summary>The other names in <c>admins</c> of imapd.conf: no account may have such a username.</summary>
    public IReadOnlyList<string> Admins { get; set; } = [];

    /// <summary>The administrator's password; either this or <see cref="AdminPasswordFile"/> is given.</summary>
    public string? AdminPassword { get; set; }

    /// <summary>File whose first line is the password. It is read at each sign-in, so that a new password needs no restart.</summary>
    public string? AdminPasswordFile { get; set; }

    /// <summary>The longest wait for one answer, and for connecting; 100 ms to 5 min. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Connections for provisioning, 1 to 8; the quota reader has one more. Default: 4, which keeps two cores busy while other connections
    /// wait for the disk.
    /// </summary>
    [Range(1, 8)]
    public int Connections { get; set; } = 4;

    /// <summary>
    /// The command that ends a user's open sessions, if the panel runs on the Cyrus host: cyr_deny(8) with what precedes its own arguments,
    /// such as <c>["sudo", "-n", "-u", "cyrus", "/usr/lib/cyrus/bin/cyr_deny"]</c>. Default: empty; open sessions then end by themselves.
    /// </summary>
    public IReadOnlyList<string> DenyCommand { get; set; } = [];

    /// <summary>
    /// The command that sends a signal to Cyrus' processes, without its arguments <c>-TERM PID</c>:
    /// <c>["sudo", "-n", "-u", "cyrus", "/bin/kill"]</c>. It ends the ManageSieve sessions of users who may no longer sign in, which
    /// cyr_deny does not end. Default: empty; the sessions then end by themselves.
    /// </summary>
    public IReadOnlyList<string> KillCommand { get; set; } = [];

    internal bool IsLoopback => Loopback.Is(Host);

    /// <summary>All administrators, in the form in which usernames are compared.</summary>
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

    internal async Task<string> ReadPasswordAsync(CancellationToken cancellationToken) =>
        AdminPasswordFile is null ? AdminPassword! : FirstLine(await File.ReadAllTextAsync(AdminPasswordFile, cancellationToken));

    /// <summary>The password in the text of a password file.</summary>
    internal static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r');
}

using System.ComponentModel.DataAnnotations;
using MailAdmin.Core.Domains;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// This mail host's name, and the place of its Postfix maps: section <c>Maps</c> of the settings file. Validated at start.
/// </summary>
public sealed class MapOptions : IValidatableObject
{
    /// <summary>
    /// The host's name (<c>myhostname</c>), under which the panel shows its position. Required with <see cref="Folder"/>.
    /// </summary>
    public string Host { get; init; } = "";

    /// <summary>Folder of the maps (<c>lmdb:FOLDER/virtual</c> and so on in main.cf). Empty: this process writes no maps.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The mail host's own name, which cannot be a hosted domain.</summary>
    public string? Hostname { get; init; }

    /// <summary>
    /// The domain of addresses without one (<c>myorigin</c>), which also belongs to the host. Default: the parent of
    /// <see cref="Hostname"/>.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>The recipient of mail for the host's own names.</summary>
    [Required]
    public string Postmaster { get; init; } = "root@localhost";

    /// <summary>
    /// Whether Postfix checks other servers' certificates by DNSSEC (DANE). Needs a resolver on this host that validates. Default: no.
    /// </summary>
    public bool Dane { get; init; }

    /// <summary>
    /// The file that is touched when smtpd has to forget what it has cached about domains (<c>smtpd_client_restrictions =
    /// check_client_access hash:FOLDER/reload-trigger</c>). Null: no file is touched, and Postfix has to be reloaded by hand after a domain
    /// is added.
    /// </summary>
    public string? ReloadTrigger { get; init; }

    /// <summary>Path of postmap.</summary>
    [Required]
    public string Postmap { get; init; } = "/usr/sbin/postmap";

    /// <summary>Path of postqueue, which lists the waiting mail.</summary>
    [Required]
    public string Postqueue { get; init; } = "/usr/sbin/postqueue";

    /// <summary>
    /// The postsuper command, which requeues the waiting mail of a switched domain. Only root may run it, so a panel that is not root needs
    /// <c>["sudo", "-n", "/usr/sbin/postsuper"]</c>. Null: /usr/sbin/postsuper.
    /// </summary>
    public IReadOnlyList<string>? Postsuper { get; init; }

    /// <summary>Path of postconf, which tells where the queue is.</summary>
    [Required]
    public string Postconf { get; init; } = "/usr/sbin/postconf";

    /// <summary>
    /// How long the domain's addresses stay in the maps after a switch to a next hop: an idle smtpd caches the domain's class for max_idle
    /// (100 s), and would refuse the addresses. 0 to 1 day; default: 2 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Folder of main.cf if it is not Postfix' default.</summary>
    public string? ConfigDirectory { get; init; }

    /// <summary>
    /// A map that is more rows than this behind is rebuilt: below, each row costs one fsync; above, a rebuild is quicker. 1 or more;
    /// default: 2,000.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int RebuildAbove { get; init; } = 2_000;

    /// <summary>How often the follower checks for other processes' changes: 0.05 seconds to 10 minutes; default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether this process writes maps.</summary>
    public bool AreKept => Folder.Length > 0;

    /// <summary>The origin as in main.cf; null if there is no hostname to derive it from.</summary>
    public string? OriginOrParent => Origin is { Length: > 0 } ? Origin : ParentOf(Hostname);

    /// <summary>The arguments with which Postfix' commands find main.cf.</summary>
    internal IReadOnlyList<string> ConfigArguments => ConfigDirectory is { } folder ? ["-c", folder] : [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AreKept && string.IsNullOrWhiteSpace(Host))
            yield return new("is missing: with Maps:Folder this mail host needs a name", [nameof(Host)]);
        if (Hostname is { Length: > 0 } && !DomainName.TryParse(Hostname, out _))
            yield return new($"is '{Hostname}'; it has to be a domain name", [nameof(Hostname)]);
        if (Origin is { Length: > 0 } && !DomainName.TryParse(Origin, out _))
            yield return new($"is '{Origin}'; it has to be a domain name", [nameof(Origin)]);
    }

    // The parent of a name with two labels is a top-level domain, which cannot be a mail domain.
    private static string? ParentOf(string? name) =>
        name?.Split('.', 2) is [_, var parent] && parent.Contains('.', StringComparison.Ordinal) ? parent : null;
}

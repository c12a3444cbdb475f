using System.ComponentModel.DataAnnotations;
using MailAdmin.Core.Domains;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// What this mail host is called, and where it has its Postfix maps: section <c>Maps</c> of the settings file. Checked at start.
/// </summary>
public sealed class MapOptions : IValidatableObject
{
    /// <summary>The host's name, as the panel shows how far it is (<c>myhostname</c>). Needed with <see cref="Folder"/>.</summary>
    public string Host { get; init; } = "";

    /// <summary>Folder of the maps (<c>lmdb:FOLDER/virtual</c> and so on in main.cf). Empty: this process writes no maps.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The mail host's own name, which nobody may host.</summary>
    public string? Hostname { get; init; }

    /// <summary>
    /// The domain of mail that names none (<c>myorigin</c>): the host's own too. The one above <see cref="Hostname"/> unless told.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>Who reads the mail for the host's own names.</summary>
    [Required]
    public string Postmaster { get; init; } = "root@localhost";

    /// <summary>
    /// The file that is touched when smtpd has to forget what it remembers of domains (<c>smtpd_client_restrictions = check_client_access
    /// hash:FOLDER/generation</c>). Null: none is touched, and Postfix has to be reloaded by hand after a domain is added.
    /// </summary>
    public string? Generation { get; init; }

    /// <summary>Path of postmap.</summary>
    [Required]
    public string Postmap { get; init; } = "/usr/sbin/postmap";

    /// <summary>Path of postqueue, which lists the mail that waits.</summary>
    [Required]
    public string Postqueue { get; init; } = "/usr/sbin/postqueue";

    /// <summary>
    /// Command of postsuper, by which waiting mail of a switched domain is taken up anew; it is for root alone, so a panel that is not root
    /// says <c>["sudo", "-n", "/usr/sbin/postsuper"]</c>. Null: /usr/sbin/postsuper.
    /// </summary>
    public IReadOnlyList<string>? Postsuper { get; init; }

    /// <summary>Path of postconf, which says where the queue is.</summary>
    [Required]
    public string Postconf { get; init; } = "/usr/sbin/postconf";

    /// <summary>
    /// How long after a switch to a next hop the domain's addresses stay in the maps: an smtpd that is idle remembers the domain's class
    /// for max_idle (100 s), and would refuse them. 0 to 1 day; 2 minutes unless told.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Folder of main.cf where it is not Postfix' own default.</summary>
    public string? ConfigDirectory { get; init; }

    /// <summary>
    /// Rows behind from which on a map is rebuilt: below, each row costs one fsync; above, a rebuild is quicker. 1 or more; 2,000 unless
    /// told.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int RebuildAbove { get; init; } = 2_000;

    /// <summary>How often other processes' changes are looked for: 0.05 seconds to 10 minutes, 1 second unless told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether this process writes maps.</summary>
    public bool AreKept => Folder.Length > 0;

    /// <summary>The origin as it is in main.cf; null where there is no name to take it from.</summary>
    public string? OriginOrParent => Origin is { Length: > 0 } ? Origin : ParentOf(Hostname);

    /// <summary>By which Postfix' commands find main.cf.</summary>
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

    // The part above a name of two labels is no name that mail could have.
    private static string? ParentOf(string? name) =>
        name?.Split('.', 2) is [_, var parent] && parent.Contains('.', StringComparison.Ordinal) ? parent : null;
}

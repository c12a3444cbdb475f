using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Where this mail host has its Postfix maps.</summary>
public sealed class MapOptions
{
    /// <summary>The host's name, as the panel shows how far it is (<c>myhostname</c>).</summary>
    [Required]
    public required string Host { get; init; }

    /// <summary>Folder of the maps (<c>lmdb:FOLDER/virtual</c> and so on in main.cf).</summary>
    [Required]
    public required string Folder { get; init; }

    /// <summary>
    /// The sentinel's file: touched when smtpd has to forget what it remembers of domains (<c>smtpd_client_restrictions = check_client_access
    /// hash:FOLDER/generation</c>). Null: none is touched, and Postfix has to be reloaded by hand after a domain is added.
    /// </summary>
    public string? Generation { get; init; }

    /// <summary>Path of postmap.</summary>
    public string Postmap { get; init; } = "/usr/sbin/postmap";

    /// <summary>Path of postqueue, which lists the mail that waits.</summary>
    public string Postqueue { get; init; } = "/usr/sbin/postqueue";

    /// <summary>
    /// Command of postsuper, by which waiting mail of a switched domain is taken up anew; it is for root alone, so a panel that is not root says
    /// <c>["sudo", "-n", "/usr/sbin/postsuper"]</c>. Null: /usr/sbin/postsuper.
    /// </summary>
    public IReadOnlyList<string>? Postsuper { get; init; }

    /// <summary>Path of postconf, which says where the queue is.</summary>
    public string Postconf { get; init; } = "/usr/sbin/postconf";

    /// <summary>
    /// How long after a switch to a next hop the domain's addresses stay in the maps: an smtpd that is idle remembers the domain's class for
    /// max_idle (100 s), and would refuse them.
    /// </summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Folder of main.cf where it is not Postfix' own default.</summary>
    public string? ConfigDirectory { get; init; }

    /// <summary>Rows behind from which on a map is rebuilt: below, each row costs one fsync; above, a rebuild is quicker. 1 or more.</summary>
    [Range(1, int.MaxValue)]
    public int RebuildAbove { get; init; } = 2_000;

    /// <summary>How often other processes' changes are looked for.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By which Postfix' commands find main.cf.</summary>
    internal IReadOnlyList<string> ConfigArguments => ConfigDirectory is { } folder ? ["-c", folder] : [];
}

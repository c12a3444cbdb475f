using System.ComponentModel.DataAnnotations;
using System.Net;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>How mailboxes are copied from other servers. Section <c>MailboxCopies</c> of the settings file, checked at start.</summary>
public sealed class MailboxCopyOptions : IValidatableObject
{
    /// <summary>Mailboxes that are copied at a time, 1 to 32. Default: 4.</summary>
    [Range(1, 32)]
    public int Parallel { get; init; } = 4;

    /// <summary>Connections to one other server at a time, 1 to 32. Default: 4.</summary>
    [Range(1, 32)]
    public int ConnectionsPerHost { get; init; } = 4;

    /// <summary>Octets a second that one copy reads at most; 0 for no limit. Default: 0.</summary>
    [Range(0, long.MaxValue)]
    public long OctetsPerSecond { get; init; }

    /// <summary>The longest wait for the other server, 1 s to 30 min. Default: 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Networks, such as <c>192.0.2.0/24</c>, that copies of domain admins may reach although they are private, loopback or link-local.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Ports that copies of domain admins may use. Default: 143 and 993.</summary>
    public IReadOnlyList<int> AllowedPorts { get; init; } = [];

    /// <summary>The ports of IMAP, if the settings name none.</summary>
    public IReadOnlyList<int> Ports => AllowedPorts.Count > 0 ? AllowedPorts : [143, 993];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in AllowedNetworks.Where(n => !IPNetwork.TryParse(n, out _)))
            yield return new($"has '{network}'; each has to be a network such as 192.0.2.0/24", [nameof(AllowedNetworks)]);
        foreach (var port in AllowedPorts.Where(p => p is < 1 or > 65535))
            yield return new($"has {port}; each has to be a port from 1 to 65535", [nameof(AllowedPorts)]);
    }
}

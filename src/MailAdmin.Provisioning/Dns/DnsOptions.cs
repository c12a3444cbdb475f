using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;

namespace MailAdmin.Provisioning.Dns;

/// <summary>
/// What domains should have in the DNS, and who is asked what they have: section <c>Dns</c> of the settings file. Validated at start.
/// </summary>
public sealed partial class DnsOptions : IValidatableObject
{
    /// <summary>The port of DNS servers.</summary>
    public const int Port = 53;

    /// <summary>Whether the panel asks DNS servers. Without that, its pages only show what is wanted. Default: yes.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// The resolvers to ask, in this order: IP addresses, with a port if it is not 53 (<c>127.0.0.1:5353</c>, <c>[::1]:5353</c>). Default:
    /// those of this machine (/etc/resolv.conf).
    /// </summary>
    public IReadOnlyList<string> Resolvers { get; init; } = [];

    /// <summary>
    /// Whether the servers of a domain's own zone are asked, whose answers are not from a cache. Without them, or if the firewall lets no
    /// questions out to them, the resolver is asked. Default: yes.
    /// </summary>
    public bool AskAuthorities { get; init; } = true;

    /// <summary>The longest wait for one answer of one server, 0.1 to 30 seconds; default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait of a page for all answers, 0.5 to 60 seconds; default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The hosts that a domain's MX records should name, the preferred one first. Default: <c>Maps:Hostname</c>.</summary>
    public IReadOnlyList<string> Mx { get; init; } = [];

    /// <summary>
    /// The name whose SPF record lists all hosts that send for the domains, for <c>include:</c>. Default: none, the hosts of the MX send.
    /// </summary>
    public string? SpfInclude { get; init; }

    /// <summary>The selector of the key that mail is signed with (DKIM), and the host that has the key. Default: none.</summary>
    public string? DkimSelector { get; init; }

    /// <summary>The name that has the key, such as mail._domainkey.example.org; required with <see cref="DkimSelector"/>.</summary>
    public string? DkimHost { get; init; }

    /// <summary>The DMARC record that is proposed to a domain without one. Default: v=DMARC1; p=none.</summary>
    [Required]
    public string Dmarc { get; init; } = DnsPolicy.DefaultDmarc;

    /// <summary>The host that answers autoconfig questions of mail programs. Default: none.</summary>
    public string? AutoconfigHost { get; init; }

    /// <summary>The resolvers as endpoints; empty for those of this machine.</summary>
    internal IReadOnlyList<IPEndPoint> Endpoints => [.. Resolvers.Select(r => EndpointOf(r)!)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in Resolvers.Where(r => EndpointOf(r) is null))
            yield return new($"has '{wrong}'; each has to be an IP address, with or without a port", [nameof(Resolvers)]);
        foreach (var wrong in Mx.Where(m => !DomainName.TryParse(m, out _)))
            yield return new($"has '{wrong}'; each has to be a host's name", [nameof(Mx)]);
        foreach (var (key, value) in ((string, string?)[])[
            (nameof(SpfInclude), SpfInclude), (nameof(DkimSelector), DkimSelector), (nameof(DkimHost), DkimHost)])
        {
            if (value is not null && !Name().IsMatch(value)) yield return new($"is '{value}'; it has to be a name in the DNS", [key]);
        }
        if (AutoconfigHost is { } host && !DomainName.TryParse(host, out _))
            yield return new($"is '{host}'; it has to be a host's name", [nameof(AutoconfigHost)]);
        if (DkimSelector is null && DkimHost is not null) yield return new("is missing, beside Dns:DkimHost", [nameof(DkimSelector)]);
        if (DkimSelector is not null && DkimHost is null) yield return new("is missing, beside Dns:DkimSelector", [nameof(DkimHost)]);
        if (!Dmarc.StartsWith("v=DMARC1", StringComparison.Ordinal))
            yield return new($"is '{Dmarc}'; it has to begin with v=DMARC1", [nameof(Dmarc)]);
    }

    /// <summary>What is wanted of every domain.</summary>
    /// <param name="hostname">The mail host's own name, which is the MX if the settings name no other.</param>
    public DnsPolicy ToPolicy(DomainName? hostname) => new()
    {
        MailExchangers = Mx.Count > 0 ? [.. Mx.Select(DomainName.Parse)] : hostname is null ? [] : [hostname],
        SpfInclude = SpfInclude?.TrimEnd('.').ToLowerInvariant(),
        DkimKeys = DkimSelector is null ? [] : [new DkimKey(DkimSelector, DkimHost!.TrimEnd('.').ToLowerInvariant())],
        Dmarc = Dmarc,
        AutoconfigHost = AutoconfigHost is null ? null : DomainName.Parse(AutoconfigHost),
    };

    // Not only hosts: _spf.example.org.
    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Name();

    private static IPEndPoint? EndpointOf(string text) =>
        !IPEndPoint.TryParse(text, out var point) ? null : point.Port == 0 ? new(point.Address, Port) : point;
}

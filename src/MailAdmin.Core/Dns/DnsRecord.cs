using System.Globalization;

namespace MailAdmin.Core.Dns;

/// <summary>The types of records that mail depends on.</summary>
public enum DnsType
{
    A,
    Aaaa,
    Cname,
    Mx,
    Ns,
    Srv,
    Txt,
}

/// <summary>A resource record.</summary>
/// <param name="Name">The owner in A-labels and lower case, without a final dot.</param>
/// <param name="Data">
/// The host that the record names, in the same form and empty for the root; the whole text of a TXT record; an IP address.
/// </param>
/// <param name="TimeToLive">How long caches keep it from now on.</param>
public sealed record DnsRecord(string Name, DnsType Type, string Data, TimeSpan TimeToLive = default)
{
    /// <summary>The preference of an MX record, the priority of an SRV record.</summary>
    public int Preference { get; init; }

    /// <summary>Of an SRV record.</summary>
    public int Weight { get; init; }

    /// <summary>Of an SRV record.</summary>
    public int Port { get; init; }

    /// <summary>The record's value as forms for DNS and zone files have it; a text without quotes.</summary>
    public string Value => Type switch
    {
        DnsType.Mx => string.Create(CultureInfo.InvariantCulture, $"{Preference} {Data}."),
        DnsType.Srv => string.Create(CultureInfo.InvariantCulture, $"{Preference} {Weight} {Port} {Data}."),
        DnsType.Cname or DnsType.Ns => Data + ".",
        _ => Data,
    };

    /// <summary>Whether both say the same, however long they are kept.</summary>
    public bool Says(DnsRecord other) => Type == other.Type && string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);
}

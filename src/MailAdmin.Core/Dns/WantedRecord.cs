namespace MailAdmin.Core.Dns;

/// <summary>What a record is for.</summary>
public enum DnsPurpose
{
    Mx,
    Spf,
    Dkim,
    Dmarc,
    ClientHost,
    Autoconfig,
    Imaps,
    Pop3s,
    Submissions,
}

/// <summary>Records that a domain should have under one name, all of one type.</summary>
/// <param name="Name">The owner in A-labels, without a final dot.</param>
/// <param name="Records">At least one.</param>
/// <param name="IsRequired">Without it mail does not arrive, or is refused; the others make something better.</param>
public sealed record WantedRecord(DnsPurpose Purpose, string Name, DnsType Type, IReadOnlyList<DnsRecord> Records, bool IsRequired = false);

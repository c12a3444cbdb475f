namespace MailAdmin.Core.Domains;

/// <summary>
/// A domain on its way from one <see cref="DomainRouting"/> to the other; gone once it has arrived. Meanwhile its addresses are followed
/// here and everything else is handed on, so that nobody is refused whichever of the two a mail host still believes.
/// </summary>
public sealed class DomainSwitch
{
    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    /// <summary>The change that asked for it: a mail host that has not come so far knows nothing of it yet.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset BegunAt { get; set; }

    public List<SwitchReport> Reports { get; set; } = [];
}

/// <summary>How far a mail host is with a <see cref="DomainSwitch"/>.</summary>
public sealed class SwitchReport
{
    public long DomainId { get; set; }

    public required string Host { get; set; }

    /// <summary>Of the switch that it speaks of: an older one's counts for nothing.</summary>
    public long Sequence { get; set; }

    /// <summary>Messages in the host's queue that would be lost if the switch were completed now.</summary>
    public int Waiting { get; set; }

    /// <summary>Messages in the queue for recipients who don't exist here.</summary>
    public int UnknownRecipients { get; set; }

    /// <summary>Nothing on this host stands in the way any more.</summary>
    public bool IsClear { get; set; }

    /// <summary>Postfix' own words, when waiting mail could not be seen or moved.</summary>
    public string? LastError { get; set; }
}

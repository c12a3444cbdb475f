namespace MailAdmin.Core.Domains;

/// <summary>
/// A domain whose <see cref="DomainRouting"/> is being switched; the row is deleted when the switch is complete. In the meantime its
/// addresses are followed here and all other mail is relayed, so that no mail is refused whichever routing a mail host still has.
/// </summary>
public sealed class DomainSwitch
{
    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    /// <summary>The change that requested it: a mail host that has not reached this change does not know of the switch yet.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset BegunAt { get; set; }

    public List<SwitchReport> Reports { get; set; } = [];
}

/// <summary>The progress of a mail host in a <see cref="DomainSwitch"/>.</summary>
public sealed class SwitchReport
{
    public long DomainId { get; set; }

    public required string Host { get; set; }

    /// <summary>The change of the switch that the report is about; a report about an older switch is ignored.</summary>
    public long Sequence { get; set; }

    /// <summary>Number of messages in the host's queue that would be lost if the switch were completed now.</summary>
    public int Waiting { get; set; }

    /// <summary>Number of messages in the queue for recipients who do not exist here.</summary>
    public int UnknownRecipients { get; set; }

    /// <summary>This host no longer prevents completion.</summary>
    public bool IsClear { get; set; }

    /// <summary>Postfix' own message if queued mail could not be inspected or moved.</summary>
    public string? LastError { get; set; }
}
